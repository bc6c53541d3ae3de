#pragma once

#include <cstdint>
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
  /// @param ucum  A unit of the table in quantity.cpp, e.g. "Cel", "mg/L", "10*3/uL", "wk", "1".
  /// The unit is `code` in UCUM; when neither code nor system is given, `unit` if it is the very
  /// text of a UCUM unit of the table. No unit at all is "1".
  /// Errors: Errc::missing without a value; Errc::unsupported ("not interpretable") when the unit
  /// is unknown or does not measure the same thing; Errc::out_of_range when the number does not fit
  /// a double.
  /// Annotations do not change a value: {INR}, {score} and 1 are alike, and so are
  /// mL/min/{1.73_m2} and mL/min: which of those was measured, the LOINC code says.
  /// mmol/mol and % are kept apart, since HbA1c in them is not a factor apart.
  /// Source: UCUM 2.1; HL7 FHIR R4, Data Types, "Quantity".
  Result<double> in(std::string_view ucum) const;
};

/// Is `ucum` a unit that Quantity::in knows? Thread-safe.
bool is_known_unit(std::string_view ucum);

/// Errors: Errc::malformed when `value` is no object, its value no number, its comparator no
/// comparator, or system, code or unit is not text.
Result<Quantity> read_quantity(View value);

}  // namespace cdss::fhir
