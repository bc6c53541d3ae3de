// psoas-cds: one program, its subcommands.

#include <iostream>
#include <string>
#include <vector>

#include "core/cli/command.hpp"
#include "core/cli/command_line.hpp"
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

Exit run(std::string_view command, Arguments arguments) {
  if (command == "serve") {
    return serve(arguments);
  }
  if (command == "evaluate") {
    return evaluate(arguments);
  }
  if (command == "check-config") {
    return check_config(arguments);
  }
  if (command == "doctor") {
    return doctor(arguments);
  }
  if (command == "plugin") {
    return plugin_command(arguments);
  }
  if (command == "version" || command == "--version") {
    return print_version(arguments);
  }
  if (command == "help" || command == "--help") {
    std::cout << kUsage;
    return Exit::ok;
  }
  return usage_error({Errc::unsupported, std::string{command}, "is not a command"}, kUsage);
}

}  // namespace

Exit print_version(Arguments /*arguments*/) {
  std::cout << "psoas-cds " CDSS_VERSION "\n";
  return Exit::ok;
}

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
  return static_cast<int>(cdss::cli::run(arguments.front(), std::span{arguments}.subspan(1)));
}
