#pragma once

#include <string_view>

namespace cdss::hooks {

/// True for the name of a resource type of FHIR R4, e.g. "Procedure". Thread-safe.
/// Source: HL7 FHIR R4, value set resource-types.
bool is_r4_resource_type(std::string_view name);

}  // namespace cdss::hooks
