#pragma once

#include <optional>

#include "core/json/view.hpp"
#include "fhir/types/partial_date.hpp"

namespace cdss::fhir {

/// A FHIR Period as days: an end that is absent is open, not unknown.
struct Period {
  std::optional<PartialDate> start;
  std::optional<PartialDate> end;
};

/// Errors: Errc::malformed or Errc::out_of_range when `value` is no object or an end of it is no
/// dateTime; Errc::out_of_range when every day of `end` is before every day of `start`.
/// Source: HL7 FHIR R4, Data Types, "Period".
Result<Period> read_period(View value);

}  // namespace cdss::fhir
