#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/json/view.hpp"

namespace cdss::fhir {

/// How a measured value stands to the number that is given. Source: HL7 FHIR R4
/// quantity-comparator, and R5's "ad" (sufficient to achieve this total).
enum class Comparator : std::uint8_t {
  none,              ///< exactly this number
  less,              ///< "<"
  less_or_equal,     ///< "<="
  greater_or_equal,  ///< ">="
  greater,           ///< ">"
  adequate,          ///< "ad"
};

/// A number with a unit. Borrows from the Document.
struct Quantity {
  std::string_view value;  ///< digits exactly as written; empty when absent
  Comparator comparator = Comparator::none;
  std::string_view unit;    ///< for people
  std::string_view system;  ///< of `code`, canonical; empty when absent
  std::string_view code;    ///< the unit in `system`; empty when absent

  bool has_comparator() const { return comparator != Comparator::none; }

  /// The number in the unit asked for. Look at `comparator` too: "<5 mg/L" is 5 here.
  ///
  /// @param ucum  A UCUM unit, e.g. "Cel", "mg/L", "10*3/uL", "wk", "1".
  /// The unit is `code`, when there is none `unit`: a UCUM unit that measures the same, or what
  /// people commonly write for one ("K/uL", "mm/hr"). No unit at all is "1". A system other than
  /// UCUM is not read.
  /// Errors: Errc::missing without a value; Errc::unsupported ("not interpretable") when the unit
  /// is unknown or does not measure the same; Errc::out_of_range when the number does not fit
  /// a double.
  /// Annotations change nothing: mL/min/{1.73_m2} is mL/min here; which was measured, the LOINC
  /// code says.
  /// Source: UcumUnit; HL7 FHIR R4, Data Types, "Quantity".
  Result<double> in(std::string_view ucum) const;
};

/// Is `ucum` a UCUM unit that is known here? Thread-safe.
bool is_known_unit(std::string_view ucum);

/// A quantity that is written as a text: a comparator or none (<, <=, >, >=, also as one character, LT and
/// GT), a number with a point, and a unit: ">200 mg/L". None for any other text, without a unit
/// too: what the number counts is then not known. Borrows the text. Thread-safe.
std::optional<Quantity> quantity_in_words(std::string_view text);

/// Errors: Errc::malformed when `value` is no object, its value no number, its comparator no
/// comparator, or system, code or unit is not text.
Result<Quantity> read_quantity(View value);

}  // namespace cdss::fhir
