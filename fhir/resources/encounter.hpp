#pragma once

#include <cstdint>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/period.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 Encounter. Also in its R5 (class as CodeableConcepts, actualPeriod) and STU3 shapes.
struct Encounter : Resource {
  /// Source: HL7 FHIR R4 encounter-status. R5's completed and discharged are finished, its on-hold
  /// is onleave, its discontinued is cancelled.
  enum class Status : std::uint8_t {
    planned,
    arrived,
    triaged,
    in_progress,
    onleave,
    finished,
    cancelled,
    entered_in_error,
    unknown,
  };

  Status status = Status::unknown;
  CodeableConcept
      class_code;  ///< Encounter.class: R4's one Coding, or all codings of R5's concepts
  CodeableConcepts type;
  Reference subject;
  Period period;

  /// Is it going on: arrived, triaged, in-progress or onleave.
  bool is_ongoing() const {
    return status == Status::arrived || status == Status::triaged ||
           status == Status::in_progress || status == Status::onleave;
  }
  bool is_entered_in_error() const { return status == Status::entered_in_error; }
};

/// Errors: Errc::malformed when this is no Encounter, or class, type, subject or period is
/// malformed, or the status is none of the value set; Errc::missing without a status.
Result<Encounter> read_encounter(View resource);

template <>
struct ResourceTraits<Encounter> {
  static constexpr std::string_view kTypes[] = {"Encounter"};
  static Result<Encounter> read(View resource) { return read_encounter(resource); }
};

}  // namespace cdss::fhir
