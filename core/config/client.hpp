#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "core/base/options.hpp"
#include "core/base/result.hpp"

namespace cdss::config {

/// Who may call and what such a caller gets: one file of config/clients.
struct Client {
  std::string id;
  std::string authentication = "none";
  bool explain = false;
  static std::span<const Option<Client>> rows();

  /// Reads a client profile. Errors, each with the file and the element: those of read_json_file
  /// and read_options; Errc::missing without an id.
  static Result<Client> read(const std::filesystem::path& file);
};

}  // namespace cdss::config
