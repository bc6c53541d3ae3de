#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cdss::test {

/// The lines of a text file, without line ends and without empty lines. Throws std::runtime_error
/// naming the file when it cannot be read: a test without its data must fail.
std::vector<std::string> lines_of(const std::filesystem::path& path);

/// The same of a gzip file.
std::vector<std::string> lines_of_gzip(const std::filesystem::path& path);

/// The whole of a gzip file. Throws as lines_of.
std::string text_of_gzip(const std::filesystem::path& path);

/// Files of `folder` whose name ends in `ending`, sorted by name. Throws when there are none.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                            std::string_view ending);

}  // namespace cdss::test
