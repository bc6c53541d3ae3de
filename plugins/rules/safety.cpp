#include "plugins/rules/safety.hpp"

#include <algorithm>
#include <utility>

#include "plugins/rules/safety_finder.hpp"

namespace cdss::rules {

const std::string& SafetyFinding::advice() const {
  const bool has_own = effect == Effect::caution && !row->advice_in_caution.empty();
  return has_own ? row->advice_in_caution : row->advice;
}

bool Safety::has(std::string_view id) const {
  return std::ranges::any_of(found, [&](const SafetyFinding& one) { return one.row->id == id; });
}

bool Safety::avoids(Treatment treatment) const {
  return std::ranges::any_of(found, [&](const SafetyFinding& one) {
    return one.row->treatment == treatment && one.effect == Effect::avoid;
  });
}

bool Safety::may_suggest(Treatment treatment) const {
  if (avoids(treatment)) {
    return false;
  }
  switch (treatment) {
    case Treatment::nsaid:
      return unknown_for_nsaid.empty();
    case Treatment::acetaminophen:
      return unknown_for_acetaminophen.empty();
    case Treatment::injection:
      break;
  }
  return true;
}

Safety find_safety(const Facts& facts, const RedFlags& red_flags) {
  SafetyFinder finder{facts, red_flags};
  finder.find_for_nsaid();
  finder.find_for_acetaminophen();
  finder.find_for_injection();
  return finder.finish();
}

SafetyFinder::SafetyFinder(const Facts& facts, const RedFlags& red_flags)
    : facts_{facts},
      red_flags_{red_flags},
      named_{facts.knowledge.named},
      rules_{facts.knowledge.safety},
      limits_{facts.knowledge.safety.limits} {}

Safety SafetyFinder::finish() {
  std::ranges::sort(found_, {}, &SafetyFinding::row);
  return {.found = std::move(found_),
          .unknown_for_nsaid = unknown_for_nsaid(),
          .unknown_for_acetaminophen = unknown_for_medicine()};
}

void SafetyFinder::add(std::string_view id, Reasons reasons, std::optional<Effect> effect) {
  if (reasons.empty()) {
    return;
  }
  const SafetyRow* row = rules_.find(id);  // SafetyRules::read has seen that it is there
  found_.push_back(
      {.row = row, .effect = effect.value_or(row->effect), .reasons = std::move(reasons)});
}

Reasons SafetyFinder::coded(std::initializer_list<Coded> conditions) const {
  Reasons reasons;
  for (const auto& condition : conditions) {
    add_reasons(reasons, condition.text, facts_.findings.possible(condition.id));
  }
  return reasons;
}

Reasons SafetyFinder::taken(std::string_view medicine_class) const {
  Reasons reasons;
  for (const Medicine* medicine : facts_.medicines.active_of(medicine_class)) {
    reasons.push_back(reason_of(*medicine));
  }
  return reasons;
}

Reasons SafetyFinder::allergic_to(std::string_view medicine_class) const {
  Reasons reasons;
  for (const Medicine* medicine : facts_.allergies.of(medicine_class)) {
    reasons.push_back(
        {.text = "allergy to " + medicine->definition->text, .finding = medicine->finding});
  }
  return reasons;
}

Reasons SafetyFinder::above(std::string_view result, double limit) const {
  const ResultValue* value = facts_.results.find(result);
  const bool holds = value != nullptr && value->is_above(limit).value_or(false);
  return holds ? Reasons{reason_of(*value)} : Reasons{};
}

Reasons SafetyFinder::below(std::string_view result, double limit) const {
  const ResultValue* value = facts_.results.find(result);
  const bool holds = value != nullptr && value->is_below(limit).value_or(false);
  return holds ? Reasons{reason_of(*value)} : Reasons{};
}

Reasons SafetyFinder::kidney_disease() const {
  return coded({{"chronic kidney disease", named_.chronic_kidney_disease}});  // of any stage
}

Reasons SafetyFinder::antiplatelets() const {
  return any_of(
      {taken("antiplatelet"), coded({{"long-term antiplatelet", named_.antiplatelet_use}})});
}

std::vector<std::string_view> SafetyFinder::unknown_for_medicine() const {
  const struct {
    std::string_view id;
    bool is_known;
  } needed[] = {
      {"adult_age", facts_.person.scope == AgeScope::adult},
      {"conditions", facts_.record.conditions.is_known && facts_.findings.unreadable() == 0},
      {"medications", facts_.record.medications.is_known && facts_.medicines.refused() == 0 &&
                          (facts_.record.statements.is_known || !facts_.record.statements.value)},
      {"allergies", facts_.record.allergies.is_known && facts_.allergies.refused() == 0},
      {"unreadable_medicine", facts_.medicines.unreadable().empty()},
      {"unreadable_allergy", facts_.allergies.unreadable().empty()},
  };
  std::vector<std::string_view> unknown;
  for (const auto& [id, is_known] : needed) {
    if (!is_known) {
      unknown.push_back(id);
    }
  }
  return unknown;
}

}  // namespace cdss::rules
