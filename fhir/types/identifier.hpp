#pragma once

#include <string_view>

#include "core/json/view.hpp"

namespace cdss::fhir {

/// A business identifier. Borrows from the Document.
struct Identifier {
  std::string_view system;
  std::string_view value;
};

/// Errors: Errc::malformed when `value` is no object, or system or value is not text.
Result<Identifier> read_identifier(View value);

}  // namespace cdss::fhir
