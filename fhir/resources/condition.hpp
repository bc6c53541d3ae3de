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

  /// A status that cannot be read is `unknown`. Errors: of the header (detail::read_header);
  /// Errc::malformed when a code, bodySite, onset, abatement or recordedDate is malformed;
  /// Errc::unsupported for the DSTU2 shape (`patient`).
  static Result<Condition> read(View resource);

  /// Source: HL7 FHIR R4 condition-clinical; `unknown` is R5's, and stands for all that is neither a
  /// code nor the words of one.
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
  /// Source: HL7 FHIR R4 condition-ver-status; `unknown` is STU3's, and stands for what cannot be
  /// read.
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

  /// Whether it is present now, or may be: active, recurrence or relapse; or not abated, with no
  /// clinical status or an unclear one.
  bool is_active() const;
  /// Whether there is a clinical status that does not tell.
  bool is_status_unclear() const { return clinical_status == ClinicalStatus::unknown; }
  /// Whether it is confirmed or has no verification status; false for all others.
  bool is_confirmed() const;
  /// Whether it was examined and found to be wrong.
  bool is_refuted() const { return verification_status == VerificationStatus::refuted; }
  bool is_entered_in_error() const {
    return verification_status == VerificationStatus::entered_in_error;
  }
};

}  // namespace cdss::fhir
