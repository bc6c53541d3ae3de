#include "plugins/rules/safety/safety.hpp"

#include <algorithm>

#include "plugins/rules/safety/safety_analgesics.hpp"
#include "plugins/rules/safety/safety_finder.hpp"
#include "plugins/rules/safety/safety_injection.hpp"

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
