#include "core/base/file.hpp"
#include "core/cli/command.hpp"
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

Result<void> check_line(const CommandLine& line) {
  if (line.operands.size() != 4 || line.operands.front() != "describe") {
    return Error{Errc::missing, {}, "needs: describe LIBRARY KNOWLEDGE_DIR OUTPUT_DIR"};
  }
  return {};
}

/// Errors: those of read_file, Library::open, Library::declaration and make_package.
Result<Exit> describe(const CommandLine& line) {
  const std::string& library = line.operands[1];
  CDSS_TRY(const auto bytes, read_file(library, plugin::kLongestLibrary));
  CDSS_TRY(const auto opened, worker::Library::open(bytes));
  CDSS_TRY(auto declaration, opened.declaration());
  CDSS_CHECK(
      plugin::make_package(std::move(declaration), library, line.operands[2], line.operands[3]));
  return Exit::ok;
}

}  // namespace

Command plugin_command() {
  return {.usage = kUsage, .options = {}, .flags = {}, .check = check_line, .run = describe};
}

}  // namespace cdss::cli
