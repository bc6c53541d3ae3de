#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/plugin/evidence.hpp"
#include "core/plugin/knowledge_file.hpp"
#include "core/plugin/manifest.hpp"

namespace cdss::plugin {

/// The longest library of a package, in bytes. One built with sanitizers is ten times what ships.
inline constexpr std::size_t kLongestLibrary = std::size_t{256} << 20U;

/// A plugin package: its folder, read once and checked. What was hashed is what is kept, so a file
/// that changes afterwards changes nothing. Read-only. Thread-safe.
class Package {
 public:
  /// Reads `manifest.json` and every file it lists, and nothing else. When another package takes
  /// the folder's place meanwhile, reads that one.
  ///
  /// Errors, with the path of the file or its element as `where`: Errc::missing for a file that is
  /// not there; Errc::unsupported for a folder or file that someone else than root or this user
  /// can change, a symbolic link, or a file that the manifest does not list; Errc::out_of_range
  /// for a file that is too long; Errc::malformed for a file whose hash is not the listed one, and
  /// for what is no JSON; those of read_manifest and read_evidence.
  static Result<Package> load(const std::filesystem::path& folder);

  const Manifest& manifest() const { return manifest_; }

  /// The bytes of the shared object.
  std::string_view library() const { return library_; }

  /// Sorted by path.
  std::span<const KnowledgeFile> knowledge() const { return knowledge_; }

  /// The sha256 of the lines `<sha256>  <path>\n` of the knowledge files, sorted: one name for all
  /// that the rules know.
  const std::string& knowledge_hash() const { return knowledge_hash_; }

  /// What the package says of itself for people; none when it has no `knowledge/evidence.json`.
  const std::optional<Evidence>& evidence() const { return evidence_; }

 private:
  Package() = default;
  static Result<Package> load_once(const std::filesystem::path& folder);

  Manifest manifest_;
  std::string library_;
  std::vector<KnowledgeFile> knowledge_;
  std::string knowledge_hash_;
  std::optional<Evidence> evidence_;
};

}  // namespace cdss::plugin
