#pragma once

#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/cli/command_line.hpp"

namespace cdss::cli {

/// Exit status of the program. Scripts rely on these.
enum class Exit : int {
  ok = 0,
  refused = 1,  ///< understood, and not done; the reason is on standard error
  usage = 2,    ///< the command line is wrong
};

/// A subcommand: how it is called, and what it does.
struct Command {
  std::string_view usage;                 ///< for --help, which every command takes
  std::vector<std::string_view> options;  ///< names of those that take a value
  std::vector<std::string_view> flags;    ///< names of those that take none
  /// Errors: what is wrong with the command line.
  Result<void> (*check)(const CommandLine& line);
  /// Called for a line that passed the check. Errors: what keeps it from being done.
  Result<Exit> (*run)(const CommandLine& line);
};

/// Serves until SIGTERM or SIGINT. `--config FILE [--port N]`
Command serve();

/// One call without a server; prints the response.
/// `--service ID [--config FILE] [--today YYYY-MM-DD] REQUEST.json`, or in place of the request
/// `--patient FILE [FILE...] [--patient-id ID] [--hook HOOK] [--context FILE] [--show-request]`
Command evaluate();

/// Reads a configuration, its client profile and its plugins, and says what is wrong.
/// `--config FILE`, or `--schema`, or `--client-schema`, or `--manual`
Command check_config();

/// Checks a client's JWT from standard input and explains the result.
/// `jwt --config FILE [--url ENDPOINT] [--ca-file FILE]`
Command doctor();

/// Internal: writes a plugin package from a build. `describe LIBRARY KNOWLEDGE_DIR OUTPUT_DIR`
Command plugin_command();

/// Does what the arguments ask of a command, and reports what is wrong.
Exit run(const Command& command, Arguments arguments);

/// Writes "psoas-cds: WHERE: MESSAGE" to standard error.
void report(const Error& error);

/// Reports an error and the usage of a command on standard error, and returns Exit::usage.
Exit usage_error(const Error& error, std::string_view usage);

}  // namespace cdss::cli
