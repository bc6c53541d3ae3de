#pragma once

#include <cstdint>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/event_time.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 Procedure: what was done to the patient. Also in its R5 (occurrence[x]) and STU3
/// (notDone) shapes.
struct Procedure : Resource {
  static constexpr std::string_view kType = "Procedure";

  /// A status that is missing or cannot be read is `unknown`. Errors: of the header
  /// (detail::read_header); Errc::malformed when code, bodySite, notDone or the date is malformed.
  static Result<Procedure> read(View resource);

  /// Source: HL7 FHIR R4 event-status; STU3's suspended is on-hold, its aborted is stopped.
  enum class Status : std::uint8_t {
    preparation,
    in_progress,
    not_done,
    on_hold,
    stopped,
    completed,
    entered_in_error,
    unknown,
  };

  Status status = Status::unknown;
  CodeableConcept code;
  CodeableConcepts body_site;
  EventTime performed;  ///< performed[x], or R5's occurrence[x]

  /// Whether it was completed.
  bool is_completed() const { return status == Status::completed; }
  bool has(const Coding& coding) const { return code.has(coding); }
};

}  // namespace cdss::fhir
