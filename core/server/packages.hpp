#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/base/result.hpp"
#include "core/config/settings.hpp"
#include "core/plugin/package.hpp"

namespace cdss::server {

/// The packages found in a folder, and those that were left out.
struct Packages {
  std::vector<std::shared_ptr<const plugin::Package>> loaded;  ///< by folder name
  std::vector<Error> left_out;                                 ///< path and reason, one for each
};

/// Where the packages are: plugins.folder of the settings, else ../lib/psoas-cds/plugins beside the
/// program.
std::filesystem::path package_folder(const config::Settings& settings);

/// Loads each subfolder as a package. One that does not load is left out; the others serve.
///
/// Errors: Errc::missing when the folder cannot be read.
Result<Packages> load_packages(const std::filesystem::path& folder);

/// The option values that the settings give to a plugin, parsed: an object, "{}" when there are
/// none.
Document options_of(const config::Settings& settings, const std::string& plugin_id);

/// Reports settings for plugins that are not installed.
/// Errors: Errc::missing with the element.
Result<void> check_option_names(const config::Settings& settings, const Packages& packages);

}  // namespace cdss::server
