#pragma once

#include <cstdint>
#include <optional>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/partial_date.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 MedicationRequest: an order or a draft of one. Also in its R5 (medication as a
/// CodeableReference) and STU3 shapes.
struct MedicationRequest : Resource {
  static constexpr std::string_view kType = "MedicationRequest";

  /// Errors: Errc::malformed when this is no MedicationRequest, or the medication, authoredOn or
  /// doNotPerform is malformed.
  static Result<MedicationRequest> read(View resource);

  /// Source: HL7 FHIR R4 medicationrequest-status; `ended` is R5's.
  enum class Status : std::uint8_t {
    active,
    on_hold,
    ended,
    stopped,
    completed,
    cancelled,
    entered_in_error,
    draft,
    unknown,
  };

  Status status = Status::unknown;  ///< also when it is missing, or none of the value set
  bool do_not_perform = false;      ///< an order not to give it
  /// medicationCodeableConcept, R5's medication.concept, or the code of the contained Medication.
  CodeableConcept medication;
  /// medicationReference or R5's medication.reference. When it points to another resource,
  /// `medication` is empty until fhir::resolve_medication has found that resource; read_all does
  /// so within a Bundle.
  Reference medication_reference;
  CodeableConcepts routes;  ///< by which it is given: dosageInstruction.route
  std::optional<PartialDate> authored_on;

  /// Whether the patient is meant to take it now: status active, and no order against it.
  bool is_active() const { return status == Status::active && !do_not_perform; }
  /// Whether it may be taken although it is not active: status unknown, or on hold.
  bool is_perhaps_active() const {
    return (status == Status::unknown || status == Status::on_hold) && !do_not_perform;
  }
};

}  // namespace cdss::fhir
