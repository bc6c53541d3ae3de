#pragma once

#include <cstdint>
#include <optional>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/event_time.hpp"
#include "fhir/types/partial_date.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 MedicationStatement: what the patient takes, as reported. Also in its R5
/// (recorded, CodeableReference) and STU3 (taken) shapes.
struct MedicationStatement : Resource {
  static constexpr std::string_view kType = "MedicationStatement";

  /// STU3's `taken` of "n" makes the status not_taken.
  /// Errors: Errc::malformed when this is no MedicationStatement, or the medication or a date is
  /// malformed.
  static Result<MedicationStatement> read(View resource);

  /// Source: HL7 FHIR R4 medication-statement-status; `recorded` and `draft` are R5's.
  enum class Status : std::uint8_t {
    active,
    completed,
    entered_in_error,
    intended,
    stopped,
    on_hold,
    unknown,
    not_taken,
    recorded,
    draft,
  };

  Status status = Status::unknown;  ///< also when it is missing, or none of the value set
  CodeableConcept medication;       ///< as in MedicationRequest
  Reference medication_reference;   ///< as in MedicationRequest
  CodeableConcepts routes;          ///< by which it is given: dosage.route
  EventTime effective;
  std::optional<PartialDate> date_asserted;

  /// Whether it is taken now, as far as the status says: active or recorded.
  bool is_active() const { return status == Status::active || status == Status::recorded; }
  /// Whether it may be taken although it is not active: status unknown, or on hold.
  bool is_perhaps_active() const { return status == Status::unknown || status == Status::on_hold; }
};

}  // namespace cdss::fhir
