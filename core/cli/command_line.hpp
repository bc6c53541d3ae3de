#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"

namespace cdss::cli {

/// The arguments after the subcommand's name.
using Arguments = std::span<const std::string>;

/// A parsed command line.
struct CommandLine {
  std::map<std::string, std::string, std::less<>>
      options;  ///< by name without dashes; flags hold ""
  std::vector<std::string> operands;

  /// The option's value, or none when it was not given.
  std::optional<std::string> option(std::string_view name) const;
};

/// Parses `arguments`: `--name VALUE`, `--name=VALUE`, `--flag`, operands; `--` ends options.
///
/// @param valued  Names of options that take a value.
/// @param flags   Names of options that take none.
/// Errors: Errc::unsupported for an option that is in neither; Errc::missing for one without its
/// value. `where` is the option.
Result<CommandLine> parse_command_line(Arguments arguments, std::vector<std::string_view> valued,
                                       std::vector<std::string_view> flags);

}  // namespace cdss::cli
