#include "fhir/types/quantity.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "fhir/types/reading.hpp"
#include "fhir/types/systems.hpp"
#include "fhir/types/ucum.hpp"

namespace cdss::fhir {
namespace {

Error not_interpretable(std::string message) {
  return {Errc::unsupported, {}, "not interpretable: " + std::move(message)};
}

constexpr detail::Code<Comparator> kComparators[] = {
    {"<", Comparator::less},
    {"<=", Comparator::less_or_equal},
    {">=", Comparator::greater_or_equal},
    {">", Comparator::greater},
    {"ad", Comparator::adequate},
};

/// The unit as it is written; none when it is in a system other than UCUM.
std::optional<std::string_view> written_unit(const Quantity& quantity) {
  if (!quantity.system.empty() && quantity.system != kUcum) {
    return std::nullopt;
  }
  if (!quantity.code.empty()) {
    return quantity.code;
  }
  return quantity.unit.empty() ? "1" : quantity.unit;
}

/// The number in the unit `to`, when `from` is a UCUM unit of the same kind, or is commonly written
/// for one.
Result<double> converted(double number, std::string_view from, const UcumUnit& to) {
  const auto ucum = UcumUnit::parse(from);
  if (ucum && ucum->measures_as(to)) {
    return ucum->convert(number, to);
  }
  if (const auto spelled = ucum_of_spelling(from)) {
    CDSS_TRY(const auto unit, UcumUnit::parse(*spelled));
    if (unit.measures_as(to)) {
      return unit.convert(number, to);
    }
  } else if (!ucum) {
    return not_interpretable("the unit is unknown");
  }
  return not_interpretable("the unit measures something else");
}

}  // namespace

bool is_known_unit(std::string_view ucum) {
  return UcumUnit::parse(ucum).has_value();
}

Result<double> Quantity::in(std::string_view ucum) const {
  if (value.empty()) {
    return Error{Errc::missing, "value", "is required"};
  }
  double number = 0;
  const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (status == std::errc::result_out_of_range) {
    return Error{Errc::out_of_range, "value", "does not fit a floating-point number"};
  }
  if (status != std::errc{} || end != value.data() + value.size()) {
    return Error{Errc::malformed, "value", "must be a number"};
  }
  const auto from = written_unit(*this);
  const auto to = UcumUnit::parse(ucum);
  return from && to ? converted(number, *from, *to) : not_interpretable("the unit is unknown");
}

std::optional<Quantity> quantity_in_words(std::string_view text) {
  // What is longer stands before what begins it.
  static constexpr std::pair<std::string_view, Comparator> kWritten[] = {
      {"<=", Comparator::less_or_equal},
      {">=", Comparator::greater_or_equal},
      {"\u2264", Comparator::less_or_equal},
      {"\u2265", Comparator::greater_or_equal},
      {"<", Comparator::less},
      {">", Comparator::greater},
      {"LT", Comparator::less},
      {"GT", Comparator::greater},
  };
  Quantity quantity;
  text = trimmed(text);
  for (const auto& [written, comparator] : kWritten) {
    if (text.starts_with(written)) {
      quantity.comparator = comparator;
      text = trimmed(text.substr(written.size()));
      break;
    }
  }
  const auto length = std::min(text.find_first_not_of("0123456789."), text.size());
  quantity.value = text.substr(0, length);
  quantity.unit = trimmed(text.substr(length));
  const bool is_number = !quantity.value.empty() && is_digit(quantity.value.front()) &&
                         is_digit(quantity.value.back()) &&
                         std::ranges::count(quantity.value, '.') <= 1;
  // "5,2 mg/L" and "1,200 /uL" are told apart by no one.
  const bool has_unit = !quantity.unit.empty() && quantity.unit.front() != ',';
  return is_number && has_unit ? std::optional{quantity} : std::nullopt;
}

Result<Quantity> read_quantity(View value) {
  static constexpr detail::Field<Quantity> kFields[] = {
      detail::field_read_by<Quantity>("value",
                                      [](Quantity& out, std::string_view, View number) {
                                        return detail::assign(out.value, number.number());
                                      }),
      detail::code_field<&Quantity::comparator, kComparators>("comparator"),
      detail::field<&Quantity::unit>("unit"),
      detail::field<&Quantity::system>("system"),
      detail::field<&Quantity::code>("code"),
  };
  Quantity quantity;
  CDSS_CHECK(detail::read_members(value, quantity, kFields));
  quantity.system = canonical_system(quantity.system);
  return quantity;
}

}  // namespace cdss::fhir
