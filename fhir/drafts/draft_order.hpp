#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fhir/types/codeable_concept.hpp"

namespace cdss::fhir {

/// How soon an order is to be done. Source: HL7 FHIR R4 request-priority.
enum class RequestPriority : std::uint8_t { routine, urgent, asap, stat };

/// Why something is ordered: the resource that says so, what it means, or both.
struct OrderReason {
  std::string_view reference;        ///< "Condition/a1"; empty when there is none
  CodeableConcept codeable_concept;  ///< empty when only the reference is known
};

/// What every order that we propose has, whatever its type. All is borrowed until it is written.
/// It has no id: the server that accepts it gives one.
struct DraftOrder {
  bool is_order = false;  ///< intent `order`; else `proposal`
  RequestPriority priority = RequestPriority::routine;
  std::string_view patient_id;    ///< bare id, required
  std::string_view encounter_id;  ///< bare id; empty when there is none
  std::string_view requester;     ///< "Practitioner/1"; empty when it is not known
  std::chrono::sys_days authored_on;
  std::vector<OrderReason> reasons;
  std::string_view note;  ///< for people; empty for none
};

}  // namespace cdss::fhir
