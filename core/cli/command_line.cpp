#include "core/cli/command_line.hpp"

#include <algorithm>

namespace cdss::cli {

std::optional<std::string> CommandLine::option(std::string_view name) const {
  const auto found = options.find(name);
  return found == options.end() ? std::nullopt : std::optional{found->second};
}

Result<CommandLine> parse_command_line(Arguments arguments, std::vector<std::string_view> valued,
                                       std::vector<std::string_view> flags) {
  CommandLine line;
  bool options_ended = false;
  for (auto at = arguments.begin(); at != arguments.end(); ++at) {
    if (options_ended || !at->starts_with("--")) {
      line.operands.push_back(*at);
      continue;
    }
    if (*at == "--") {
      options_ended = true;
      continue;
    }
    const auto equals = at->find('=');
    const std::string name = at->substr(2, equals == std::string::npos ? equals : equals - 2);
    if (std::ranges::find(flags, name) != flags.end() && equals == std::string::npos) {
      line.options[name];
    } else if (std::ranges::find(valued, name) == valued.end()) {
      return Error{Errc::unsupported, "--" + name, "is not an option of this command"};
    } else if (equals != std::string::npos) {
      line.options[name] = at->substr(equals + 1);
    } else if (std::next(at) == arguments.end()) {
      return Error{Errc::missing, "--" + name, "needs a value"};
    } else {
      line.options[name] = *++at;
    }
  }
  return line;
}

}  // namespace cdss::cli
