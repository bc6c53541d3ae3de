#pragma once

// What of a draft can be read, whatever else in it cannot: a draft that is not understood gets no
// card, so that one broken member must not cost the others. For the .cpp files of this folder only.

#include <optional>
#include <string>
#include <string_view>

#include "core/json/view.hpp"
#include "fhir/resources/medication.hpp"
#include "fhir/types/codeable_concept.hpp"

namespace cdss::rules {

/// Calls `visit` for each element, or for a value that stands there without its array.
template <class Visit>
void for_each(std::optional<View> value, Visit visit) {
  if (!value) {
    return;
  }
  if (!value->is_array()) {
    visit(*value);
    return;
  }
  for (const View element : value->elements()) {
    visit(element);
  }
}

/// A CodeableConcept member; empty when it is absent or no object. Of a coding that cannot be read
/// its display stays.
fhir::CodeableConcept read_codeable_concept(View resource, std::string_view name);

/// The same of an array, or of a value that stands there without it.
fhir::CodeableConcepts read_codeable_concepts(View resource, std::string_view name);

/// "MedicationRequest/x" of a Reference that names a resource by its id; else empty.
std::string read_plain_reference(View reference);

/// What an order of a medicine orders: its own CodeableConcept, else the Medication that it
/// contains or that is known, else the display of the reference. In the shapes of DSTU2 to R5.
fhir::CodeableConcept read_medication_of(View order, const fhir::MedicationLookup& known);

}  // namespace cdss::rules
