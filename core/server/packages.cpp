#include "core/server/packages.hpp"

#include <algorithm>
#include <cassert>

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

Result<Packages> load_packages(const fs::path& folder) {
  std::error_code failed;
  fs::directory_iterator entries{folder, failed};
  if (failed) {
    return Error{Errc::missing, folder.string(), "is not a folder of plugin packages"};
  }
  std::vector<fs::path> folders;
  for (const auto& entry : entries) {
    if (entry.is_directory(failed)) {
      folders.push_back(entry.path());
    }
  }
  std::ranges::sort(folders);
  Packages packages;
  for (const auto& path : folders) {
    if (auto package = plugin::Package::load(path)) {
      packages.loaded.push_back(std::make_shared<const plugin::Package>(*std::move(package)));
    } else {
      packages.left_out.push_back(std::move(package).error());
    }
  }
  return packages;
}

Document options_of(const config::Settings& settings, const std::string& plugin_id) {
  const auto found = settings.plugin_options.find(plugin_id);
  auto document = Document::parse(found == settings.plugin_options.end() ? "{}" : found->second);
  assert(document);  // it was written from a parsed configuration
  return *std::move(document);
}

Result<void> check_option_names(const config::Settings& settings, const Packages& packages) {
  for (const auto& plugin : settings.plugin_options) {
    const std::string& id = plugin.first;
    const bool installed =
        std::ranges::any_of(packages.loaded, [&](const auto& p) { return p->manifest().id == id; });
    if (!installed) {
      return Error{Errc::missing, "plugin_options." + id, "names a plugin that is not installed"};
    }
  }
  return {};
}

}  // namespace cdss::server
