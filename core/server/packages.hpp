#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/config/settings.hpp"
#include "core/plugin/package.hpp"

namespace cdss::server {

/// A package that could not be loaded.
struct PackageFailure {
  std::string folder;  ///< its name: the id that the plugin should have
  Error error;         ///< path and reason
};

/// The packages found in a folder, and those that failed to load.
struct Packages {
  std::vector<std::shared_ptr<const plugin::Package>> loaded;  ///< by folder name
  std::vector<PackageFailure> failures;
  std::vector<std::string> disabled;  ///< ids of those that the settings disable; not read
};

/// Where the packages are: plugins.folder of the settings, else ../lib/psoas-cds/plugins beside the
/// program.
std::filesystem::path package_folder(const config::Settings& settings);

/// Loads each subfolder of package_folder as a package. One that does not load, or whose plugin has
/// another id than the folder's name, is left out, and so is every one that offers a service which
/// another offers too; the others serve. One that disabled_plugins
/// names is not even read.
///
/// Errors: Errc::missing when the folder cannot be read, and for an element of disabled_plugins
/// that names no subfolder.
Result<Packages> load_packages(const config::Settings& settings);

/// The option values that the settings give to a plugin, parsed: an object, "{}" when there are
/// none.
Document options_of(const config::Settings& settings, const std::string& plugin_id);

/// Checks the option values of all plugins: that each plugin is there, and takes the values.
///
/// Values for a package that was left out or is disabled cannot be checked and pass.
/// Errors: Errc::missing, and those of plugin::check_options; `where` begins with
/// plugin_options.ID.
Result<void> check_all_options(const config::Settings& settings, const Packages& packages);

}  // namespace cdss::server
