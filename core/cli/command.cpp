#include "core/cli/command.hpp"

#include <iostream>

namespace cdss::cli {

Exit run(const Command& command, Arguments arguments) {
  auto flags = command.flags;
  flags.emplace_back("help");
  const auto line = parse_command_line(arguments, command.options, flags);
  if (!line) {
    return usage_error(line.error(), command.usage);
  }
  if (line->option("help")) {
    std::cout << command.usage;
    return Exit::ok;
  }
  if (const auto checked = command.check(*line); !checked) {
    return usage_error(checked.error(), command.usage);
  }
  const auto exit = command.run(*line);
  if (!exit) {
    report(exit.error());
    return Exit::refused;
  }
  return *exit;
}

void report(const Error& error) {
  std::cerr << "psoas-cds: " << error.where << (error.where.empty() ? "" : ": ") << error.message
            << '\n';
}

Exit usage_error(const Error& error, std::string_view usage) {
  report(error);
  std::cerr << usage;
  return Exit::usage;
}

}  // namespace cdss::cli
