#include "plugins/treatment_escalation/conflicts.hpp"

#include <algorithm>

#include "plugins/rules/words.hpp"

namespace cdss::treatment_escalation {
namespace {

using Because = std::vector<Cause>;

bool has(std::span<const std::string_view> ids, std::string_view id) {
  return std::ranges::find(ids, id) != ids.end();
}

/// One draft held against the patient's circumstances.
struct Judge {
  const OrderRules& rules;
  const rules::Concepts& concepts;
  const Draft& draft;
  std::span<const Draft> all;
  const Circumstances& patient;

  /// At the hip, or in a place that is not told in a patient with pain there.
  bool is_in_region() const {
    return draft.site == Site::psoas || draft.site == Site::hip ||
           (draft.site == Site::unknown && patient.has_regional_pain);
  }

  bool is_drafted(std::string_view what) const {
    if (what == "any") {
      return true;
    }
    if (what == "injection") {
      return draft.kind == DraftKind::injection && is_in_region();
    }
    if (what == "mri") {
      return draft.kind == DraftKind::mri && (draft.site == Site::hip || draft.site == Site::psoas);
    }
    if (what == "physical_therapy") {
      return draft.kind == DraftKind::physical_therapy && draft.site != Site::elsewhere;
    }
    if (what == "surgery") {
      return draft.kind == DraftKind::surgery && draft.site == Site::psoas;
    }
    if (what == "abductor_tenotomy") {
      return draft.kind == DraftKind::abductor_tenotomy;
    }
    return draft.is_medicine_of(what);
  }

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

