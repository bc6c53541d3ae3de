#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include "core/json/document.hpp"

namespace cdss::fhir {

/// A document for a test. Throws when the test's own text is no JSON.
inline Document json(std::string text) {
  auto document = Document::parse(std::move(text));
  if (!document) {
    throw std::invalid_argument("the test's text is no JSON");
  }
  return *std::move(document);
}

}  // namespace cdss::fhir
