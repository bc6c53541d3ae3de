#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.hpp"

namespace cdss::plugin {

/// Writes a package folder: the library, the knowledge files (`*.json`, no subfolders) and the
/// manifest made from them. Files that a former build left in the folder are removed. The folder
/// gets mode 755, its files 644.
///
/// @param declaration  What the plugin's `declare` wrote.
/// @param library      The shared object; keeps its file name.
/// @param knowledge    Folder of knowledge files; empty when the plugin has none.
/// @param output       The package folder; its last part must be the plugin's id.
/// Errors: those of Document::parse, read_file and write_manifest; Errc::malformed when `output` is
/// not named after the plugin; Errc::unsupported when it holds what no package holds;
/// Errc::internal with the path of a file that could not be written.
Result<void> make_package(std::string declaration, const std::filesystem::path& library,
                          const std::filesystem::path& knowledge,
                          const std::filesystem::path& output);

}  // namespace cdss::plugin
