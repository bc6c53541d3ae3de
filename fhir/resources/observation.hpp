#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/event_time.hpp"
#include "fhir/types/partial_date.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource.hpp"
#include "fhir/types/value.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 Observation: a measurement or a finding of an examination. Also in its R5 and STU3
/// shapes.
struct Observation : Resource {
  static constexpr std::string_view kType = "Observation";

  /// Errors: Errc::malformed when this is no Observation, or code, value[x], effective[x], bodySite
  /// or a component is malformed, or the status is none of the value set; Errc::missing without a
  /// status; Errc::unsupported when its focus is not the patient: it tells of something else, such
  /// as the child that the patient gave birth to. Source: HL7 FHIR R4, Observation.focus.
  static Result<Observation> read(View resource);

  /// Source: HL7 FHIR R4 observation-status.
  enum class Status : std::uint8_t {
    registered,
    preliminary,
    final,
    amended,
    corrected,
    cancelled,
    entered_in_error,
    unknown,
  };

  /// One of several results under one code, e.g. systolic and diastolic pressure.
  struct Component {
    CodeableConcept code;
    Value value;
  };

  Status status = Status::unknown;
  CodeableConcept code;
  EventTime effective;
  std::optional<PartialDate> issued;
  Value value;
  CodeableConcept body_site;
  std::vector<Component> component;
  Reference subject;
  std::vector<Reference> focus;

  /// Whether it counts: final, amended or corrected.
  bool is_final() const {
    return status == Status::final || status == Status::amended || status == Status::corrected;
  }
  /// value[x] as a CodeableConcept; null when it is something else.
  const CodeableConcept* value_concept() const { return std::get_if<CodeableConcept>(&value); }
};

}  // namespace cdss::fhir
