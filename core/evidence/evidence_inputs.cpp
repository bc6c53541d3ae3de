#include "core/evidence/evidence_inputs.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::evidence {
namespace {

std::string_view name_of_system(std::string_view system) {
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {fhir::kSnomed, "SNOMED CT"}, {fhir::kLoinc, "LOINC"},       {fhir::kRxNorm, "RxNorm"},
      {fhir::kCpt, "CPT"},          {fhir::kIcd10Cm, "ICD-10-CM"}, {fhir::kIcd10Pcs, "ICD-10-PCS"},
      {fhir::kIcd10, "ICD-10"},     {fhir::kAtc, "ATC"},           {fhir::kUcum, "UCUM"},
  };
  const auto* const found =
      std::ranges::find(kNames, system, [](const auto& row) { return row.first; });
  return found == std::end(kNames) ? system : found->second;
}

/// "a", "a or b", "a, b or c".
std::string alternatives(const std::vector<std::string>& texts) {
  std::string all;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) {
      all += i + 1 == texts.size() ? " or " : ", ";
    }
    all += texts[i];
  }
  return all;
}

/// The values of a search parameter; a code system is named once for the codes that follow. Many
/// are only counted: the query itself is shown too.
std::string words_of_values(std::string_view list) {
  constexpr std::ptrdiff_t kMost = 6;
  if (const auto count = std::ranges::count(list, ',') + 1; count > kMost) {
    return "one of " + std::to_string(count) + " values";
  }
  std::vector<std::string> words;
  std::string_view system_before;
  while (!list.empty()) {
    const auto value = take_until(list, ',');
    const auto bar = value.find('|');
    if (bar == std::string_view::npos) {
      words.emplace_back(value);
      continue;
    }
    const auto system = value.substr(0, bar);
    const auto code = value.substr(bar + 1);
    std::string one;
    if (code.empty()) {
      one = "any of ";
      one += name_of_system(system);
    } else {
      if (system != system_before && !system.empty()) {
        one = name_of_system(system);
        one += ' ';
      }
      one += code;
    }
    system_before = system;
    words.push_back(std::move(one));
  }
  return alternatives(words);
}

struct ValueText {
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
  std::string operator()(const std::string& text) const { return text; }
};

}  // namespace

std::string words_of(const plugin::Need& need) {
  if (need.resource == "Patient") {
    return "The patient";
  }
  std::string words = need.resource + " resources of the patient";
  if (need.query.empty()) {
    return "All " + words;
  }
  std::string_view joint = " with ";
  for (std::string_view query = need.query; !query.empty();) {
    const auto part = take_until(query, '&');
    const auto equals = std::min(part.find('='), part.size());
    words += joint;
    words += part.substr(0, equals);
    words += ": ";
    words += words_of_values(part.substr(std::min(equals + 1, part.size())));
    joint = ", and ";
  }
  return words;
}

std::vector<std::string> required_groups(const plugin::ServiceDeclaration& service) {
  std::vector<std::string> sentences;
  for (const auto& group : service.required) {
    sentences.push_back("At least one of these must be known: " + alternatives(group) + '.');
  }
  return sentences;
}

std::string default_of(const plugin::OptionDeclaration& option) {
  return std::visit(ValueText{}, option.value);
}

std::string bounds_of(const plugin::OptionDeclaration& option) {
  if (std::holds_alternative<bool>(option.value)) {
    return "true or false";
  }
  if (std::holds_alternative<std::int64_t>(option.value)) {
    std::string bounds = std::to_string(option.min) + " to " + std::to_string(option.max);
    return option.unit.empty() ? bounds : bounds + ' ' + option.unit;
  }
  return option.choices.empty() ? "any text" : alternatives(option.choices);
}

std::string title_of(std::string_view name) {
  std::string title{name};
  std::ranges::replace(title, '_', ' ');
  if (!title.empty()) {
    title.front() = upper(title.front());
  }
  return title;
}

}  // namespace cdss::evidence
