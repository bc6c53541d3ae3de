#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fhir/drafts/draft_order.hpp"
#include "fhir/types/codeable_concept.hpp"

namespace cdss::fhir {

/// How a medicine is to be taken, within bounds. Borrowed until it is written.
struct DraftDosage {
  std::string_view text;         ///< required, for people
  std::string_view route;        ///< in words, e.g. "by mouth"; empty for none
  std::int64_t least_mg = 0;     ///< of one dose, above 0
  std::int64_t most_mg = 0;      ///< of one dose, at least `least_mg`
  std::int64_t least_hours = 0;  ///< between doses, above 0
  std::int64_t most_hours = 0;   ///< between doses, at least `least_hours`
  std::int64_t most_mg_per_day = 0;
  std::int64_t most_days = 0;  ///< how long; 0 leaves it open
};

/// A medicine that we propose, to be taken as needed. Borrows as DraftOrder does.
struct DraftMedicationRequest : DraftOrder {
  CodeableConcept medication;  ///< required: a coding, a text or both
  DraftDosage dosage;
};

/// The draft as HL7 FHIR R4 JSON: a MedicationRequest of status `draft`, without id. A reason whose
/// reference is to a type that R4 does not allow there keeps its meaning alone. Deterministic.
/// Source: HL7 FHIR R4, MedicationRequest, Dosage, Timing.
std::string write(const DraftMedicationRequest& draft);

}  // namespace cdss::fhir
