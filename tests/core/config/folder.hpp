#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "core/base/errors/result.hpp"

namespace cdss::config {

/// A folder of its own for the files of one test, gone at the end of it.
class Folder {
 public:
  Folder() {
    char name[] = "/tmp/cdss-config-XXXXXX";
    path_ = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::filesystem::path write(const std::string& name, std::string_view text) const {
    std::ofstream{path_ / name} << text;
    return path_ / name;
  }

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// All faults, one a line, for a failing test's message.
inline std::string text_of(const std::vector<Error>& faults) {
  std::string text;
  for (const Error& fault : faults) {
    text += fault.where + ": " + fault.message + '\n';
  }
  return text;
}

}  // namespace cdss::config
