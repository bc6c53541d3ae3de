#pragma once

#include <string>

#include "core/json/document.hpp"

namespace cdss::plugin {

/// One file of a package's knowledge folder, parsed.
struct KnowledgeFile {
  std::string path;  ///< relative to the package, e.g. "knowledge/weights.json"
  std::string sha256;
  Document document;
};

}  // namespace cdss::plugin
