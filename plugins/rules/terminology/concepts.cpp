#include "plugins/rules/terminology/concepts.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/text/ascii.hpp"
#include "fhir/resources/bundle.hpp"
#include "fhir/resources/read_all.hpp"
#include "fhir/types/systems.hpp"
#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

/// "system|code", in one spelling: ICD codes without dot, in upper case.
std::string key_of(std::string_view system, std::string_view code) {
  const std::string_view canonical = fhir::canonical_system(system);
  std::string key{canonical};
  key += '|';
  if (!fhir::is_prefix_hierarchy(canonical)) {
    return key.append(code);
  }
  for (const char c : code) {
    if (c != '.') {
      key += upper(c);
    }
  }
  return key;
}

/// Source: ICD-10-CM Official Guidelines, section I.C.19.a: 7th character S is sequela.
bool is_sequela(const fhir::Coding& coding) {
  return seventh_character(coding) == 'S';
}

bool begins_with_one(std::string_view key, const std::vector<std::string>& prefixes) {
  return std::ranges::any_of(prefixes,
                             [&](const std::string& prefix) { return key.starts_with(prefix); });
}

/// A category of ICD-10-CM, as keys: under ICD-10 too when it is no finer than a subcategory.
/// Errors: Errc::malformed at `where` for what is no category.
Result<std::vector<std::string>> keys_of_category(std::string_view code, View where) {
  constexpr std::size_t kStem = 3;
  constexpr std::size_t kLongest = 7;
  const auto dots = static_cast<std::size_t>(std::ranges::count(code, '.'));
  const bool is_plain =
      std::ranges::all_of(code, [](char c) { return is_upper(c) || is_digit(c) || c == '.'; });
  const auto length = code.size() - dots;
  if (!is_plain || length < kStem || length > kLongest || dots != (length > kStem ? 1U : 0U) ||
      (dots == 1 && code[kStem] != '.')) {
    return where.error(Errc::malformed, "must be a category such as S72, N18.4 or M84.35");
  }
  std::vector<std::string> keys{key_of(fhir::kIcd10Cm, code)};
  if (length <= kStem + 1) {
    keys.push_back(key_of(fhir::kIcd10, code));
  }
  return keys;
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

Result<void> Concepts::add_categories(View knowledge) {
  CDSS_TRY(const auto rows, rows_at(knowledge, "rows"));
  for (const View row : rows.elements()) {
    CDSS_CHECK(add_row(row));
  }
  return {};
}

Result<void> Concepts::leave_out(View group, Concept& from) {
  CDSS_TRY(const auto text, group.string());
  const auto colon = text.find(": ");
  std::string_view rest = text.substr(0, colon);
  while (colon != std::string_view::npos && !rest.empty()) {
    CDSS_TRY(auto keys, keys_of_category(trimmed(take_until(rest, ',')), group));
    if (!begins_with_one(keys.front(), from.categories)) {
      return group.error(Errc::malformed, "must name parts of a category of its row");
    }
    std::ranges::move(keys, std::back_inserter(from.left_out));
  }
  return colon == std::string_view::npos || colon + 2 == text.size()
             ? group.error(Errc::malformed, "must be codes, a colon and the reason")
             : Result<void>{};
}

Result<void> Concepts::add_row(View row) {
  CDSS_TRY(const auto name, row.required_string("concept"));
  const ConceptId id = find_or_add(name);
  Concept& named = concepts_[id];
  if (!named.categories.empty()) {
    return row.error_at("concept", Errc::malformed, "has a row already");
  }
  CDSS_TRY(const auto categories, rows_at(row, "in"));
  for (const View category : categories.elements()) {
    CDSS_TRY(const auto code, category.string());
    CDSS_TRY(const auto keys, keys_of_category(code, category));
    if (begins_with_one(keys.front(), named.categories)) {
      return category.error(Errc::malformed, "is part of another category of its row");
    }
    for (const auto& key : keys) {
      prefixes_[key].push_back(id);
      named.categories.push_back(key);
    }
  }
  CDSS_TRY(const auto left_out, optional_array(row, "out"));
  if (left_out) {
    for (const View group : left_out->elements()) {
      CDSS_CHECK(leave_out(group, named));
    }
  }
  return {};
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

void Concepts::match(std::span<const ConceptId> candidates, const fhir::Coding& coding,
                     std::vector<Match>& into) const {
  for (const ConceptId id : candidates) {
    if (std::ranges::find(into, id, &Match::id) == into.end() && concepts_[id].has(coding)) {
      into.push_back({id, &coding});
    }
  }
}

void Concepts::match(const fhir::Coding& coding, std::vector<Match>& into) const {
  if (coding.system.empty() || coding.code.empty() || is_sequela(coding)) {
    return;
  }
  const auto look_up = [&](const Index& index, std::string_view key) {
    if (const auto found = index.find(key); found != index.end()) {
      match(found->second, coding, into);
    }
  };
  const std::string key = key_of(coding.system, coding.code);
  look_up(codes_, key);
  if (fhir::is_prefix_hierarchy(fhir::canonical_system(coding.system))) {
    for (std::size_t length = key.find('|') + 2; length <= key.size(); ++length) {
      look_up(prefixes_, std::string_view{key}.substr(0, length));
    }
  }
  match(unindexed_, coding, into);
}

std::vector<Concepts::Match> Concepts::of(const fhir::CodeableConcept& codeable_concept) const {
  std::vector<Match> matches;
  for (const fhir::Coding& coding : codeable_concept.codings) {
    match(coding, matches);
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