  Because red_flags(const ConflictRule& rule) const {
    Because because;
    for (const auto& flag : patient.red_flags.fired) {
      const bool is_forbidden =
          std::ranges::find(flag.row->forbids, rule.forbidden) != flag.row->forbids.end();
      const bool is_listed =
          rule.rules.empty() ||
          std::ranges::find(rule.rules, flag.row->id, &RuleName::id) != rule.rules.end();
      if (is_forbidden && is_listed) {
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

  bool has_reason() const { return !draft.reasons.empty() || !draft.reason_references.empty(); }

  /// Is a reason told, and is it pain in the region or the psoas?
  bool is_for_region() const {
    const auto is_regional = [&](const fhir::CodeableConcept& reason) {
      return std::ranges::any_of(rules.reasons(),
                                 [&](rules::ConceptId id) { return concepts.has(id, reason); }) ||
             rules::has_any_word(reason.words(), rules.words().reason);
    };
    return std::ranges::any_of(draft.reasons, is_regional) ||
           std::ranges::any_of(draft.reason_references, [&](std::string_view reference) {
             return std::ranges::find(patient.regional_findings, reference) !=
                    patient.regional_findings.end();
           });
  }

  /// Other medicines than the ladder's: for the pain that it is about, not for a red flag, nor for
  /// the weeks after an operation unless the reason says so.
  bool is_outside_ladder() const {
    if (patient.red_flags.any()) {
      return false;
    }
    return has_reason() ? is_for_region() : patient.points_to_psoas && !patient.is_early;
  }

  bool is_psoas_meant() const {
    const auto names_psoas = [&](std::string_view text) {
      return rules::has_any_word(text, rules.words().psoas);
    };
    return std::ranges::any_of(draft.texts, names_psoas) ||
           std::ranges::any_of(draft.reasons, [&](const fhir::CodeableConcept& reason) {
             return names_psoas(reason.words());
           });
  }

  bool is_guided() const {
    const bool has_guidance_beside = std::ranges::any_of(
        all, [](const Draft& other) { return other.kind == DraftKind::guidance; });
    return draft.guidance == Guidance::guided ||
           (draft.guidance == Guidance::not_stated && has_guidance_beside);
  }

  static bool is_same(const fhir::CodeableConcept& one, const fhir::CodeableConcept& other) {
    return !one.codings.empty() && !other.codings.empty() &&
           one.codings[0].same_as(other.codings[0]);
  }

  /// Is this the second of two drafts of the very same code and place?
  bool is_drafted_twice() const {
    if (draft.is_medicine_of("nsaid") || draft.is_medicine_of("acetaminophen")) {
      return false;  // rules of their own
    }
    const auto site_of = [](const Draft& one) {
      return one.body_sites.empty() ? std::string_view{} : one.body_sites[0].words();
    };
    return std::ranges::any_of(all, [&](const Draft& other) {
      const bool is_first = !other.is_judged || draft.is_after(other);
      return &other != &draft && is_first && is_same(draft.meaning, other.meaning) &&
             site_of(draft) == site_of(other);
    });
  }

  /// Does the condition of a row that names one rule of its own hold?
  bool holds(const ConflictRule& rule) const {
    switch (rule.when) {
      case When::red_flag:
      case When::safety:
        return false;
      case When::over_daily_dose:
        return draft.acetaminophen_per_day &&
               draft.acetaminophen_per_day->mg > static_cast<double>(rule.most_mg_per_day);
      case When::medicine:
        return patient.medicines.has_active_of(rule.medicine);
      case When::unguided:
        return draft.site == Site::psoas && !is_guided();
      case When::infection_unknown:
        return patient.has_hip_replacement && !patient.is_infection_screen_known;
      case When::before_injection_step:
        return draft.site == Site::psoas && (patient.standing.step == rules::Step::L1 ||
                                             patient.standing.step == rules::Step::L2);
      case When::without_metal_protocol:
        return patient.has_hip_prosthesis && !draft.has_metal_protocol;
      case When::outside_ladder:
        return is_outside_ladder();
      case When::before_surgery_step:
        return patient.is_assessed && patient.standing.step != rules::Step::L4;
      case When::psoas_meant:
        return is_psoas_meant();
      case When::drafted_twice:
        return is_drafted_twice();
    }
    return false;
  }

  Because because(const ConflictRule& rule) const {
    if (!is_drafted(rule.draft)) {
      return {};
    }
    if (rule.when == When::red_flag) {
      return red_flags(rule);
    }
    if (rule.when == When::safety) {
      return safety(rule);
    }
    if (!holds(rule)) {
      return {};
    }
    return {{.id = rule.rules.front().id, .text = {}, .brief = {}, .advice = {}}};
  }

  /// NS07 is absolute from 30 weeks; before, a specialist may decide otherwise.
  bool is_critical(const ConflictRule& rule, const Because& reasons) const {
    return std::ranges::any_of(reasons, [&](const Cause& cause) {
      return has(rule.critical, cause.id) && (cause.id != "NS07" || patient.is_late_pregnancy);
    });
  }
};

}  // namespace

std::vector<Conflict> judge(const OrderRules& rules, const rules::Concepts& concepts,
                            const Draft& draft, std::span<const Draft> all,
                            const Circumstances& circumstances) {
  const Judge held{
      .rules = rules, .concepts = concepts, .draft = draft, .all = all, .patient = circumstances};
  std::vector<Conflict> conflicts;
  bool is_quiet = true;
  for (const auto& rule : rules.conflicts()) {
    auto because = held.because(rule);
    if (because.empty()) {
      continue;
    }
    is_quiet = is_quiet && std::ranges::all_of(because, [&](const Cause& cause) {
                 return has(rule.quiet, cause.id);
               });
    const auto indicator =
        held.is_critical(rule, because) ? hooks::Indicator::critical : rule.indicator;
    conflicts.push_back({.rule = &rule, .because = std::move(because), .indicator = indicator});
  }
  if (is_quiet) {
    return {};
  }
  std::ranges::stable_sort(conflicts, std::ranges::greater{}, &Conflict::indicator);
  return conflicts;
}

}  // namespace cdss::treatment_escalation
