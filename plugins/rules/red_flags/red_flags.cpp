#include "plugins/rules/red_flags/red_flags.hpp"

#include <algorithm>
#include <utility>

#include "plugins/rules/red_flags/clearing.hpp"
#include "plugins/rules/red_flags/red_flag_patterns.hpp"

namespace cdss::rules {
namespace {

Reasons measured_fever(const Signs& signs) {
  return signs.facts.at_least("body_temperature", signs.limits.fever_cel,
                              signs.limits.temperature_days);
}

/// A coded fever, unless a newer temperature shows that it has gone.
Reasons coded_fever(const Signs& signs) {
  Reasons coded = signs.coded_within("fever", signs.named.fever, signs.limits.coded_fever_days);
  const ResultValue* newest = signs.facts.results.find("body_temperature");
  if (newest != nullptr && newest->is_below(signs.limits.raised_cel).value_or(false)) {
    std::erase_if(coded, [&](const Reason& one) {
      const auto& noted = one.finding.last_noted;
      return noted && noted->last < newest->finding.days->first;
    });
  }
  return coded;
}

Reasons stated_pregnancy(const Facts& facts) {
  const auto& stated = facts.results.pregnancy();
  if (!stated || !stated->is_pregnant.value_or(false)) {
    return {};
  }
  return {{.text = "pregnancy", .finding = stated->finding}};
}

/// A week of pregnancy that is known says that it is not over, whenever it was coded.
Reasons counted_pregnancy(const Facts& facts) {
  const ItemAnswer* weeks = facts.items.find("gestational_weeks");
  return weeks == nullptr ? Reasons{} : Reasons{{.text = "pregnancy", .finding = weeks->finding}};
}

void find_common(const RedFlagLimits& limits, const Facts& facts, RedFlags& into) {
  const Signs signs{.limits = limits, .facts = facts, .common = into};
  into.pain = facts.pains.in(pain::kRegional);
  into.fever = any_of({measured_fever(signs), coded_fever(signs)});
  if (facts.person.gender != fhir::Gender::male) {
    into.pregnancy = any_of({stated_pregnancy(facts), counted_pregnancy(facts),
                             facts.coded_within("pregnancy", facts.definitions.named.pregnancy,
                                                limits.pregnancy_days)});
  }
  into.may_be_pregnant = into.pregnancy.empty() && signs.may_be_pregnant();
}

/// Was that hip replaced after the finding, as far as the record tells? What is not sure does not
/// silence the finding.
bool is_replaced_since(const Finding& finding, const HipReplacement& hip) {
  const auto replaces = [&](const HipEvidence& one) {
    const auto& days = one.finding.days;
    const bool is_before = days && finding.days && days->last < finding.days->first;
    return one.is_sure() && !is_before && !are_opposite(one.finding.sides, finding.sides);
  };
  const auto same_side = [&](const HipEvidence& one) {
    return one.is_sure() && !are_opposite(one.finding.sides, finding.sides);
  };
  return std::ranges::any_of(hip.operations, replaces) ||
         std::ranges::any_of(hip.other_operations, replaces) ||
         std::ranges::any_of(hip.conditions, same_side);
}

/// What of the row's concepts is coded.
Reasons coded(const RedFlagRow& row, const Signs& signs) {
  const auto& facts = signs.facts;
  Reasons reasons;
  for (std::size_t i = 0; i < row.concepts.size(); ++i) {
    for (auto& reason : facts.coded(row.words[i], row.concepts[i])) {
      const bool is_past =
          (row.is_acute && !is_recent(reason.finding, signs.limits.acute_days, facts.today)) ||
          (row.is_injury && reason.finding.is_aftercare);
      if (!is_past) {
        reasons.push_back(std::move(reason));
      }
    }
  }
  return reasons;
}

/// Takes away what is known and chronic: an osteonecrosis whose hip was replaced since, and with no
/// new pain what is older than a year.
void leave_out_chronic(const RedFlagRow& row, const Signs& signs, Reasons& reasons,
                       RedFlags& found) {
  const auto& facts = signs.facts;
  const bool is_necrosis = row.id == "RF13";
  if (is_necrosis) {
    std::erase_if(reasons,
                  [&](const Reason& one) { return is_replaced_since(one.finding, facts.hip); });
  }
  if (!row.is_chronic || !signs.new_pain().empty()) {
    return;
  }
  std::erase_if(reasons, [&](Reason& one) {
    const bool is_old = !is_recent(one.finding, signs.limits.known_days, facts.today);
    if (is_old && is_necrosis) {
      found.known_osteonecrosis.push_back(one);
    }
    return is_old;
  });
}

/// The reasons of the patterns of a red flag that hold and are not cleared.
Reasons of_patterns(const RedFlagRow& row, const Signs& signs) {
  Reasons reasons;
  for (const auto patterns : {infection_patterns(), structure_patterns(), other_patterns()}) {
    for (const Pattern& pattern : patterns) {
      if (pattern.id == row.id) {
        auto found = pattern.find(signs);
        const bool is_open =
            !pattern.is_clearable || !is_cleared(row.cleared_by, found, signs.facts);
        reasons = is_open ? any_of({std::move(reasons), std::move(found)}) : reasons;
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
  const Signs signs{.limits = rules.limits, .facts = facts, .common = found};
  for (const auto& id : rules.order) {
    const RedFlagRow& row = *find_by_id(rules.rows, id);
    Reasons diagnosis = coded(row, signs);
    leave_out_chronic(row, signs, diagnosis, found);
    Reasons reasons = any_of({diagnosis, of_patterns(row, signs)});
    if (!reasons.empty()) {
      found.fired.push_back(
          {.row = &row, .reasons = std::move(reasons), .is_coded = !diagnosis.empty()});
    }
  }
  return found;
}

}  // namespace cdss::rules
