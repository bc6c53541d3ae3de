#include "plugins/treatment_escalation/conflicts.hpp"

#include <algorithm>

#include "plugins/treatment_escalation/held_draft.hpp"

namespace cdss::treatment_escalation {
namespace {

using Because = std::vector<Cause>;

bool has(std::span<const std::string_view> ids, std::string_view id) {
  return std::ranges::find(ids, id) != ids.end();
}

/// Finds what speaks against a draft.
struct Judge {
  const HeldDraft& held;
  const OrderRules& rules = held.rules;
  const Draft& draft = held.draft;
  const Circumstances& patient = held.patient;

  const rules::SafetyFinding* find_safety(const RuleName& rule) const {
    const auto& found = patient.safety.found;
    const auto one = std::ranges::find_if(found, [&](const rules::SafetyFinding& finding) {
      const bool is_avoid = finding.effect == rules::Effect::avoid;
      const bool is_effect = rule.effect == RuleName::Effect::any ||
                             (rule.effect == RuleName::Effect::avoid) == is_avoid;
      return finding.row->id == rule.id && is_effect;
    });
    return one == found.end() ? nullptr : &*one;
  }

  /// Low-dose aspirin is given for the heart: few rules of NSAIDs are meant for it.
  bool is_meant(const RuleName& rule) const {
    return !draft.is_low_dose_aspirin ||
           std::ranges::any_of(rules.low_dose_aspirin(), [&](const RuleName& one) {
             return one.id == rule.id && one.effect == rule.effect;
           });
  }

  bool is_spared(const ConflictRule& rule) const {
    const auto& daily = draft.acetaminophen_per_day;
    return rule.spared_mg_per_day > 0 && daily && daily->is_whole &&
           daily->mg <= static_cast<double>(rule.spared_mg_per_day);
  }

  Because safety(const ConflictRule& rule) const {
    Because because;
    for (const auto& one : rule.rules) {
      const auto* found = find_safety(one);
      if (found != nullptr && is_meant(one) && !is_spared(rule)) {
        because.push_back({.id = one.id,
                           .text = found->row->text,
                           .brief = {},
                           .advice = found->advice(),
                           .reasons = &found->reasons});
      }
    }
    return because;
  }

  /// The red flags that forbid the draft: those of `anywhere` when it is an injection outside the
  /// region.
  Because red_flags(const ConflictRule& rule, bool is_anywhere) const {
    Because because;
    for (const auto& flag : patient.red_flags.fired) {
      const bool is_forbidden =
          std::ranges::find(flag.row->forbids, rule.forbidden) != flag.row->forbids.end();
      const bool is_listed =
          rule.rules.empty() ||
          std::ranges::find(rule.rules, flag.row->id, &RuleName::id) != rule.rules.end();
      if (is_forbidden && is_listed && (!is_anywhere || has(rule.anywhere, flag.row->id))) {
        because.push_back({.id = flag.row->id,
                           .text = flag.row->text,
                           .brief = flag.row->brief,
                           .advice = flag.row->action,
                           .reasons = &flag.reasons,
                           .is_emergency = flag.row->urgency == rules::Urgency::emergency});
      }
    }
    return because;
  }

  /// What of the record a condition of its own rests on; null for nothing to name.
  const rules::Reasons* reasons_of(const ConflictRule& rule) const {
    if (rule.when == When::kidney_injury) {
      return &patient.kidney_injury;
    }
    const auto taken = patient.taken.find(rule.medicine);
    return taken == patient.taken.end() || taken->second.empty() ? nullptr : &taken->second;
  }

  Because because(const ConflictRule& rule) const {
    const bool is_drafted = held.is_drafted(rule.draft);
    if (rule.when == When::red_flag) {
      const bool is_anywhere = !is_drafted && !rule.anywhere.empty() && held.is_injection();
      return is_drafted || is_anywhere ? red_flags(rule, is_anywhere) : Because{};
    }
    if (!is_drafted) {
      return {};
    }
    if (rule.when == When::safety) {
      return safety(rule);
    }
    if (!held.holds(rule)) {
      return {};
    }
    return {{.id = rule.rules.front().id,
             .text = {},
             .brief = {},
             .advice = {},
             .reasons = reasons_of(rule)}};
  }

  bool offers_removal(const ConflictRule& rule, const Because& reasons) const {
    const auto& kept = rules.low_dose_aspirin_kept();
    const bool is_kept =
        draft.is_low_dose_aspirin &&
        std::ranges::all_of(reasons, [&](const Cause& cause) { return has(kept, cause.id); });
    return rule.offers_removal && !is_kept;
  }

  /// Some rules are absolute only late in pregnancy; before, a specialist may decide otherwise.
  bool is_critical(const ConflictRule& rule, const Because& reasons) const {
    return std::ranges::any_of(reasons, [&](const Cause& cause) {
      return has(rule.critical, cause.id) ||
             (patient.is_late_pregnancy && has(rule.critical_late, cause.id));
    });
  }
};

}  // namespace

std::vector<Conflict> judge(const OrderRules& rules, const rules::Concepts& concepts,
                            const Draft& draft, std::span<const Draft> all,
                            const Circumstances& circumstances) {
  const HeldDraft held{
      .rules = rules, .concepts = concepts, .draft = draft, .all = all, .patient = circumstances};
  const Judge judge{.held = held};
  std::vector<Conflict> conflicts;
  bool is_quiet = true;
  for (const auto& rule : rules.conflicts()) {
    auto because = judge.because(rule);
    if (because.empty()) {
      continue;
    }
    is_quiet = is_quiet && std::ranges::all_of(because, [&](const Cause& cause) {
                 return has(rule.quiet, cause.id);
               });
    const auto indicator =
        judge.is_critical(rule, because) ? hooks::Indicator::critical : rule.indicator;
    const bool offers_removal = judge.offers_removal(rule, because);
    conflicts.push_back({.rule = &rule,
                         .because = std::move(because),
                         .indicator = indicator,
                         .offers_removal = offers_removal});
  }
  if (is_quiet) {
    return {};
  }
  std::ranges::stable_sort(conflicts, std::ranges::greater{}, &Conflict::indicator);
  return conflicts;
}

}  // namespace cdss::treatment_escalation
