// One value: in words, and against a limit.

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include "plugins/rules/results.hpp"

namespace cdss::rules {
namespace {

using fhir::Comparator;

/// "7.5", "186": at most four digits after the point, none that says nothing; "1e+40" for what no
/// one measures.
std::string plain_number(double value) {
  std::array<char, 32> text{};
  constexpr int kDigits = 4;
  const auto write = [&](std::chars_format format) {
    return std::to_chars(text.data(), text.data() + text.size(), value, format, kDigits);
  };
  auto written = write(std::chars_format::fixed);
  if (written.ec != std::errc{}) {  // longer than the text
    written = write(std::chars_format::general);
    return {text.data(), written.ptr};
  }
  std::string number{text.data(), written.ptr};
  if (number.find('.') != std::string::npos) {
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') {
      number.pop_back();
    }
  }
  return number;
}

/// UCUM as people write it.
std::string_view unit_in_words(std::string_view unit) {
  constexpr struct {
    std::string_view ucum;
    std::string_view words;
  } kUnits[] = {{"Cel", " \u00b0C"}, {"mg/L", " mg/L"},
                {"mm/h", " mm/h"},   {"10*3/uL", " x 10\u00b3/\u00b5L"},
                {"g/dL", " g/dL"},   {"mL/min/{1.73_m2}", " mL/min/1.73 m\u00b2"},
                {"%", " %"},         {"mm[Hg]", " mmHg"},
                {"/min", "/min"},    {"{score}", "/10"},
                {"{INR}", ""},       {"mm", " mm"}};
  const auto* found = std::ranges::find(kUnits, unit, [](const auto& row) { return row.ucum; });
  return found == std::end(kUnits) ? std::string_view{} : found->words;
}

}  // namespace

std::string text_of_quantity(double value, std::string_view unit) {
  return plain_number(value).append(unit_in_words(unit));
}

std::optional<bool> ResultValue::is_above(double limit) const {
  switch (comparator) {
    case Comparator::less:
    case Comparator::less_or_equal:
      return value <= limit ? std::optional{false} : std::nullopt;
    case Comparator::greater:
      return value >= limit ? std::optional{true} : std::nullopt;
    case Comparator::greater_or_equal:
    case Comparator::adequate:
      return value > limit ? std::optional{true} : std::nullopt;
    case Comparator::none:
      break;
  }
  return value > limit;
}

std::optional<bool> ResultValue::is_below(double limit) const {
  switch (comparator) {
    case Comparator::greater:
    case Comparator::greater_or_equal:
    case Comparator::adequate:
      return value >= limit ? std::optional{false} : std::nullopt;
    case Comparator::less:
      return value <= limit ? std::optional{true} : std::nullopt;
    case Comparator::less_or_equal:
      return value < limit ? std::optional{true} : std::nullopt;
    case Comparator::none:
      break;
  }
  return value < limit;
}

std::optional<bool> ResultValue::is_at_least(double limit) const {
  const auto below = is_below(limit);
  return below ? std::optional{!*below} : std::nullopt;
}

}  // namespace cdss::rules
