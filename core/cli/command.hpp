#pragma once

#include <span>
#include <string>

namespace cdss::cli {

/// The arguments after the subcommand's name.
using Arguments = std::span<const std::string>;

/// Exit status of the program. Scripts rely on these.
enum class Exit : int {
  ok = 0,
  refused = 1,  ///< understood, and not done; the reason is on standard error
  usage = 2,    ///< the command line is wrong
};

/// Serves until SIGTERM or SIGINT. `--config FILE [--port N]`
Exit serve(Arguments arguments);

/// One call without a server; prints the response.
/// `--service ID [--config FILE] [--today YYYY-MM-DD] REQUEST.json`, or in place of the request
/// `--patient FILE [FILE...] [--patient-id ID] [--hook HOOK] [--context FILE] [--show-request]`
Exit evaluate(Arguments arguments);

/// Reads a configuration, its client profile and its plugins, and says what is wrong.
/// `--config FILE`, or `--schema`, or `--manual`
Exit check_config(Arguments arguments);

/// Checks a client's JWT from standard input and explains the result.
/// `jwt --config FILE [--url ENDPOINT] [--ca-file FILE]`
Exit doctor(Arguments arguments);

/// Internal: writes a plugin package from a build. `describe LIBRARY KNOWLEDGE_DIR OUTPUT_DIR`
Exit plugin_command(Arguments arguments);

/// Prints the version.
Exit print_version(Arguments arguments);

}  // namespace cdss::cli
