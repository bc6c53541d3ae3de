#include "plugins/rules/terminology/concepts.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/text/ascii.hpp"
#include "fhir/resources/bundle.hpp"
#include "fhir/resources/read_all.hpp"
#include "fhir/types/systems.hpp"
#include "plugins/rules/terminology/concept_keys.hpp"
#include "plugins/rules/terminology/reading.hpp"
#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
namespace {

/// Source: ICD-10-CM Official Guidelines, section I.C.19.a: 7th character S is sequela.
bool is_sequela(const fhir::Coding& coding) {
  return seventh_character(coding) == 'S';
}

/// Does the coding's display, or the text beside it, hold one of the words?
bool is_named(const fhir::Coding& coding, std::string_view text,
              const std::vector<std::string>& words) {
  const std::vector<std::string_view> views{words.begin(), words.end()};
  return has_any_word(coding.display, views) || has_any_word(text, views);
}

}  // namespace

bool Concepts::Concept::has(const fhir::Coding& coding) const {
  if (std::ranges::any_of(value_sets, [&](const auto& set) { return set.contains(coding); })) {
    return true;
  }
  if (categories.empty() || coding.code.empty() ||
      !fhir::is_prefix_hierarchy(fhir::canonical_system(coding.system))) {
    return false;
  }
  const std::string key = key_of(coding.system, coding.code);
  return begins_with_one(key, categories) && !begins_with_one(key, left_out);
}

char seventh_character(const fhir::Coding& coding) {
  constexpr std::size_t kFullLength = 7;
  if (fhir::canonical_system(coding.system) != fhir::kIcd10Cm || coding.code.empty()) {
    return '\0';
  }
  const auto dots = static_cast<std::size_t>(std::ranges::count(coding.code, '.'));
  return coding.code.size() - dots == kFullLength ? upper(coding.code.back()) : '\0';
}

Result<Concepts> Concepts::read(std::span<const View> bundles) {
  Concepts read;
  for (const View bundle : bundles) {
    Result<void> added;
    fhir::for_each_resource(bundle, [&](View resource) {
      if (added) {
        added = read.add(resource);
      }
    });
    CDSS_CHECK(added);
  }
  return read;
}

Result<void> Concepts::add(View value_set) {
  CDSS_TRY(auto read, fhir::ValueSet::read(value_set));
  CDSS_TRY(const auto name, value_set.required_string("name"));
  const ConceptId id = find_or_add(name);
  index(id, concepts_[id].value_sets.emplace_back(std::move(read)));
  return {};
}

ConceptId Concepts::find_or_add(std::string_view name) {
  if (const auto id = find(name)) {
    return *id;
  }
  concepts_.push_back({.name = std::string{name}, .value_sets = {}});
  return static_cast<ConceptId>(concepts_.size() - 1);
}

void Concepts::index(ConceptId id, const fhir::ValueSet& value_set) {
  for (const auto& system : value_set.systems()) {
    if (system.included.all) {
      unindexed_.push_back(id);
    }
    for (const auto& code : system.included.exact) {
      codes_[system.uri + '|' + code].push_back(id);
    }
    for (const auto& prefix : system.included.prefixes) {
      prefixes_[system.uri + '|' + prefix].push_back(id);
    }
  }
}

std::optional<ConceptId> Concepts::find(std::string_view name) const {
  const auto found = std::ranges::find(concepts_, name, &Concept::name);
  if (found == concepts_.end()) {
    return std::nullopt;
  }
  return static_cast<ConceptId>(found - concepts_.begin());
}

Result<ConceptId> Concepts::require(std::string_view name, View where) const {
  if (const auto id = find(name)) {
    return *id;
  }
  return where.error(Errc::missing, "names a concept of which the package has no value set");
}

Result<std::vector<ConceptId>> Concepts::require_all(std::span<const std::string_view> names,
                                                     View where) const {
  std::vector<ConceptId> ids;
  for (const auto name : names) {
    CDSS_TRY(const auto id, require(name, where));
    ids.push_back(id);
  }
  return ids;
}

Result<std::vector<ConceptId>> Concepts::require_all(View row, std::string_view member) const {
  const auto names = row.find(member);
  if (!names) {
    return std::vector<ConceptId>{};
  }
  return read_each(*names, [&](View element) -> Result<ConceptId> {
    CDSS_TRY(const auto name, element.string());
    return require(name, element);
  });
}

Result<std::vector<ConceptId>> Concepts::known_of(View row, std::string_view member) const {
  std::vector<ConceptId> ids;
  CDSS_TRY(const auto names, optional_texts(row, member));
  for (const auto name : names) {
    if (const auto id = find(name)) {
      ids.push_back(*id);
    }
  }
  return ids;
}

std::optional<ConceptId> Concepts::meant(ConceptId candidate, const fhir::Coding& coding,
                                         std::string_view text) const {
  const Concept& one = concepts_[candidate];
  const bool is_meant =
      one.has(coding) ||
      (!one.if_named.empty() && begins_with_one(key_of(coding.system, coding.code), one.if_named) &&
       is_named(coding, text, one.name_words));
  if (!is_meant) {
    return std::nullopt;
  }
  const bool is_other = !one.instead_words.empty() && is_named(coding, text, one.instead_words);
  return is_other ? one.instead : candidate;
}

void Concepts::match(std::span<const ConceptId> candidates, const fhir::Coding& coding,
                     std::string_view text, std::vector<Match>& into) const {
  for (const ConceptId candidate : candidates) {
    const auto id = meant(candidate, coding, text);
    if (id && std::ranges::find(into, *id, &Match::id) == into.end()) {
      into.push_back({*id, &coding});
    }
  }
}

void Concepts::match(const fhir::Coding& coding, std::string_view text,
                     std::vector<Match>& into) const {
  if (coding.system.empty() || coding.code.empty() || is_sequela(coding)) {
    return;
  }
  const auto look_up = [&](const Index& index, std::string_view key) {
    if (const auto found = index.find(key); found != index.end()) {
      match(found->second, coding, text, into);
    }
  };
  const std::string key = key_of(coding.system, coding.code);
  look_up(codes_, key);
  if (fhir::is_prefix_hierarchy(fhir::canonical_system(coding.system))) {
    for (std::size_t length = key.find('|') + 2; length <= key.size(); ++length) {
      look_up(prefixes_, std::string_view{key}.substr(0, length));
    }
  }
  match(unindexed_, coding, text, into);
}

std::vector<Concepts::Match> Concepts::of(const fhir::CodeableConcept& codeable_concept) const {
  std::vector<Match> matches;
  for (const fhir::Coding& coding : codeable_concept.codings) {
    match(coding, codeable_concept.text, matches);
  }
  return matches;
}

bool Concepts::has(ConceptId id, const fhir::CodeableConcept& codeable_concept) const {
  return std::ranges::any_of(codeable_concept.codings, [&](const fhir::Coding& coding) {
    return !is_sequela(coding) && concepts_[id].has(coding);
  });
}

bool Concepts::has_any(std::span<const ConceptId> ids,
                       const fhir::CodeableConcept& codeable_concept) const {
  return std::ranges::any_of(ids, [&](ConceptId id) { return has(id, codeable_concept); });
}

}  // namespace cdss::rules
