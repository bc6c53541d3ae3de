#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "core/base/errors/result.hpp"
#include "core/json/document.hpp"

namespace cdss {

/// The bytes of a regular file.
/// Errors, all with the path as `where`: Errc::missing when it cannot be opened; Errc::out_of_range
/// when it is longer than `longest` bytes; Errc::internal when reading fails midway.
Result<std::string> read_file(const std::filesystem::path& path,
                              std::size_t longest = std::size_t{64} << 20U);

/// A JSON file. Errors: of read_file and Document::parse; `where` begins with the path.
Result<Document> read_json_file(const std::filesystem::path& path);

}  // namespace cdss
