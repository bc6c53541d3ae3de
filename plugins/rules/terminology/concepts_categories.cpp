#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "plugins/rules/terminology/concept_keys.hpp"
#include "plugins/rules/terminology/concepts.hpp"
#include "plugins/rules/terminology/reading.hpp"
#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
namespace {

/// Whole words, as `folded`, at least one. Errors: Errc::missing, Errc::malformed.
Result<std::vector<std::string>> required_words(View row) {
  CDSS_CHECK(rows_at(row, "words"));
  CDSS_TRY(auto words, optional_strings(row, "words"));
  for (const auto& word : words) {
    if (word.empty() || folded(word) != word) {
      return row.error_at("words", Errc::malformed, "must be words in lower case without accents");
    }
  }
  return words;
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

Result<void> Concepts::add_category(View category, ConceptId id,
                                    std::vector<std::string> Concept::*list) {
  CDSS_TRY(const auto code, category.string());
  CDSS_TRY(const auto keys, keys_of_category(code, category));
  Concept& to = concepts_[id];
  if (begins_with_one(keys.front(), to.categories) || begins_with_one(keys.front(), to.if_named)) {
    return category.error(Errc::malformed, "is part of another category of its row");
  }
  for (const auto& key : keys) {
    prefixes_[key].push_back(id);
    (to.*list).push_back(key);
  }
  return {};
}

Result<void> Concepts::add_words(View row, ConceptId id) {
  if (const auto instead = row.find("instead")) {
    CDSS_TRY(const auto name, instead->required_string("concept"));
    CDSS_TRY(const auto other, require(name, *instead));
    CDSS_TRY(concepts_[id].instead_words, required_words(*instead));
    concepts_[id].instead = other;
  }
  if (const auto named = row.find("named")) {
    CDSS_TRY(const auto categories, rows_at(*named, "in"));
    for (const View category : categories.elements()) {
      CDSS_CHECK(add_category(category, id, &Concept::if_named));
    }
    CDSS_TRY(concepts_[id].name_words, required_words(*named));
  }
  return {};
}

Result<void> Concepts::add_row(View row) {
  CDSS_TRY(const auto name, row.required_string("concept"));
  const ConceptId id = find_or_add(name);
  if (!concepts_[id].categories.empty()) {
    return row.error_at("concept", Errc::malformed, "has a row already");
  }
  CDSS_TRY(const auto categories, rows_at(row, "in"));
  for (const View category : categories.elements()) {
    CDSS_CHECK(add_category(category, id, &Concept::categories));
  }
  CDSS_TRY(const auto left_out, optional_array(row, "out"));
  if (left_out) {
    for (const View group : left_out->elements()) {
      CDSS_CHECK(leave_out(group, concepts_[id]));
    }
  }
  return add_words(row, id);
}

}  // namespace cdss::rules
