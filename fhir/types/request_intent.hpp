#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::fhir {

/// How firm a request is. Source: HL7 FHIR R4 request-intent and medicationrequest-intent.
enum class RequestIntent : std::uint8_t {
  absent,
  proposal,
  plan,
  directive,
  order,
  original_order,
  reflex_order,
  filler_order,
  instance_order,
  option,
};

/// Whether it is an order of any kind, not a proposal, plan, directive or option.
bool is_order(RequestIntent intent);

/// Errors: Errc::malformed when `value` is no text or none of the value set.
Result<RequestIntent> read_request_intent(View value);

}  // namespace cdss::fhir
