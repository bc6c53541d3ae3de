// psoas-cds: one program, its subcommands.

#include <algorithm>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/cli/command.hpp"
#include "core/worker/worker_main.hpp"

namespace cdss::cli {
namespace {

constexpr std::string_view kUsage =
    "usage: psoas-cds COMMAND ...\n"
    "\n"
    "  serve         answer CDS Hooks calls\n"
    "  evaluate      answer one call from a file and print the response\n"
    "  check-config  read a configuration and say what is wrong\n"
    "  doctor        say why a client's token is refused\n"
    "  plugin        make plugin packages\n"
    "  version       print the version\n"
    "\n"
    "psoas-cds COMMAND --help tells more of each.\n";

constexpr std::pair<std::string_view, Command (*)()> kCommands[] = {
    {"serve", serve},   {"evaluate", evaluate},     {"check-config", check_config},
    {"doctor", doctor}, {"plugin", plugin_command},
};

Exit run_command(std::string_view name, Arguments arguments) {
  const auto* const found =
      std::ranges::find(kCommands, name, [](const auto& command) { return command.first; });
  if (found != std::end(kCommands)) {
    return run(found->second(), arguments);
  }
  if (name == "version" || name == "--version") {
    std::cout << "psoas-cds " CDSS_VERSION "\n";
    return Exit::ok;
  }
  if (name == "help" || name == "--help") {
    std::cout << kUsage;
    return Exit::ok;
  }
  return usage_error({Errc::unsupported, std::string{name}, "is not a command"}, kUsage);
}

}  // namespace
}  // namespace cdss::cli

int main(int argc, char** argv) {
  const std::vector<std::string> arguments{argv + 1, argv + argc};
  if (arguments.empty()) {
    std::cerr << cdss::cli::kUsage;
    return static_cast<int>(cdss::cli::Exit::usage);
  }
  if (arguments.front() == "worker") {
    return cdss::worker::run_worker();
  }
  return static_cast<int>(
      cdss::cli::run_command(arguments.front(), std::span{arguments}.subspan(1)));
}
