#include "plugins/rules/safety/safety.hpp"

#include <algorithm>

#include "plugins/rules/safety/safety_finder.hpp"

namespace cdss::rules {

const std::string& SafetyFinding::advice() const {
  const bool has_own = effect < row->effect && !row->advice_when_weaker.empty();
  return has_own ? row->advice_when_weaker : row->advice;
}

bool Safety::has(std::string_view id) const {
  return std::ranges::any_of(found, [&](const SafetyFinding& one) { return one.row->id == id; });
}

bool Safety::withholds(Treatment treatment) const {
  return std::ranges::any_of(found, [&](const SafetyFinding& one) {
    return one.row->treatment == treatment && one.effect != Effect::caution;
  });
}

bool Safety::may_suggest(Treatment treatment) const {
  return !withholds(treatment) && (treatment != Treatment::nsaid || unknown_for_nsaid.empty()) &&
         (treatment != Treatment::acetaminophen || unknown_for_acetaminophen.empty());
}

Safety find_safety(const SafetyRules& rules, const Facts& facts, const Medicines& medicines,
                   const RedFlags& red_flags) {
  Safety safety;
  const SafetyFinder finder{.rules = rules,
                            .facts = facts,
                            .medicines = medicines,
                            .red_flags = red_flags,
                            .safety = safety};
  find_analgesic_rules(finder);
  find_injection_rules(finder);
  std::ranges::sort(safety.found, {}, &SafetyFinding::row);
  return safety;
}

}  // namespace cdss::rules
