#include "core/base/file.hpp"

#include <fstream>

namespace cdss {

Result<std::string> read_file(const std::filesystem::path& path, std::size_t longest) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(path, failed)) {
    return Error{Errc::missing, path.string(), "is not a file that can be read"};
  }
  std::ifstream in{path, std::ios::binary};
  if (!in) {
    return Error{Errc::missing, path.string(), "cannot be opened"};
  }
  std::string bytes;
  char chunk[1U << 14U];
  while (in.read(chunk, sizeof chunk) || in.gcount() > 0) {
    bytes.append(chunk, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > longest) {
      return Error{Errc::out_of_range, path.string(),
                   "is longer than " + std::to_string(longest) + " bytes"};
    }
  }
  if (in.bad()) {
    return Error{Errc::internal, path.string(), "could not be read to its end"};
  }
  return bytes;
}

Result<Document> read_json_file(const std::filesystem::path& path) {
  CDSS_TRY(auto bytes, read_file(path));
  auto document = Document::parse(std::move(bytes));
  if (!document) {
    return within(path.string(), std::move(document).error());
  }
  return document;
}

}  // namespace cdss
