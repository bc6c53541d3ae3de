#include "plugins/rules/facts/result_definition.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <system_error>

#include "fhir/types/quantity.hpp"
#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

constexpr Name<bool> kWorse[] = {{"low", true}};

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
  } kUnits[] = {{"Cel", " \u00b0C"},   {"mg/L", " mg/L"},
                {"mm/h", " mm/h"},     {"10*3/uL", " x 10\u00b3/\u00b5L"},
                {"g/dL", " g/dL"},     {"mL/min/{1.73_m2}", " mL/min/1.73 m\u00b2"},
                {"%", " %"},           {"mm[Hg]", " mmHg"},
                {"/min", "/min"},      {"{score}", "/10"},
                {"{INR}", ""},         {"mm", " mm"},
                {"ug/L", " \u00b5g/L"}};
  const auto* found = std::ranges::find(kUnits, unit, [](const auto& row) { return row.ucum; });
  return found == std::end(kUnits) ? std::string_view{} : found->words;
}

Result<ResultDefinition> read_definition(const Concepts& concepts, View row) {
  ResultDefinition definition;
  CDSS_TRY(definition.id, row.required_string("id"));
  CDSS_TRY(definition.text, row.required_string("text"));
  CDSS_TRY(const auto name, row.required_string("concept"));
  CDSS_TRY(definition.concept_id, concepts.require(name, row));
  CDSS_TRY(definition.unit, row.required_string("unit"));
  if (!fhir::is_known_unit(definition.unit)) {
    return row.error_at("unit", Errc::unsupported, "is no unit that is known here");
  }
  CDSS_TRY(const auto days, required_count(row, "valid_days"));
  definition.valid = std::chrono::days{days};
  definition.kept = definition.valid;
  if (row.find("kept_days")) {
    CDSS_TRY(const auto kept, required_count(row, "kept_days"));
    definition.kept = std::max(definition.valid, std::chrono::days{kept});
  }
  CDSS_TRY(definition.is_worse_low, read_name(row, "worse", kWorse, false));
  CDSS_TRY(definition.lowest, required_number(row, "lowest"));
  CDSS_TRY(definition.highest, required_number(row, "highest"));
  if (definition.lowest >= definition.highest) {
    return row.error_at("highest", Errc::malformed, "must be above the lowest");
  }
  return definition;
}

}  // namespace

Result<std::vector<ResultDefinition>> read_result_definitions(const Concepts& concepts, View rows) {
  return read_each(rows, [&](View row) { return read_definition(concepts, row); });
}

std::string text_of_quantity(double value, std::string_view unit) {
  return plain_number(value).append(unit_in_words(unit));
}

}  // namespace cdss::rules
