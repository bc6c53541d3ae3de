#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/plugin/package.hpp"

namespace cdss::plugin {

/// What a package folder's name ends in while it is being written. No plugin's id can.
inline constexpr std::string_view kUnfinished = ".new";

/// Writes a package folder: the library, the knowledge files (`*.json`, no subfolders) and the
/// manifest made from them. All is written into `OUTPUT.new`, which then takes the place of
/// `output` in one step; what a former build left in either is removed. The folder gets mode 755,
/// its files 644.
///
/// @param declaration  What the plugin's `declare` wrote.
/// @param library      The shared object; keeps its file name.
/// @param knowledge    Folder of knowledge files; empty when the plugin has none.
/// @param output       The package folder; its last part must be the plugin's id.
/// @param try_out      Asked of the package before it is put in place; an error keeps it away.
/// Errors: those of Document::parse, read_file, write_manifest, Package::load and `try_out`;
/// Errc::malformed
/// when `output` is not named after the plugin; Errc::unsupported when it is a link or a file or
/// holds what no package holds; Errc::internal with the path of a file that could not be written.
Result<void> make_package(
    std::string declaration, const std::filesystem::path& library,
    const std::filesystem::path& knowledge, const std::filesystem::path& output,
    const std::function<Result<void>(std::shared_ptr<const Package>)>& try_out = {});

}  // namespace cdss::plugin
