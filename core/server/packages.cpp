#include "core/server/packages.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <map>
#include <string_view>

#include "core/plugin/make_package.hpp"

namespace cdss::server {

namespace fs = std::filesystem;

fs::path package_folder(const config::Settings& settings) {
  if (!settings.plugins.folder.empty()) {
    return settings.plugins.folder;
  }
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  return (program.parent_path() / "../lib/psoas-cds/plugins").lexically_normal();
}

namespace {

/// Errors: those of Package::load; Errc::malformed when the folder is not named after the plugin.
Result<plugin::Package> load_named(const fs::path& folder) {
  CDSS_TRY(auto package, plugin::Package::load(folder));
  if (package.manifest().id != folder.filename()) {
    return Error{Errc::malformed, folder.string(),
                 "must be named after its plugin, " + package.manifest().id};
  }
  return package;
}

/// The folders of packages in a folder, sorted.
/// Errors: Errc::missing when it cannot be read.
Result<std::vector<fs::path>> folders_in(const fs::path& folder) {
  std::error_code failed;
  std::vector<fs::path> folders;
  for (fs::directory_iterator entry{folder, failed}, end; !failed && entry != end;
       entry.increment(failed)) {
    std::error_code unreadable;
    if (entry->is_directory(unreadable) && !entry->path().native().ends_with(plugin::kUnfinished)) {
      folders.push_back(entry->path());
    }
  }
  if (failed) {
    return Error{Errc::missing, folder.string(), "is not a folder of plugin packages"};
  }
  std::ranges::sort(folders);
  return folders;
}

/// Errors: Errc::missing for an id that no folder is named after.
Result<void> check_disabled(std::span<const std::string> ids, std::span<const fs::path> folders) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (std::ranges::find(folders, fs::path{ids[i]}, &fs::path::filename) == folders.end()) {
      return Error{Errc::missing, "disabled_plugins[" + std::to_string(i) + "]",
                   "names a plugin that is not installed"};
    }
  }
  return {};
}

/// Moves packages that offer the same service to the failures: which of them is meant cannot be
/// known, so neither serves.
void refuse_shared_services(Packages& packages) {
  std::map<std::string_view, std::vector<std::string>> offered_by;
  for (const auto& package : packages.loaded) {
    for (const auto& service : package->manifest().services) {
      offered_by[service.id].push_back(package->manifest().id);
    }
  }
  std::map<std::string, std::string, std::less<>> reasons;  // by the id of the plugin
  for (const auto& [service, plugins] : offered_by) {
    for (const auto& plugin : plugins) {
      for (const auto& other : plugins) {
        if (other != plugin) {
          reasons.try_emplace(plugin, "offers the service " + std::string{service} + ", as " +
                                          other +
                                          " does: neither is served; remove or disable one");
        }
      }
    }
  }
  for (const auto& [plugin, reason] : reasons) {
    packages.failures.push_back({plugin, {Errc::malformed, "plugin " + plugin, reason}});
  }
  std::erase_if(packages.loaded,
                [&](const auto& package) { return reasons.contains(package->manifest().id); });
}

}  // namespace

Result<Packages> load_packages(const config::Settings& settings) {
  CDSS_TRY(const auto folders, folders_in(package_folder(settings)));
  CDSS_CHECK(check_disabled(settings.disabled_plugins, folders));
  Packages packages;
  packages.disabled = settings.disabled_plugins;
  for (const auto& path : folders) {
    if (std::ranges::find(packages.disabled, path.filename().string()) != packages.disabled.end()) {
      continue;
    }
    if (auto package = load_named(path)) {
      packages.loaded.push_back(std::make_shared<const plugin::Package>(*std::move(package)));
    } else {
      packages.failures.push_back({path.filename().string(), std::move(package).error()});
    }
  }
  refuse_shared_services(packages);
  return packages;
}

Document options_of(const config::Settings& settings, const std::string& plugin_id) {
  const auto found = settings.plugin_options.find(plugin_id);
  auto document = Document::parse(found == settings.plugin_options.end() ? "{}" : found->second);
  assert(document);  // it was written from a parsed configuration
  return *std::move(document);
}

Result<void> check_all_options(const config::Settings& settings, const Packages& packages) {
  for (const auto& entry : settings.plugin_options) {
    const std::string& id = entry.first;
    const auto package = std::ranges::find(
        packages.loaded, id, [](const auto& loaded) { return loaded->manifest().id; });
    if (package != packages.loaded.end()) {
      const Document options = options_of(settings, id);
      CDSS_CHECK(within("plugin_options." + id,
                        plugin::check_options((*package)->manifest().options, options.root())));
    } else if (std::ranges::find(packages.failures, id, &PackageFailure::folder) ==
                   packages.failures.end() &&
               std::ranges::find(packages.disabled, id) == packages.disabled.end()) {
      return Error{Errc::missing, "plugin_options." + id, "names a plugin that is not installed"};
    }
  }
  return {};
}

}  // namespace cdss::server
