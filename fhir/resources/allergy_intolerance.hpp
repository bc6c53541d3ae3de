#pragma once

#include <cstdint>
#include <optional>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/event_time.hpp"
#include "fhir/types/partial_date.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 AllergyIntolerance. Also in its R5 and STU3 (statuses as plain codes) shapes.
struct AllergyIntolerance : Resource {
  static constexpr std::string_view kType = "AllergyIntolerance";

  /// Errors: Errc::malformed when this is no AllergyIntolerance, or the code, a substance or the onset
  /// is malformed; Errc::unsupported for the DSTU2 shape (`substance` in place of `code`).
  static Result<AllergyIntolerance> read(View resource);

  /// Source: HL7 FHIR R4 allergyintolerance-clinical. Absent also when it cannot be read.
  enum class ClinicalStatus : std::uint8_t { absent, active, inactive, resolved };
  /// Source: HL7 FHIR R4 allergyintolerance-verification; `presumed` is R5's.
  enum class VerificationStatus : std::uint8_t {
    absent,
    unconfirmed,
    presumed,
    confirmed,
    refuted,
    entered_in_error,
  };

  ClinicalStatus clinical_status = ClinicalStatus::absent;
  VerificationStatus verification_status = VerificationStatus::absent;
  CodeableConcept code;        ///< the substance, or that no allergy is known
  CodeableConcepts substance;  ///< reaction.substance: what set off the reactions
  EventTime onset;
  /// `category` says food or environment, and nothing else.
  bool is_of_food_or_environment = false;

  /// Whether it counts: active or without a status that can be read, not refuted or entered in
  /// error. An unconfirmed allergy counts.
  bool is_active() const {
    return (clinical_status == ClinicalStatus::active ||
            clinical_status == ClinicalStatus::absent) &&
           verification_status != VerificationStatus::refuted && !is_entered_in_error();
  }
  bool is_entered_in_error() const {
    return verification_status == VerificationStatus::entered_in_error;
  }
};

}  // namespace cdss::fhir
