#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/types/codeable_concept.hpp"

namespace cdss::fhir {

/// How soon an order is to be done. Source: HL7 FHIR R4 request-priority.
enum class RequestPriority : std::uint8_t { routine, urgent, stat };

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

/// How a medicine is to be taken, within bounds. Borrowed until it is written.
struct DraftDosage {
  std::string_view text;         ///< required, for people
  CodeableConcept route;         ///< e.g. oral; empty for none
  std::int64_t least_mg = 0;     ///< of one dose, above 0
  std::int64_t most_mg = 0;      ///< of one dose, at least `least_mg`
  std::int64_t least_hours = 0;  ///< between doses, above 0
  std::int64_t most_hours = 0;   ///< between doses, at least `least_hours`
  std::int64_t most_mg_per_day = 0;
  std::int64_t most_days = 0;  ///< how long; 0 leaves it open
};

/// A medicine that we propose, to be taken as needed. Borrows as DraftOrder does.
struct DraftMedicationRequest : DraftOrder {
  CodeableConcept medication;  ///< required: a coding, a text or both
  DraftDosage dosage;
};

/// An investigation, treatment or referral that we propose. Borrows as DraftOrder does.
struct DraftServiceRequest : DraftOrder {
  CodeableConcept code;      ///< required: a coding, a text or both
  CodeableConcept category;  ///< empty for none
  CodeableConcept detail;    ///< how it is to be done (orderDetail); empty for none
  CodeableConcept body_site;
};

/// The draft as HL7 FHIR R4 JSON: a MedicationRequest or ServiceRequest of status `draft`, without
/// id. A reason whose reference is to a type that R4 does not allow there keeps its meaning alone.
/// Deterministic.
/// Source: HL7 FHIR R4, MedicationRequest, Dosage, Timing, ServiceRequest.
std::string write(const DraftMedicationRequest& draft);
std::string write(const DraftServiceRequest& draft);

}  // namespace cdss::fhir
