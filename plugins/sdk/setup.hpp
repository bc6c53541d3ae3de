#pragma once

#include <cstddef>
#include <string_view>

#include "core/abi/plugin.h"
#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::sdk {

/// What a plugin is opened with: the site's options and the package's knowledge files. Borrows the
/// host's memory, which stays until the plugin is closed. Thread-safe.
class Setup {
 public:
  explicit Setup(const cdss_setup& setup) : setup_{&setup} {}

  /// An object of option values by name; read it with read_options (core/base/options.hpp).
  View options() const { return View{setup_->options, 0}; }

  /// How many knowledge files the package has, and each of them, sorted by path.
  std::size_t knowledge_count() const { return setup_->knowledge_count; }
  std::string_view knowledge_path(std::size_t index) const;
  View knowledge(std::size_t index) const { return View{setup_->knowledge[index].document, 0}; }

  /// The knowledge file at that path, e.g. "knowledge/psoas-likelihood.json".
  /// Errors: Errc::missing with the path.
  Result<View> knowledge(std::string_view path) const;

 private:
  const cdss_setup* setup_;
};

}  // namespace cdss::sdk
