#include "core/plugin/make_package.hpp"

#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <system_error>
#include <utility>

#include "core/base/file.hpp"
#include "core/json/document.hpp"
#include "core/plugin/manifest.hpp"
#include "core/plugin/package.hpp"
#include "core/plugin/sha256.hpp"

namespace cdss::plugin {
namespace {

namespace fs = std::filesystem;

constexpr auto kFolderMode = static_cast<fs::perms>(0755);
constexpr auto kFileMode = static_cast<fs::perms>(0644);

Result<void> make_folder(const fs::path& path) {
  std::error_code failed;
  fs::create_directories(path, failed);
  if (!failed) {
    fs::permissions(path, kFolderMode, failed);
  }
  if (failed) {
    return Error{Errc::internal, path.string(), "cannot be made"};
  }
  return {};
}

Result<void> write_file(const fs::path& path, std::string_view bytes) {
  std::ofstream out{path, std::ios::binary | std::ios::trunc};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code failed;
  fs::permissions(path, kFileMode, failed);
  if (failed || !out) {
    return Error{Errc::internal, path.string(), "cannot be written"};
  }
  return {};
}

/// Refuses a folder with anything in it that a package cannot hold: that is somebody's own.
Result<void> check_contents(const fs::path& folder, bool is_top) {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator{folder, failed}) {
    if (is_top && entry.is_directory() && !entry.is_symlink() &&
        entry.path().filename() == "knowledge") {
      CDSS_CHECK(check_contents(entry.path(), false));
      continue;
    }
    const auto extension = entry.path().extension();
    const bool ours = extension == ".json" || extension == ".new" ||
                      (is_top && (extension == ".so" || extension == ".sig"));
    if (!ours || !entry.is_regular_file() || entry.is_symlink()) {
      return Error{Errc::unsupported, entry.path().string(), "belongs in no package; remove it"};
    }
  }
  if (failed) {
    return Error{Errc::internal, folder.string(), "cannot be listed"};
  }
  return {};
}

/// Whether nothing is there, or a package.
Result<void> check_replaceable(const fs::path& folder) {
  std::error_code failed;
  const auto found = fs::symlink_status(folder, failed);
  if (!fs::exists(found)) {
    return {};
  }
  if (!fs::is_directory(found)) {
    return Error{Errc::unsupported, folder.string(), "is not a folder"};
  }
  return check_contents(folder, true);
}

/// Takes away what a former build left, if it did.
Result<void> remove_package(const fs::path& folder) {
  CDSS_CHECK(check_replaceable(folder));
  std::error_code failed;
  fs::remove_all(folder, failed);
  if (failed) {
    return Error{Errc::internal, folder.string(), "cannot be removed"};
  }
  return {};
}

/// Puts `fresh` in the place of `folder` in one step, so that a server that starts meanwhile finds
/// the old package or the new one, whole. The old one is gone afterwards.
Result<void> put_in_place(const fs::path& fresh, const fs::path& folder) {
  std::error_code failed;
  if (!fs::exists(fs::symlink_status(folder, failed))) {
    fs::rename(fresh, folder, failed);
  } else if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE) == 0) {
    return remove_package(fresh);
  } else {
    // Some network file systems exchange nothing; there the package is away for a moment.
    CDSS_CHECK(remove_package(folder));
    fs::rename(fresh, folder, failed);
  }
  if (failed) {
    return Error{Errc::internal, folder.string(), "cannot be put in place"};
  }
  return {};
}

/// The files of the package by their path in it.
Result<std::map<std::string, std::string>> read_all(const fs::path& library,
                                                    const fs::path& knowledge) {
  std::map<std::string, std::string> files;
  CDSS_TRY(files[library.filename().string()], read_file(library, kLongestLibrary));
  if (knowledge.empty()) {
    return files;
  }
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator{knowledge, failed}) {
    if (entry.path().extension() == ".json") {
      CDSS_TRY(auto bytes, read_file(entry.path()));
      CDSS_CHECK(within(entry.path().string(), Document::parse(bytes)));
      files["knowledge/" + entry.path().filename().string()] = std::move(bytes);
    }
  }
  if (failed) {
    return Error{Errc::missing, knowledge.string(), "is not a folder that can be listed"};
  }
  return files;
}

}  // namespace

Result<void> make_package(
    std::string declaration, const fs::path& library, const fs::path& knowledge,
    const fs::path& output,
    const std::function<Result<void>(std::shared_ptr<const Package>)>& try_out) {
  CDSS_TRY(const auto document, within("declaration", Document::parse(std::move(declaration))));
  CDSS_TRY(const auto files, read_all(library, knowledge));
  std::map<std::string, std::string> hashes;
  for (const auto& [path, bytes] : files) {
    hashes[path] = sha256_hex(bytes);
  }
  CDSS_TRY(
      const auto manifest,
      within("declaration", write_manifest(document.root(), library.filename().string(), hashes)));
  const fs::path folder = output.has_filename() ? output : output.parent_path();
  if (folder.filename() != document.root().text_or_empty("id")) {
    return Error{Errc::malformed, output.string(), "must be named after the plugin's id"};
  }
  CDSS_CHECK(check_replaceable(folder));
  fs::path fresh = folder;
  fresh += kUnfinished;
  CDSS_CHECK(remove_package(fresh));
  CDSS_CHECK(make_folder(fresh));
  if (files.size() > 1) {
    CDSS_CHECK(make_folder(fresh / "knowledge"));
  }
  for (const auto& [path, bytes] : files) {
    CDSS_CHECK(write_file(fresh / path, bytes));
  }
  CDSS_CHECK(write_file(fresh / "manifest.json", manifest));
  // What no server would take is not put in place.
  CDSS_TRY(auto package, Package::load(fresh));
  if (try_out) {
    CDSS_CHECK(try_out(std::make_shared<const Package>(std::move(package))));
  }
  return put_in_place(fresh, folder);
}

}  // namespace cdss::plugin
