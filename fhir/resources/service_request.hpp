#pragma once

#include <cstdint>
#include <optional>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/event_time.hpp"
#include "fhir/types/partial_date.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/request_intent.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 ServiceRequest: an order for an investigation, treatment or operation. Also in its
/// R5 (code as a CodeableReference) and STU3 (ProcedureRequest) shapes.
struct ServiceRequest : Resource {
  /// Source: HL7 FHIR R4 request-status; STU3's suspended is on-hold, its cancelled is revoked.
  enum class Status : std::uint8_t {
    draft,
    active,
    on_hold,
    revoked,
    completed,
    entered_in_error,
    unknown,
  };

  Status status = Status::unknown;
  RequestIntent intent = RequestIntent::absent;
  bool do_not_perform = false;
  CodeableConcepts category;
  CodeableConcept code;
  CodeableConcepts body_site;
  Reference subject;
  EventTime occurrence;
  std::optional<PartialDate> authored_on;

  /// Is it to be done, and not yet done.
  bool is_active() const { return status == Status::active && !do_not_perform; }
  bool is_completed() const { return status == Status::completed && !do_not_perform; }
  bool is_entered_in_error() const { return status == Status::entered_in_error; }
};

/// Errors: Errc::malformed when this is no ServiceRequest or ProcedureRequest, or code, bodySite,
/// subject, doNotPerform or a date is malformed, or status or intent is none of its value set;
/// Errc::missing without a status.
Result<ServiceRequest> read_service_request(View resource);

template <>
struct ResourceTraits<ServiceRequest> {
  static constexpr std::string_view kTypes[] = {"ServiceRequest", "ProcedureRequest"};
  static Result<ServiceRequest> read(View resource) { return read_service_request(resource); }
};

}  // namespace cdss::fhir
