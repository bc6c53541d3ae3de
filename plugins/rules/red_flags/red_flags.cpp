#include "plugins/rules/red_flags/red_flags.hpp"

#include <algorithm>
#include <utility>

#include "plugins/rules/red_flags/red_flag_patterns.hpp"

namespace cdss::rules {
namespace {

/// What of the row's concepts is coded.
Reasons coded(const RedFlagRow& row, int acute_days, const Facts& facts) {
  Reasons reasons;
  for (std::size_t i = 0; i < row.concepts.size(); ++i) {
    for (auto& reason : facts.coded(row.words[i], row.concepts[i])) {
      const bool is_past = (row.is_acute && !is_recent(reason.finding, acute_days, facts.today)) ||
                           (row.is_injury && reason.finding.is_aftercare);
      if (!is_past) {
        reasons.push_back(std::move(reason));
      }
    }
  }
  return reasons;
}

}  // namespace

bool RedFlags::has(std::string_view id) const {
  return std::ranges::any_of(fired, [&](const RedFlag& flag) { return flag.row->id == id; });
}

Reasons anticoagulants_of(const Facts& facts, const Medicines& medicines) {
  return any_of(
      {taken(medicines, "anticoagulant"),
       facts.coded("long-term anticoagulant", facts.definitions.named.anticoagulant_use)});
}

RedFlags find_red_flags(const RedFlagRules& rules, const Facts& facts) {
  RedFlags found;
  find_common(rules.limits, facts, found);
  for (const RedFlagRow& row : rules.rows) {
    const Reasons diagnosis = coded(row, rules.limits.acute_days, facts);
    Reasons reasons = any_of({diagnosis, pattern_of(row.id, rules.limits, facts, found)});
    if (!reasons.empty()) {
      found.fired.push_back(
          {.row = &row, .reasons = std::move(reasons), .is_coded = !diagnosis.empty()});
    }
  }
  add_prompts(rules.limits, facts, found);
  return found;
}

}  // namespace cdss::rules
