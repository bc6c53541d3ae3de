#pragma once

// medication[x] of an order or a statement. For the .cpp files of this folder only.

#include <string_view>
#include <utility>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/reading.hpp"
#include "fhir/types/reference.hpp"

namespace cdss::fhir::detail {

/// Reads R5's CodeableReference: a concept, a reference or both.
Result<void> read_codeable_reference(View value, CodeableConcept& codeable_concept,
                                     Reference& reference);

/// The code of the Medication in `resource.contained` that `reference` names ('#x'); empty when it
/// is not there. Errors: of read_medication.
Result<CodeableConcept> read_contained_medication(View resource, const Reference& reference);

/// The fields of medication[x]: R4's medicationCodeableConcept and medicationReference.
template <class Order>
Result<void> read_medication_choice(Order& out, std::string_view suffix, View value) {
  if (suffix == "CodeableConcept") {
    return assign(out.medication, read_codeable_concept(value));
  }
  if (suffix == "Reference") {
    return assign(out.medication_reference, read_reference(value));
  }
  return {};
}

/// R5's medication.
template <class Order>
Result<void> read_medication_r5(Order& out, std::string_view /*suffix*/, View value) {
  return read_codeable_reference(value, out.medication, out.medication_reference);
}

/// The routes of dosageInstruction or dosage. A dosage that cannot be read costs no order.
template <class Order>
Result<void> read_routes(Order& out, std::string_view /*suffix*/, View value) {
  return for_each_element(value, [&](View dosage) -> Result<void> {
    if (const auto route = dosage.find("route")) {
      if (auto codeable_concept = read_codeable_concept(*route)) {
        out.routes.push_back(*std::move(codeable_concept));
      }
    }
    return {};
  });
}

/// Looks a contained Medication up once the whole order is read. A reference of which nothing but
/// the display is known gives its display as the words of the medication.
template <class Order>
Result<void> resolve_contained(Order& order, View resource) {
  if (order.medication.is_empty() &&
      order.medication_reference.kind == Reference::Kind::contained) {
    CDSS_CHECK(
        assign(order.medication, read_contained_medication(resource, order.medication_reference)));
  }
  if (order.medication.is_empty()) {
    order.medication.text = order.medication_reference.display;
  }
  return {};
}

}  // namespace cdss::fhir::detail
