#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/partial_date.hpp"
#include "fhir/types/quantity.hpp"

namespace cdss::fhir {

/// A value of a type that we do not read (Range, Ratio, SampledData, Period, Timing, time,
/// Attachment, Reference): something is recorded, and it is not interpretable.
struct OtherValue {
  std::string_view type;  ///< as in the member's name, e.g. "SampledData"
};

/// value[x] of Observation, its components and QuestionnaireResponse answers. Borrows.
///
/// string, uri, code and markdown are text; a Coding is a CodeableConcept of one coding; a decimal
/// is a Quantity without unit; date, dateTime and instant are a PartialDate.
using Value = std::variant<std::monostate, bool, std::int64_t, std::string_view, PartialDate,
                           Quantity, CodeableConcept, OtherValue>;

inline bool is_present(const Value& value) {
  return value.index() != 0;
}

/// Reads a member named "value" and a type.
///
/// @param suffix  What follows "value", e.g. "Quantity".
/// Gives monostate when `suffix` does not begin with a capital letter.
/// Errors: those of the type's reader; Errc::malformed for a member of the wrong JSON kind.
Result<Value> read_value(std::string_view suffix, View value);

}  // namespace cdss::fhir
