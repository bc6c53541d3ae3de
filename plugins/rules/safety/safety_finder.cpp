#include "plugins/rules/safety/safety_finder.hpp"

#include <utility>

namespace cdss::rules {

void SafetyFinder::add(std::string_view id, Reasons reasons, std::optional<Effect> effect) {
  if (reasons.empty()) {
    return;
  }
  const SafetyRow* row = rules.find(id);  // SafetyRules::read has seen that it is there
  safety.found.push_back(
      {.row = row, .effect = effect.value_or(row->effect), .reasons = std::move(reasons)});
}

Reasons SafetyFinder::coded(std::initializer_list<Coded> conditions) const {
  Reasons reasons;
  for (const auto& condition : conditions) {
    add_reasons(reasons, condition.text, facts.findings.possible(condition.id));
  }
  return reasons;
}

Reasons SafetyFinder::taken(std::string_view medicine_class) const {
  return cdss::rules::taken(medicines, medicine_class);
}

Reasons SafetyFinder::allergic_to(std::string_view medicine_class) const {
  Reasons reasons;
  for (const Medicine* medicine : facts.allergies.of(medicine_class)) {
    reasons.push_back(
        {.text = "allergy to " + medicine->definition->text, .finding = medicine->finding});
  }
  return reasons;
}

Reasons SafetyFinder::antiplatelets() const {
  return any_of(
      {taken("antiplatelet"), coded({{"long-term antiplatelet", named.antiplatelet_use}})});
}

}  // namespace cdss::rules
