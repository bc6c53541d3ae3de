#include "plugins/rules/terminology/condition_rules.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "core/base/text/ascii.hpp"
#include "plugins/rules/terminology/reading.hpp"
#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
namespace {

/// Folded, with single spaces in place of hyphens and white space.
std::string plain_words(std::string_view text) {
  std::string plain;
  for (const char c : folded(text)) {
    const bool is_space = c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n';
    if (!is_space) {
      plain += c;
    } else if (!plain.empty() && plain.back() != ' ') {
      plain += ' ';
    }
  }
  return plain;
}

bool is_of_word(char c) {
  return is_letter(c) || is_digit(c);
}

/// Where `word` stands in `text` as a whole word, or as the beginning of one when it ends in a
/// hyphen, at `from` or later; npos when nowhere.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  const bool is_beginning = word.ends_with('-');
  word.remove_suffix(is_beginning ? 1 : 0);
  for (auto at = text.find(word, from); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const auto after = at + word.size();
    const bool begins = at == 0 || !is_of_word(word.front()) || !is_of_word(text[at - 1]);
    const bool ends = is_beginning || after == text.size() || !is_of_word(word.back()) ||
                      !is_of_word(text[after]);
    if (begins && ends) {
      return at;
    }
  }
  return std::string_view::npos;
}

/// What stands before that place in its clause.
std::string_view clause_before(std::string_view text, std::size_t at) {
  const auto before = text.substr(0, at);
  const auto end = before.find_last_of(",;.:()");
  return end == std::string_view::npos ? before : before.substr(end + 1);
}

Result<std::vector<std::string>> read_words(View array) {
  return read_each(array, [](View element) -> Result<std::string> {
    CDSS_TRY(const auto text, element.string());
    const bool is_beginning = text.ends_with('-');
    auto word = plain_words(text.substr(0, text.size() - (is_beginning ? 1 : 0)));
    if (word.empty()) {
      return element.error(Errc::malformed, "must hold a word");
    }
    return word + (is_beginning ? "-" : "");
  });
}

}  // namespace

Result<ConditionRules::Row> ConditionRules::read_row(const Concepts& concepts, View row) {
  Row read;
  CDSS_TRY(read.concepts, concepts.require_all(row, "concepts"));
  CDSS_TRY(const auto groups, rows_at(row, "all"));
  CDSS_TRY(read.all, read_each(groups, read_words));
  CDSS_TRY(const auto sources, rows_at(row, "sources"));
  (void)sources;
  return read;
}

Result<ConditionRules> ConditionRules::read(const Concepts& concepts, View knowledge) {
  ConditionRules read;
  CDSS_TRY(const auto history, knowledge.at("history"));
  CDSS_TRY(const auto days, required_count(history, "days"));
  read.passes_after_ = std::chrono::days{days};
  CDSS_TRY(read.passing_, concepts.require_all(history, "concepts"));
  CDSS_TRY(const auto not_after, rows_at(knowledge, "not_after"));
  CDSS_TRY(read.not_after_, read_words(not_after));
  CDSS_TRY(const auto region, rows_at(knowledge, "region"));
  CDSS_TRY(read.region_, read_words(region));
  CDSS_TRY(const auto rows, rows_at(knowledge, "words"));
  CDSS_TRY(read.rows_, read_each(rows, [&](View row) { return read_row(concepts, row); }));
  return read;
}

bool ConditionRules::passes(ConceptId id) const {
  return std::ranges::find(passing_, id) != passing_.end();
}

bool ConditionRules::names_region(std::string_view words) const {
  return is_said(plain_words(words), region_);
}

bool ConditionRules::is_said(std::string_view text, const AnyOf& words) const {
  return std::ranges::any_of(words, [&](std::string_view word) {
    for (auto at = find_word(text, word, 0); at != std::string_view::npos;
         at = find_word(text, word, at + 1)) {
      const auto before = clause_before(text, at);
      const bool is_denied = std::ranges::any_of(not_after_, [&](std::string_view denial) {
        return find_word(before, denial, 0) != std::string_view::npos;
      });
      if (!is_denied) {
        return true;
      }
    }
    return false;
  });
}

void ConditionRules::add_named(std::string_view words, std::vector<ConceptId>& into) const {
  const std::string text = plain_words(words);
  for (const Row& row : rows_) {
    if (std::ranges::all_of(row.all, [&](const AnyOf& any) { return is_said(text, any); })) {
      std::ranges::copy_if(row.concepts, std::back_inserter(into),
                           [&](ConceptId id) { return std::ranges::find(into, id) == into.end(); });
    }
  }
}

std::vector<ConceptId> ConditionRules::in_words(const fhir::CodeableConcept& code) const {
  std::vector<ConceptId> named;
  add_named(code.text, named);
  for (const auto& coding : code.codings) {
    add_named(coding.display, named);
  }
  return named;
}

}  // namespace cdss::rules
