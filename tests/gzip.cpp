#include "tests/gzip.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <zlib.h>

#include "core/base/file.hpp"

namespace cdss::test {
namespace {

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (!line.empty()) {
      lines.emplace_back(line);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  auto text = read_file(path);
  if (!text) {
    throw std::runtime_error("cannot read " + path.string());
  }
  return split(*text);
}

std::string text_of_gzip(const std::filesystem::path& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile_s*)> file{gzopen(path.c_str(), "rb"), &gzclose_r};
  if (!file) {
    throw std::runtime_error("cannot open " + path.string());
  }
  std::string text;
  std::array<char, 65536> block{};
  int count = 0;
  while ((count = gzread(file.get(), block.data(), block.size())) > 0) {
    text.append(block.data(), static_cast<std::size_t>(count));
  }
  int status = Z_OK;
  gzerror(file.get(), &status);
  if (count < 0 || status != Z_OK) {
    throw std::runtime_error("cannot unpack " + path.string());
  }
  return text;
}

std::vector<std::string> lines_of_gzip(const std::filesystem::path& path) {
  return split(text_of_gzip(path));
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                            std::string_view ending) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (entry.is_regular_file() && entry.path().filename().string().ends_with(ending)) {
      files.push_back(entry.path());
    }
  }
  if (files.empty()) {
    throw std::runtime_error("no file in " + folder.string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace cdss::test
