#pragma once

#include <cstdint>
#include <optional>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/event_time.hpp"
#include "fhir/types/partial_date.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 Condition: a diagnosis, problem or complaint. Also in its R5 and STU3 shapes (status
/// as a plain code, assertedDate).
struct Condition : Resource {
  static constexpr std::string_view kType = "Condition";

  /// Errors: Errc::malformed when this is no Condition, or a status, code, bodySite, onset,
  /// abatement or recordedDate is malformed or no value of its value set; Errc::unsupported for the
  /// DSTU2 shape (`patient`).
  static Result<Condition> read(View resource);

  /// Source: HL7 FHIR R4 condition-clinical; `unknown` is R5's.
  enum class ClinicalStatus : std::uint8_t {
    absent,
    active,
    recurrence,
    relapse,
    inactive,
    remission,
    resolved,
    unknown,
  };
  /// Source: HL7 FHIR R4 condition-ver-status; `unknown` is STU3's.
  enum class VerificationStatus : std::uint8_t {
    absent,
    unconfirmed,
    provisional,
    differential,
    confirmed,
    refuted,
    entered_in_error,
    unknown,
  };

  ClinicalStatus clinical_status = ClinicalStatus::absent;
  VerificationStatus verification_status = VerificationStatus::absent;
  CodeableConcept code;
  CodeableConcepts body_site;
  EventTime onset;
  EventTime abatement;
  std::optional<PartialDate> recorded_date;

  /// Whether it is present now: active, recurrence or relapse; or without status and abatement.
  bool is_active() const;
  /// Whether it is confirmed or has no verification status; false for unconfirmed, provisional
  /// and differential.
  bool is_confirmed() const;
  /// Whether it was examined and found to be wrong.
  bool is_refuted() const { return verification_status == VerificationStatus::refuted; }
  bool is_entered_in_error() const {
    return verification_status == VerificationStatus::entered_in_error;
  }
};

}  // namespace cdss::fhir
