#include "core/plugin/package.hpp"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <optional>
#include <set>
#include <tuple>
#include <unistd.h>

#include <sys/stat.h>

#include "core/base/descriptor.hpp"
#include "core/plugin/sha256.hpp"

namespace cdss::plugin {
namespace {

constexpr std::size_t kLongestManifest = std::size_t{1} << 20U;
constexpr std::size_t kLongestKnowledge = std::size_t{16} << 20U;
constexpr std::string_view kKnowledge = "knowledge";

/// Nobody but root and this user may be able to change what is about to be trusted.
Result<void> check_owner(const struct stat& status, const std::string& where) {
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return Error{Errc::unsupported, where, "can be changed by others; run chmod go-w on it"};
  }
  if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
    return Error{Errc::unsupported, where,
                 "belongs to another user; give it to root or to the user of this program with "
                 "chown"};
  }
  return {};
}

/// Opens one part of a path without following a link, and checks what was opened.
///
/// @param flags  O_DIRECTORY for a folder.
Result<Descriptor> open_part(int folder, const std::string& name, int flags,
                             const std::string& where) {
  // Without O_NONBLOCK a FIFO would hold the start.
  Descriptor part{
      ::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | flags)};
  if (!part) {
    if (errno == ELOOP || (errno == ENOTDIR && flags == O_DIRECTORY)) {
      return Error{Errc::unsupported, where, "must be no link, and a folder where one belongs"};
    }
    return Error{Errc::missing, where, "is not there or cannot be opened"};
  }
  struct stat status {};
  if (::fstat(part.number(), &status) != 0) {
    return Error{Errc::internal, where, "cannot be examined"};
  }
  if (flags != O_DIRECTORY && !S_ISREG(status.st_mode)) {
    return Error{Errc::unsupported, where, "must be a regular file"};
  }
  CDSS_CHECK(check_owner(status, where));
  return part;
}

Result<std::string> read_part(int folder, const std::string& name, std::size_t longest,
                              const std::string& where) {
  CDSS_TRY(const auto file, open_part(folder, name, 0, where));
  std::string bytes;
  char chunk[std::size_t{1} << 16U];
  for (;;) {
    const ssize_t count = ::read(file.number(), chunk, sizeof chunk);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return Error{Errc::internal, where, "could not be read to its end"};
    }
    if (count == 0) {
      return bytes;
    }
    bytes.append(chunk, static_cast<std::size_t>(count));
    if (bytes.size() > longest) {
      return Error{Errc::out_of_range, where,
                   "is longer than " + std::to_string(longest) + " bytes"};
    }
  }
}

/// The names in a folder, but for . and ..
Result<std::set<std::string>> list(int folder, const std::string& where) {
  const int copy = ::openat(folder, ".", O_RDONLY | O_CLOEXEC | O_DIRECTORY);
  DIR* stream = copy < 0 ? nullptr : ::fdopendir(copy);
  if (stream == nullptr) {
    if (copy >= 0) {
      ::close(copy);
    }
    return Error{Errc::internal, where, "cannot be listed"};
  }
  std::set<std::string> names;
  while (const dirent* entry = ::readdir(stream)) {  // NOLINT(concurrency-mt-unsafe): own stream
    const std::string_view name{entry->d_name};
    if (name != "." && name != "..") {
      names.emplace(name);
    }
  }
  ::closedir(stream);
  return names;
}

/// The folder of a package and, if it has one, its knowledge folder.
struct Folders {
  std::filesystem::path path;
  Descriptor top;
  std::optional<Descriptor> knowledge;

  std::string where(std::string_view file) const { return (path / file).string(); }
};

Result<Folders> open_folders(const std::filesystem::path& path) {
  const std::string where = path.string();
  CDSS_TRY(auto top, open_part(AT_FDCWD, where, O_DIRECTORY, where));
  Folders folders{path, std::move(top), std::nullopt};
  CDSS_TRY(const auto names, list(folders.top.number(), where));
  if (names.contains(std::string{kKnowledge})) {
    CDSS_TRY(auto knowledge, open_part(folders.top.number(), std::string{kKnowledge}, O_DIRECTORY,
                                       folders.where(kKnowledge)));
    folders.knowledge.emplace(std::move(knowledge));
  }
  return folders;
}

