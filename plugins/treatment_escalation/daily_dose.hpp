#pragma once

#include <optional>
#include <string_view>

#include "core/base/view.hpp"
#include "fhir/codeable_concept.hpp"

namespace cdss::treatment_escalation {

/// The strength of one ingredient in a product's name, in mg: the number before the first "mg"
/// after the name of the ingredient, e.g. 325 in "Hydrocodone 5 MG / Acetaminophen 325 MG Oral
/// Tablet".
///
/// @param names  of the ingredient, in lower case; without any of them the first "mg" counts.
/// Result: none when no number stands there.
std::optional<double> strength_mg(const fhir::CodeableConcept& medication,
                                  std::initializer_list<std::string_view> names);

/// The most that an order lets the patient take in a day, in mg, as far as the elements of its
/// dosage say: the highest dose, as often as the timing allows, and no more than maxDosePerPeriod.
/// The text of a dosage is not read. Instructions of one sequence add up.
///
/// @param order     MedicationRequest; objects in place of arrays are read.
/// @param strength  mg of one tablet or capsule, for doses that count these.
/// Result: none when it is not said, or in a unit that is not mg, g, tablet or capsule.
/// Source: HL7 FHIR R4, Dosage and Timing; HL7 v3 GTSAbbreviation for the codes of a timing.
std::optional<double> most_mg_per_day(View order, std::optional<double> strength);

}  // namespace cdss::treatment_escalation
