#include "plugins/rules/terminology/harmless_names.hpp"

#include <algorithm>

#include "plugins/rules/terminology/reading.hpp"
#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
namespace {

Result<void> read_names(View knowledge, std::string_view member, NameIndex& into) {
  CDSS_TRY(const auto names, array_at(knowledge, member));
  for (const View name : names.elements()) {
    CDSS_TRY(const auto text, name.string());
    if (!into.add(text, 0)) {
      return name.error(Errc::malformed, "must be a name as NameIndex takes it");
    }
  }
  return {};
}

bool names_one(const NameIndex& index, const fhir::CodeableConcept& codeable_concept) {
  return !index.find(codeable_concept.text).empty() ||
         std::ranges::any_of(codeable_concept.codings, [&](const fhir::Coding& coding) {
           return !index.find(coding.display).empty();
         });
}

std::vector<std::string_view> views_of(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

}  // namespace

Result<HarmlessNames> HarmlessNames::read(View knowledge) {
  HarmlessNames names;
  CDSS_CHECK(read_names(knowledge, "medicines", names.medicines_));
  CDSS_CHECK(read_names(knowledge, "allergens", names.allergens_));
  CDSS_TRY(const auto none, knowledge.at("none"));
  CDSS_TRY(names.none_begins_, optional_strings(none, "begins"));
  CDSS_TRY(names.none_unless_, optional_strings(none, "unless"));
  CDSS_TRY(const auto codes, array_at(none, "codes"));
  for (const View row : codes.elements()) {
    CDSS_TRY(const auto system, row.required_string("system"));
    CDSS_TRY(const auto code, row.required_string("code"));
    names.none_codes_.emplace_back(system, code);
  }
  return names;
}

bool HarmlessNames::names_medicine(const fhir::CodeableConcept& codeable_concept) const {
  return names_one(medicines_, codeable_concept);
}

bool HarmlessNames::names_allergen(const fhir::CodeableConcept& codeable_concept) const {
  return names_medicine(codeable_concept) || names_one(allergens_, codeable_concept);
}

bool HarmlessNames::is_none(const fhir::Coding& coding) const {
  return std::ranges::any_of(none_codes_, [&](const auto& none) {
    return coding.system == none.first && coding.code == none.second;
  });
}

/// What follows the words that say none; nothing when they do not say it, or not of everything.
std::optional<std::string_view> HarmlessNames::rest_of(std::string_view words) const {
  if (!begins_with_any_word(words, views_of(none_begins_)) ||
      has_any_word(words, views_of(none_unless_))) {
    return std::nullopt;
  }
  const auto end = words.find_first_of(",;.:/");
  return end == std::string_view::npos ? std::string_view{} : words.substr(end + 1);
}

std::optional<fhir::CodeableConcept> HarmlessNames::rest_beside_none(
    const fhir::CodeableConcept& codeable_concept) const {
  fhir::CodeableConcept rest = codeable_concept;
  bool says_none = false;
  if (const auto words = rest_of(codeable_concept.text)) {
    rest.text = *words;
    says_none = true;
  }
  for (fhir::Coding& coding : rest.codings) {
    const auto words = rest_of(coding.display);
    if (words || is_none(coding)) {
      says_none = true;
      coding = {.system = {}, .code = {}, .display = words.value_or("")};
    }
  }
  return says_none ? std::optional{std::move(rest)} : std::nullopt;
}

}  // namespace cdss::rules
