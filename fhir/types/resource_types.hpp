#pragma once

#include <string_view>

namespace cdss::fhir {

/// True for the name of a resource type of FHIR R4, e.g. "Procedure". Thread-safe.
/// Source: HL7 FHIR R4, value set resource-types.
bool is_r4_resource_type(std::string_view name);

/// The element that says which patient a resource of type `name` belongs to: "subject", "patient",
/// "for" or "beneficiary"; empty for a type that has none, or whose resources need no patient
/// (Device, Basic). Thread-safe.
/// Source: HL7 FHIR R4, CompartmentDefinition patient.
std::string_view patient_element(std::string_view name);

/// True for a type whose resources belong to no patient: Medication, Organization and the like, and
/// envelopes such as Bundle, whose content belongs to whom it says. Thread-safe.
/// Source: HL7 FHIR R4, CompartmentDefinition patient: it cannot hold them.
bool is_of_no_patient(std::string_view name);

}  // namespace cdss::fhir
