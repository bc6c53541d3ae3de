#include "plugins/rules/orders/conflicts.hpp"

#include <algorithm>

#include "plugins/rules/orders/draft_evaluator.hpp"

namespace cdss::rules {
namespace {

using ConflictReasons = std::vector<ConflictReason>;

bool has(std::span<const std::string_view> ids, std::string_view id) {
  return std::ranges::find(ids, id) != ids.end();
}

/// Finds what speaks against a draft.
struct Judge {
  const DraftEvaluator& evaluator;
  const OrderRules& rules = evaluator.rules;
  const Draft& draft = evaluator.draft;
  const PatientContext& patient = evaluator.patient;

  const SafetyFinding* find_safety(const RuleName& rule) const {
    const auto& found = patient.safety.found;
    const auto one = std::ranges::find_if(found, [&](const SafetyFinding& finding) {
      return finding.row->id == rule.id && (!rule.effect || finding.effect == *rule.effect);
    });
    return one == found.end() ? nullptr : &*one;
  }

  /// Low-dose aspirin is given for the heart: few rules of NSAIDs are meant for it.
  bool is_meant(const RuleName& rule) const {
    return !draft.is_low_dose_aspirin ||
           std::ranges::any_of(rules.low_dose_aspirin, [&](const RuleName& one) {
             return one.id == rule.id && one.effect == rule.effect;
           });
  }

  bool is_spared(const ConflictRule& rule) const {
    const auto& daily = draft.acetaminophen_per_day;
    return rule.spared_mg_per_day > 0 && daily && daily->is_whole &&
           daily->mg <= static_cast<double>(rule.spared_mg_per_day);
  }

  ConflictReasons safety(const ConflictRule& rule) const {
    ConflictReasons conflict_reasons;
    for (const auto& one : rule.rules) {
      const auto* found = find_safety(one);
      if (found != nullptr && is_meant(one) && !is_spared(rule)) {
        conflict_reasons.push_back({.id = one.id,
                                    .text = found->row->text,
                                    .brief = {},
                                    .advice = found->advice(),
                                    .reasons = found->reasons});
      }
    }
    return conflict_reasons;
  }

  /// The red flags that forbid the draft: those of `anywhere` when it is an injection outside the
  /// region.
  ConflictReasons red_flags(const ConflictRule& rule, bool is_anywhere) const {
    ConflictReasons conflict_reasons;
    for (const auto& flag : patient.red_flags) {
      const bool is_forbidden =
          std::ranges::find(flag.row->forbids, rule.forbidden) != flag.row->forbids.end();
      const bool is_listed =
          rule.rules.empty() ||
          std::ranges::find(rule.rules, flag.row->id, &RuleName::id) != rule.rules.end();
      if (is_forbidden && is_listed && (!is_anywhere || has(rule.anywhere, flag.row->id))) {
        conflict_reasons.push_back({.id = flag.row->id,
                                    .text = flag.row->text,
                                    .brief = flag.row->brief,
                                    .advice = flag.row->action,
                                    .reasons = flag.reasons,
                                    .is_emergency = flag.row->urgency == Urgency::emergency});
      }
    }
    return conflict_reasons;
  }

  /// Every prompt: what it asks for comes before the draft.
  ConflictReasons prompts() const {
    ConflictReasons conflict_reasons;
    for (const Prompt& prompt : patient.prompts) {
      conflict_reasons.push_back({.id = prompt.row->id,
                                  .text = prompt.row->brief,
                                  .brief = prompt.row->brief,
                                  .advice = prompt.row->settle,
                                  .reasons = prompt.reasons});
    }
    return conflict_reasons;
  }

  /// What of the record a condition of its own rests on; empty for nothing to name.
  Reasons reasons_of(const ConflictRule& rule) const {
    if (rule.when == ConflictCondition::over_ceiling) {
      return evaluator.over_ceilings();
    }
    const auto taken = patient.taken.find(rule.medicine);
    return taken == patient.taken.end() ? Reasons{} : taken->second;
  }

  ConflictReasons conflict_reasons(const ConflictRule& rule) const {
    const bool is_drafted = evaluator.is_drafted(rule.draft);
    if (rule.when == ConflictCondition::red_flag) {
      const bool is_anywhere = !is_drafted && !rule.anywhere.empty() && evaluator.is_injection();
      return is_drafted || is_anywhere ? red_flags(rule, is_anywhere) : ConflictReasons{};
    }
    if (!is_drafted) {
      return {};
    }
    if (rule.when == ConflictCondition::prompt) {
      return prompts();
    }
    if (rule.when == ConflictCondition::safety) {
      return safety(rule);
    }
    if (!evaluator.holds(rule)) {
      return {};
    }
    return {{.id = rule.rules.front().id,
             .text = {},
             .brief = {},
             .advice = {},
             .reasons = reasons_of(rule)}};
  }

  bool offers_removal(const ConflictRule& rule, const ConflictReasons& reasons) const {
    const auto& kept = rules.low_dose_aspirin_kept;
    const bool is_kept = draft.is_low_dose_aspirin &&
                         std::ranges::all_of(reasons, [&](const ConflictReason& reason) {
                           return has(kept, reason.id);
                         });
    return rule.offers_removal && !is_kept;
  }

  /// Some rules are absolute only late in pregnancy; before, a specialist may decide otherwise.
  bool is_critical(const ConflictRule& rule, const ConflictReasons& reasons) const {
    return std::ranges::any_of(reasons, [&](const ConflictReason& reason) {
      return has(rule.critical, reason.id) ||
             (patient.is_late_pregnancy && has(rule.critical_late, reason.id));
    });
  }
};

}  // namespace

std::vector<Conflict> judge(const OrderRules& rules, const Concepts& concepts, const Draft& draft,
                            std::span<const Draft> all, const PatientContext& patient_context) {
  const DraftEvaluator evaluator{
      .rules = rules, .concepts = concepts, .draft = draft, .all = all, .patient = patient_context};
  const Judge judge{.evaluator = evaluator};
  std::vector<Conflict> conflicts;
  bool is_quiet = true;
  for (const auto& rule : rules.conflicts) {
    auto conflict_reasons = judge.conflict_reasons(rule);
    if (conflict_reasons.empty()) {
      continue;
    }
    is_quiet = is_quiet && std::ranges::all_of(conflict_reasons, [&](const ConflictReason& reason) {
                 return has(rule.quiet, reason.id);
               });
    const auto severity =
        judge.is_critical(rule, conflict_reasons) ? Severity::critical : rule.severity;
    const bool offers_removal = judge.offers_removal(rule, conflict_reasons);
    conflicts.push_back({.rule = &rule,
                         .conflict_reasons = std::move(conflict_reasons),
                         .severity = severity,
                         .offers_removal = offers_removal});
  }
  if (is_quiet) {
    return {};
  }
  std::ranges::stable_sort(conflicts, std::ranges::greater{}, &Conflict::severity);
  return conflicts;
}

}  // namespace cdss::rules
