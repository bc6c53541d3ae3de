#include "plugins/rules/likelihood/differentials.hpp"

#include <algorithm>
#include <utility>

#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

Result<void> read_fits(const FactDefinitions& definitions, View fits, DifferentialRow& row) {
  CDSS_TRY(row.signs, definitions.concepts.require_all(fits, "concepts"));
  CDSS_TRY(row.items, definitions.items_at(fits, "items"));
  CDSS_TRY(row.is_female_only, optional_flag(fits, "female"));
  if (fits.find("age_at_least")) {
    CDSS_TRY(row.age_at_least, required_count(fits, "age_at_least"));
  }
  return {};
}

Result<DifferentialRow> read_row(const FactDefinitions& definitions, View element) {
  DifferentialRow row;
  CDSS_TRY(row.id, element.required_string("id"));
  CDSS_TRY(row.text, element.required_string("text"));
  CDSS_TRY(row.separates, element.required_string("separates"));
  CDSS_TRY(row.concepts, definitions.concepts.require_all(element, "concepts"));
  CDSS_TRY(row.is_after_hip_replacement, optional_flag(element, "after_hip_replacement"));
  if (const auto fits = element.find("fits")) {
    CDSS_CHECK(read_fits(definitions, *fits, row));
  }
  return row;
}

bool concerns(const DifferentialRow& row, const Facts& facts) {
  return !row.is_after_hip_replacement || facts.hip.is_any();
}

/// May the signs of the row count for this person?
bool fits_person(const DifferentialRow& row, const Person& person) {
  return (!row.age_at_least || person.is_perhaps_at_least(*row.age_at_least)) &&
         (!row.is_female_only || person.gender != fhir::Gender::male);
}

Reasons recorded(const DifferentialRow& row, const Facts& facts) {
  Reasons reasons;
  for (const ConceptId id : row.concepts) {
    add_reasons(reasons, "recorded", facts.findings.possible(id));
  }
  return reasons;
}

/// "Hip stiff or limited movement" of the score's rows, else the concept's name with spaces.
std::string words_of(const ScoreRules& score, const Concepts& concepts, ConceptId id) {
  for (const ScoreRow& row : score.rows) {
    if (row.concepts.size() == 1 && row.concepts.front() == id) {
      return row.text;
    }
  }
  std::string name = concepts.name(id);
  std::ranges::replace(name, '_', ' ');
  return name;
}

Reasons signs(const DifferentialRow& row, const ScoreRules& score, const Facts& facts) {
  Reasons reasons;
  if (!fits_person(row, facts.person)) {
    return reasons;
  }
  for (const ConceptId id : row.signs) {
    add_reasons(reasons, words_of(score, facts.definitions.concepts, id), facts.findings.of(id));
  }
  for (const std::string& item : row.items) {
    reasons = any_of({reasons, facts.present(item)});
  }
  return reasons;
}

}  // namespace

Result<std::vector<DifferentialRow>> read_differentials(const FactDefinitions& definitions,
                                                        View rows) {
  return read_each(rows, [&](View element) { return read_row(definitions, element); });
}

std::vector<Differential> find_differentials(const std::vector<DifferentialRow>& rows,
                                             const ScoreRules& score, const Facts& facts) {
  std::vector<Differential> found;
  std::vector<Differential> fitting;
  for (const DifferentialRow& row : rows) {
    if (!concerns(row, facts)) {
      continue;
    }
    if (auto reasons = recorded(row, facts); !reasons.empty()) {
      found.push_back({.row = &row, .is_recorded = true, .reasons = std::move(reasons)});
    } else if (auto what = signs(row, score, facts); !what.empty()) {
      fitting.push_back({.row = &row, .is_recorded = false, .reasons = std::move(what)});
    }
  }
  found.insert(found.end(), std::make_move_iterator(fitting.begin()),
               std::make_move_iterator(fitting.end()));
  return found;
}

}  // namespace cdss::rules
