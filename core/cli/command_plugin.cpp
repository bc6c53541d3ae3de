#include <iostream>

#include "core/base/file.hpp"
#include "core/cli/command_line.hpp"
#include "core/plugin/make_package.hpp"
#include "core/plugin/package.hpp"
#include "core/worker/library.hpp"

namespace cdss::cli {
namespace {

constexpr std::string_view kUsage =
    "usage: psoas-cds plugin describe LIBRARY KNOWLEDGE_DIR OUTPUT_DIR\n"
    "\n"
    "Writes a plugin package: the library, its knowledge files, and the manifest made from what\n"
    "the library declares. Opens the library in this process: only for plugins just built.\n";

/// Errors: those of read_file, Library::open, Library::declaration and make_package.
Result<void> describe(const std::string& library, const std::string& knowledge,
                      const std::string& output) {
  CDSS_TRY(const auto bytes, read_file(library, plugin::kLongestLibrary));
  CDSS_TRY(const auto opened, worker::Library::open(bytes));
  CDSS_TRY(auto declaration, opened.declaration());
  return plugin::make_package(std::move(declaration), library, knowledge, output);
}

}  // namespace

Exit plugin_command(Arguments arguments) {
  const auto line = parse_command_line(arguments, {}, {"help"});
  if (!line) {
    return usage_error(line.error(), kUsage);
  }
  if (line->option("help")) {
    std::cout << kUsage;
    return Exit::ok;
  }
  if (line->operands.size() != 4 || line->operands.front() != "describe") {
    return usage_error({Errc::missing, {}, "needs: describe LIBRARY KNOWLEDGE_DIR OUTPUT_DIR"},
                       kUsage);
  }
  const auto described = describe(line->operands[1], line->operands[2], line->operands[3]);
  if (!described) {
    report(described.error());
    return Exit::refused;
  }
  return Exit::ok;
}

}  // namespace cdss::cli
