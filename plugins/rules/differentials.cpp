#include "plugins/rules/differentials.hpp"

#include <algorithm>
#include <utility>

#include "plugins/rules/facts.hpp"
#include "plugins/rules/reading.hpp"

namespace cdss::rules {
namespace {

Result<std::vector<ConceptId>> concepts_at(const Concepts& concepts, View object,
                                           std::string_view member) {
  std::vector<ConceptId> ids;
  CDSS_TRY(const auto names, optional_array(object, member));
  if (names) {
    for (const View name : names->elements()) {
      CDSS_TRY(const auto text, name.string());
      CDSS_TRY(const auto id, concepts.require(text, name));
      ids.push_back(id);
    }
  }
  return ids;
}

Result<void> read_fits(const Concepts& concepts, View fits, DifferentialRow& row) {
  CDSS_TRY(row.signs, concepts_at(concepts, fits, "concepts"));
  CDSS_TRY(row.items, optional_strings(fits, "items"));
  CDSS_TRY(row.is_female_only, optional_flag(fits, "female"));
  if (const auto age = fits.find("age_at_least")) {
    CDSS_TRY(const auto years, age->integer());
    row.age_at_least = static_cast<int>(years);
  }
  return {};
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
std::string words_of(const Facts& facts, ConceptId id) {
  for (const ScoreRow& row : facts.knowledge.score.rows) {
    if (row.concepts.size() == 1 && row.concepts.front() == id) {
      return row.text;
    }
  }
  std::string name = facts.knowledge.concepts.name(id);
  std::ranges::replace(name, '_', ' ');
  return name;
}

Reasons signs(const DifferentialRow& row, const Facts& facts) {
  Reasons reasons;
  if (!fits_person(row, facts.person)) {
    return reasons;
  }
  for (const ConceptId id : row.signs) {
    add_reasons(reasons, words_of(facts, id), facts.findings.of(id));
  }
  for (const std::string& item : row.items) {
    const ItemAnswer* answer = facts.items.find(item);
    if (answer != nullptr && answer->is_present) {
      reasons.push_back({facts.knowledge.score.item(item)->text, answer->finding});
    }
  }
  return reasons;
}

}  // namespace

Result<std::vector<DifferentialRow>> read_differentials(const Concepts& concepts,
                                                        const ScoreRules& score, View rows) {
  CDSS_CHECK(check_array(rows));
  std::vector<DifferentialRow> read;
  for (const View element : rows.elements()) {
    DifferentialRow row;
    CDSS_TRY(row.id, element.required_string("id"));
    CDSS_TRY(row.text, element.required_string("text"));
    CDSS_TRY(row.separates, element.required_string("separates"));
    CDSS_TRY(row.concepts, concepts_at(concepts, element, "concepts"));
    CDSS_TRY(row.is_after_hip_replacement, optional_flag(element, "after_hip_replacement"));
    if (const auto fits = element.find("fits")) {
      CDSS_CHECK(read_fits(concepts, *fits, row));
      const auto is_unknown = [&](const std::string& item) { return score.item(item) == nullptr; };
      if (std::ranges::any_of(row.items, is_unknown)) {
        return fits->error_at("items", Errc::missing, "names an item that is not defined");
      }
    }
    read.push_back(std::move(row));
  }
  return read;
}

std::vector<Differential> find_differentials(const Facts& facts) {
  std::vector<Differential> found;
  std::vector<Differential> fitting;
  for (const DifferentialRow& row : facts.knowledge.differentials) {
    if (!concerns(row, facts)) {
      continue;
    }
    if (auto reasons = recorded(row, facts); !reasons.empty()) {
      found.push_back({.row = &row, .is_recorded = true, .reasons = std::move(reasons)});
    } else if (auto what = signs(row, facts); !what.empty()) {
      fitting.push_back({.row = &row, .is_recorded = false, .reasons = std::move(what)});
    }
  }
  found.insert(found.end(), std::make_move_iterator(fitting.begin()),
               std::make_move_iterator(fitting.end()));
  return found;
}

}  // namespace cdss::rules
