#include "core/plugin/make_package.hpp"

#include <fstream>
#include <map>
#include <system_error>
#include <utility>

#include "core/base/document.hpp"
#include "core/base/file.hpp"
#include "core/plugin/manifest.hpp"
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

/// Writes beside the file and renames, so that a program that still has the old one mapped keeps
/// it.
Result<void> write_file(const fs::path& path, std::string_view bytes) {
  fs::path beside = path;
  beside += ".new";
  std::ofstream out{beside, std::ios::binary | std::ios::trunc};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  std::error_code failed;
  fs::permissions(beside, kFileMode, failed);
  if (!failed && out) {
    fs::rename(beside, path, failed);
  }
  if (failed || !out) {
    return Error{Errc::internal, path.string(), "cannot be written"};
  }
  return {};
}

/// Takes away what a former build left; anything a package cannot hold is somebody's own.
Result<void> clear(const fs::path& folder, bool is_top) {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator{folder, failed}) {
    if (is_top && entry.is_directory() && !entry.is_symlink() &&
        entry.path().filename() == "knowledge") {
      CDSS_CHECK(clear(entry.path(), false));
      continue;
    }
    const auto extension = entry.path().extension();
    const bool ours = extension == ".json" || extension == ".new" ||
                      (is_top && (extension == ".so" || extension == ".sig"));
    if (!ours || !entry.is_regular_file() || entry.is_symlink()) {
      return Error{Errc::unsupported, entry.path().string(), "belongs in no package; remove it"};
    }
    fs::remove(entry.path(), failed);
  }
  if (failed) {
    return Error{Errc::internal, folder.string(), "cannot be cleared"};
  }
  return {};
}

/// The files of the package by their path in it.
Result<std::map<std::string, std::string>> read_all(const fs::path& library,
                                                    const fs::path& knowledge) {
  std::map<std::string, std::string> files;
  CDSS_TRY(files[library.filename().string()], read_file(library, std::size_t{256} << 20U));
  if (knowledge.empty()) {
    return files;
  }
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator{knowledge, failed}) {
    if (entry.path().extension() == ".json") {
      CDSS_TRY(auto bytes, read_file(entry.path()));
      if (auto document = Document::parse(bytes); !document) {
        return within(entry.path().string(), std::move(document).error());
      }
      files["knowledge/" + entry.path().filename().string()] = std::move(bytes);
    }
  }
  if (failed) {
    return Error{Errc::missing, knowledge.string(), "is not a folder that can be listed"};
  }
  return files;
}

}  // namespace

Result<void> make_package(std::string declaration, const fs::path& library,
                          const fs::path& knowledge, const fs::path& output) {
  auto document = Document::parse(std::move(declaration));
  if (!document) {
    return within("declaration", std::move(document).error());
  }
  CDSS_TRY(const auto files, read_all(library, knowledge));
  std::map<std::string, std::string> hashes;
  for (const auto& [path, bytes] : files) {
    hashes[path] = sha256_hex(bytes);
  }
  auto manifest = write_manifest(document->root(), library.filename().string(), hashes);
  if (!manifest) {
    return within("declaration", std::move(manifest).error());
  }
  const fs::path folder = output.has_filename() ? output : output.parent_path();
  if (folder.filename() != document->root().text_or_empty("id")) {
    return Error{Errc::malformed, output.string(), "must be named after the plugin's id"};
  }
  CDSS_CHECK(make_folder(folder));
  CDSS_CHECK(clear(folder, true));
  if (files.size() > 1) {
    CDSS_CHECK(make_folder(folder / "knowledge"));
  }
  for (const auto& [path, bytes] : files) {
    CDSS_CHECK(write_file(folder / path, bytes));
  }
  return write_file(folder / "manifest.json", *manifest);
}

}  // namespace cdss::plugin
