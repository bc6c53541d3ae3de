#pragma once

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 Medication: what a medicine is.
struct Medication : Resource {
  static constexpr std::string_view kType = "Medication";

  /// Errors: Errc::malformed when this is no Medication, or code or an ingredient is malformed.
  static Result<Medication> read(View resource);

  CodeableConcept code;
  /// Substances by code, where the medicine is described by its ingredients.
  CodeableConcepts ingredient;

  /// The code, with the codings of the ingredients after its own; an ingredient in words alone is
  /// a coding of nothing but its display.
  CodeableConcept codeable_concept() const;
};

}  // namespace cdss::fhir
