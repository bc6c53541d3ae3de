#pragma once

#include <string_view>

namespace cdss::fhir {

/// True for a bare id: letters, digits, `-`, `.`, `_`, and neither "." nor ".." (those would climb
/// in a URL). Of any length: real servers go past the 64 of HL7 FHIR R4.
bool is_id(std::string_view text);

}  // namespace cdss::fhir