Result<void> check_listed(const Folders& folders, const Manifest& manifest) {
  constexpr std::string_view kMessage = "is not listed in manifest.json; remove it";
  CDSS_TRY(const auto names, list(folders.top.number(), folders.path.string()));
  for (const auto& name : names) {
    if (name != "manifest.json" && name != "manifest.sig" && name != kKnowledge &&
        !manifest.files.contains(name)) {
      return Error{Errc::unsupported, folders.where(name), std::string{kMessage}};
    }
  }
  if (!folders.knowledge) {
    return {};
  }
  CDSS_TRY(const auto inner, list(folders.knowledge->number(), folders.where(kKnowledge)));
  for (const auto& name : inner) {
    const std::string path = std::string{kKnowledge} + '/' + name;
    if (!manifest.files.contains(path)) {
      return Error{Errc::unsupported, folders.where(path), std::string{kMessage}};
    }
  }
  return {};
}

/// A file's bytes, when they are the bytes that the manifest names.
Result<std::string> read_listed(const Folders& folders, const std::string& path,
                                const std::string& sha256) {
  const auto slash = path.find('/');
  const bool inner = slash != std::string::npos;
  const std::string where = folders.where(path);
  if (inner && !folders.knowledge) {
    return Error{Errc::missing, where, "is not there or cannot be opened"};
  }
  CDSS_TRY(auto bytes, read_part(inner ? folders.knowledge->number() : folders.top.number(),
                                 inner ? path.substr(slash + 1) : path,
                                 inner ? kLongestKnowledge : kLongestLibrary, where));
  if (sha256_hex(bytes) != sha256) {
    return Error{Errc::malformed, where,
                 "is not the file that manifest.json names: its sha256 differs"};
  }
  return bytes;
}

/// Which folder it is that stands under the name: zeros for none. The time is of its last change,
/// since a number is soon given to another folder.
std::tuple<dev_t, ino_t, time_t, long> identity(const std::filesystem::path& folder) {
  struct stat status {};
  if (::lstat(folder.c_str(), &status) != 0) {
    return {};
  }
  return {status.st_dev, status.st_ino, status.st_ctim.tv_sec, status.st_ctim.tv_nsec};
}

std::string hash_knowledge(const std::vector<KnowledgeFile>& files) {
  std::vector<std::string> lines;
  lines.reserve(files.size());
  for (const auto& file : files) {
    lines.push_back(file.sha256 + "  " + file.path + '\n');
  }
  std::ranges::sort(lines);
  std::string all;
  for (const auto& line : lines) {
    all += line;
  }
  return sha256_hex(all);
}

/// The evidence among the knowledge files, if it is there.
Result<std::optional<Evidence>> find_evidence(const std::vector<KnowledgeFile>& files,
                                              const Manifest& manifest) {
  const auto file = std::ranges::find(files, kEvidenceFile, &KnowledgeFile::path);
  if (file == files.end()) {
    return std::optional<Evidence>{};
  }
  std::vector<std::string> services;
  for (const auto& service : manifest.services) {
    services.push_back(service.id);
  }
  CDSS_TRY(auto evidence, read_evidence(file->document.root(), files, services));
  return std::optional{std::move(evidence)};
}

}  // namespace

Result<Package> Package::load(const std::filesystem::path& folder) {
  constexpr int kReplacements = 8;  // nobody makes packages faster than they are read
  for (int i = 0;; ++i) {
    const auto before = identity(folder);
    auto package = load_once(folder);
    // The files of a package that was replaced vanish while they are read.
    if (package || i == kReplacements || identity(folder) == before) {
      return package;
    }
  }
}

Result<Package> Package::load_once(const std::filesystem::path& folder) {
  CDSS_TRY(const auto folders, open_folders(folder));
  const std::string manifest_path = folders.where("manifest.json");
  CDSS_TRY(auto text,
           read_part(folders.top.number(), "manifest.json", kLongestManifest, manifest_path));
  CDSS_TRY(const auto document, within(manifest_path, Document::parse(std::move(text))));
  Package package;
  CDSS_TRY(package.manifest_, within(manifest_path, read_manifest(document.root())));
  CDSS_CHECK(check_listed(folders, package.manifest_));
  for (const auto& [path, sha256] : package.manifest_.files) {  // a map: sorted by path
    CDSS_TRY(auto bytes, read_listed(folders, path, sha256));
    if (path == package.manifest_.library) {
      package.library_ = std::move(bytes);
      continue;
    }
    CDSS_TRY(auto knowledge, within(folders.where(path), Document::parse(std::move(bytes))));
    package.knowledge_.push_back({path, sha256, std::move(knowledge)});
  }
  package.knowledge_hash_ = hash_knowledge(package.knowledge_);
  CDSS_TRY(package.evidence_, within(folders.where(kEvidenceFile),
                                     find_evidence(package.knowledge_, package.manifest_)));
  return package;
}

}  // namespace cdss::plugin
