#include "fhir/types/quantity.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "fhir/types/reading.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::fhir {
namespace {

/// What a unit measures: only units of one kind convert into each other.
enum class Kind : std::uint8_t {
  temperature,
  mass_concentration,
  count_concentration,
  enzyme_concentration,
  sedimentation,
  clearance,
  number,
  percent,
  amount_ratio,
  pressure,
  rate,
  time,
  length,
  mass,
  body_mass_index,
};

/// A unit x is (x + offset) * numerator / denominator of the first unit of its kind. Two factors,
/// so that 38000 /uL is 38 10*3/uL exactly.
struct Unit {
  std::string_view ucum;
  Kind kind;
  double numerator = 1;
  double denominator = 1;
  double offset = 0;
};

// Source: UCUM 2.1. "10^" and "10*" are the same there, and so are "l" and "L".
constexpr Unit kUnits[] = {
    {"Cel", Kind::temperature},
    {"[degF]", Kind::temperature, 5, 9, -32},
    {"mg/L", Kind::mass_concentration},
    {"mg/l", Kind::mass_concentration},
    {"mg/dL", Kind::mass_concentration, 10},
    {"mg/dl", Kind::mass_concentration, 10},
    {"g/L", Kind::mass_concentration, 1000},
    {"g/l", Kind::mass_concentration, 1000},
    {"g/dL", Kind::mass_concentration, 10000},
    {"g/dl", Kind::mass_concentration, 10000},
    {"10*3/uL", Kind::count_concentration},
    {"10^3/uL", Kind::count_concentration},
    {"10*9/L", Kind::count_concentration},
    {"10^9/L", Kind::count_concentration},
    {"10*9/l", Kind::count_concentration},
    {"/uL", Kind::count_concentration, 1, 1000},
    {"U/L", Kind::enzyme_concentration},
    {"mm/h", Kind::sedimentation},
    {"mL/min", Kind::clearance},
    {"mL/min/{1.73_m2}", Kind::clearance},
    {"1", Kind::number},
    {"{INR}", Kind::number},
    {"{score}", Kind::number},
    {"{count}", Kind::number},
    {"{#}", Kind::number},
    {"%", Kind::percent},
    {"mmol/mol", Kind::amount_ratio},
    {"mm[Hg]", Kind::pressure},
    {"/min", Kind::rate},
    {"{beats}/min", Kind::rate},
    {"d", Kind::time},
    {"wk", Kind::time, 7},
    {"mo", Kind::time, 30.4375},
    {"a", Kind::time, 365.25},
    {"mm", Kind::length},
    {"cm", Kind::length, 10},
    {"m", Kind::length, 1000},
    {"kg", Kind::mass},
    {"g", Kind::mass, 1, 1000},
    {"kg/m2", Kind::body_mass_index},
};

const Unit* find_unit(std::string_view ucum) {
  const auto* const row =
      std::ranges::find_if(kUnits, [&](const Unit& unit) { return unit.ucum == ucum; });
  return row == std::end(kUnits) ? nullptr : row;
}

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

/// The unit as UCUM text; none when it is written in no system that we read.
std::optional<std::string_view> ucum_of(const Quantity& quantity) {
  if (!quantity.system.empty() && quantity.system != kUcum) {
    return std::nullopt;
  }
  if (!quantity.code.empty()) {
    return quantity.code;
  }
  if (quantity.unit.empty()) {
    return "1";
  }
  return quantity.unit;
}

}  // namespace

bool is_known_unit(std::string_view ucum) {
  return find_unit(ucum) != nullptr;
}

Result<double> Quantity::in(std::string_view ucum) const {
  if (value.empty()) {
    return Error{Errc::missing, "value", "is required"};
  }
  const auto written = ucum_of(*this);
  const Unit* const from = written ? find_unit(*written) : nullptr;
  const Unit* const to = find_unit(ucum);
  if (from == nullptr || to == nullptr) {
    return not_interpretable("the unit is unknown");
  }
  if (from->kind != to->kind) {
    return not_interpretable("the unit measures something else");
  }
  double number = 0;
  const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (status == std::errc::result_out_of_range) {
    return Error{Errc::out_of_range, "value", "does not fit a floating-point number"};
  }
  if (status != std::errc{} || end != value.data() + value.size()) {
    return Error{Errc::malformed, "value", "must be a number"};
  }
  if (from->numerator == to->numerator && from->denominator == to->denominator &&
      from->offset == to->offset) {
    return number;  // no arithmetic, so no rounding
  }
  return (number + from->offset) * (from->numerator * to->denominator) /
             (from->denominator * to->numerator) -
         to->offset;
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
