#include <functional>
#include <memory>
#include <utility>

#include "core/base/file.hpp"
#include "core/cli/command.hpp"
#include "core/plugin/make_package.hpp"
#include "core/plugin/package.hpp"
#include "core/worker/instance.hpp"
#include "core/worker/library.hpp"

namespace cdss::cli {
namespace {

constexpr std::string_view kUsage =
    "usage: psoas-cds plugin describe [--unopened] LIBRARY KNOWLEDGE_DIR OUTPUT_DIR\n"
    "\n"
    "Writes a plugin package: the library, its knowledge files, and the manifest made from what\n"
    "the library declares. Opens the plugin with its knowledge in this process, so that what it\n"
    "would refuse is found here: only for plugins just built.\n"
    "  --unopened   asks the library what it declares, but does not open it with its knowledge\n";

Result<void> check_line(const CommandLine& line) {
  if (line.operands.size() != 4 || line.operands.front() != "describe") {
    return Error{Errc::missing, {}, "needs: describe LIBRARY KNOWLEDGE_DIR OUTPUT_DIR"};
  }
  return {};
}

/// Opens the plugin as a worker would, with the default of each option.
/// Errors: those of Instance::open.
Result<void> open_once(std::shared_ptr<const plugin::Package> package) {
  const auto no_options = Document::parse("{}");
  CDSS_CHECK(worker::Instance::open(std::move(package), no_options->root()));
  return {};
}

/// Errors: those of read_file, Library::open, Library::declaration, make_package and open_once.
Result<Exit> describe(const CommandLine& line) {
  const std::string& library = line.operands[1];
  CDSS_TRY(const auto bytes, read_file(library, plugin::kLongestLibrary));
  CDSS_TRY(const auto opened, worker::Library::open(bytes));
  CDSS_TRY(auto declaration, opened.declaration());
  CDSS_CHECK(plugin::make_package(
      std::move(declaration), library, line.operands[2], line.operands[3],
      line.option("unopened") ? std::function<decltype(open_once)>{} : open_once));
  return Exit::ok;
}

}  // namespace

Command plugin_command() {
  return {
      .usage = kUsage, .options = {}, .flags = {"unopened"}, .check = check_line, .run = describe};
}

}  // namespace cdss::cli
