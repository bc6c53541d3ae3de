#pragma once

#include <string>
#include <string_view>

#include "fhir/drafts/draft_order.hpp"
#include "fhir/types/codeable_concept.hpp"

namespace cdss::fhir {

/// An investigation, treatment or referral that we propose. Borrows as DraftOrder does.
struct DraftServiceRequest : DraftOrder {
  CodeableConcept code;      ///< required: a coding, a text or both
  CodeableConcept category;  ///< empty for none
  CodeableConcept detail;    ///< how it is to be done (orderDetail); empty for none
  CodeableConcept body_site;
};

/// The draft as HL7 FHIR R4 JSON: a ServiceRequest of status `draft`, without id. A reason whose
/// reference is to a type that R4 does not allow there keeps its meaning alone. Deterministic.
/// Source: HL7 FHIR R4, ServiceRequest.
std::string write(const DraftServiceRequest& draft);

}  // namespace cdss::fhir
