#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/errors/result.hpp"

namespace cdss::fhir {

/// A unit of the Unified Code for Units of Measure, as a multiple of base units. Source: UCUM 2.1.
class UcumUnit {
 public:
  /// Reads a unit in the case-sensitive form of UCUM: prefixes, annotations in braces, powers of
  /// ten, exponents, products with `.`, quotients with `/`, parentheses.
  ///
  /// Known are units of length, mass, volume, time, amount, pressure, temperature, activity and
  /// count. At most 64 bytes, 4 parentheses deep.
  /// Errors: Errc::malformed for what is no UCUM; Errc::unsupported for a unit that is not known
  /// here; Errc::out_of_range for an exponent or a factor that is too large.
  static Result<UcumUnit> parse(std::string_view text);

  /// Whether numbers in one can be given in the other.
  ///
  /// Kept apart, though UCUM has them alike: a percentage and a number (a prothrombin time in % is
  /// no INR), amounts per amount (HbA1c in mmol/mol is no factor away from one in %), and numbers
  /// by a factor (a pain score of 7 "/10" is not 0.7).
  bool measures_as(const UcumUnit& other) const;

  /// The number in a unit that measures the same; unchanged when that is the same unit.
  double convert(double number, const UcumUnit& to) const;

 private:
  friend class UcumParser;

  /// What a unit is a power of. Moles below the line are counted apart: they do not cancel.
  enum Dimension : std::uint8_t {
    metre,
    second,
    gram,
    kelvin,
    mole,
    per_mole,
    international_unit,
    percent,
    dimensions
  };
  struct Atom;
  static const Atom* find_atom(std::string_view symbol);

  // One of it is numerator / denominator base units. Two factors, so that a whole multiple converts
  // exactly: 38000 /uL is 38 10*3/uL.
  double numerator_ = 1;
  double denominator_ = 1;
  // Scales of temperature begin elsewhere: x of it is (x + offset) * numerator / denominator
  // degrees Celsius. Zero for all other units.
  double offset_ = 0;
  std::array<int, dimensions> powers_{};
};

/// The UCUM unit that people mean by what they write: "mm/h" by "mm/hr", "10*3/uL" by "K/uL"; none
/// for a text that is not in the table. Case and spaces make no difference. Thread-safe.
/// Source: units as laboratories print them; the table in ucum_spelling.cpp.
std::optional<std::string_view> ucum_of_spelling(std::string_view text);

}  // namespace cdss::fhir
