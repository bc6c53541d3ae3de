#include "plugins/rules/ladder/ladder.hpp"

#include <algorithm>

#include "plugins/rules/ladder/ladder_record.hpp"

namespace cdss::rules {
namespace {

/// One condition of a step, by the id of what it asks for.
struct Condition {
  std::string_view id;
  Answer answer;
};

using Conditions = std::vector<Condition>;

bool all_met(const Conditions& conditions) {
  return std::ranges::all_of(conditions,
                             [](const Condition& one) { return one.answer == Answer::met; });
}

/// What the rules of the upper steps ask of one record.
struct StepSelection {
  const LadderRules& rules;
  const PatientFindings& found;
  const Facts& facts = found.facts;
  const Likelihood& likelihood = found.likelihood;
  const Safety& safety = found.safety;
  StepDecision step_decision{};

  /// What has to be known before either: whether there is a prosthesis, and no infection of it.
  Conditions known() const {
    const auto answer = [](bool is_known) { return is_known ? Answer::met : Answer::unknown; };
    Conditions conditions;
    if (facts.hip.is_any()) {
      for (const std::string_view marker : {"crp", "esr"}) {
        const auto& unknown = safety.unknown_markers;
        conditions.push_back({marker, answer(std::ranges::find(unknown, marker) == unknown.end())});
      }
    }
    conditions.insert(conditions.end(), {{"conditions", answer(facts.record.conditions.is_known)},
                                         {"procedures", answer(facts.record.procedures.is_known)},
                                         {"results", answer(facts.record.results.is_known)},
                                         {"allergies", answer(facts.record.allergies.is_known)}});
    return conditions;
  }

  Conditions of_injection() const {
    return {{"pt_weeks", reaches(step_decision.therapy, rules.limits.pt_weeks)},
            {"otc_tried", otc_tried(rules, facts, safety, step_decision.duration)},
            {"imaging_done", imaging_done(facts, step_decision.duration)}};
  }

  Conditions of_surgical_opinion() const {
    const LadderLimits& limits = rules.limits;
    const int weeks = facts.implant.is_any() ? limits.replaced_weeks : limits.native_weeks;
    const bool is_likely = likelihood.band == Band::likely;
    const bool has_relief = facts.items.is_present("diagnostic_injection");
    Conditions conditions = {{"band", is_likely ? Answer::met : Answer::unmet},
                             {"pt_weeks", reaches(step_decision.therapy, limits.pt_weeks)},
                             {"duration_weeks", reaches(step_decision.duration, weeks)},
                             {"diagnostic_injection", has_relief ? Answer::met : Answer::unknown},
                             {"imaging_done", imaging_done(facts, step_decision.duration)}};
    const auto also = known();
    conditions.insert(conditions.end(), also.begin(), also.end());
    return conditions;
  }

  /// The rules of these that hold.
  void block_by(std::initializer_list<std::string_view> ids) {
    for (const auto id : ids) {
      if (safety.has(id)) {
        step_decision.blocked_by.emplace_back(id);
      }
    }
  }

  /// Another cause that is coded, or an implant whose radiograph is abnormal: no injection before
  /// it is explained, whatever the band.
  void block_by_other_cause() {
    for (const std::string& id : likelihood.other_causes) {
      step_decision.blocked_by.push_back(id);
    }
    if (!facts.implant.pain.empty() && facts.items.is_present("radiograph_abnormal")) {
      step_decision.blocked_by.emplace_back("GX01");
    }
  }

  void ask_for(const Conditions& conditions) {
    for (const auto& [id, answer] : conditions) {
      if (answer == Answer::unknown) {
        step_decision.needed.emplace_back(id);
      } else if (answer == Answer::unmet) {
        step_decision.unmet.emplace_back(id);
      }
    }
  }

  /// L3 or L4; none when neither is open.
  std::optional<Step> upper() {
    const Conditions opinion = of_surgical_opinion();
    if (all_met(opinion)) {
      block_by({"IJ01"});
      step_decision.blocked = Step::L4;
      return step_decision.blocked_by.empty() ? std::optional{Step::L4} : std::nullopt;
    }
    Conditions injection = of_injection();
    const Conditions also = known();
    if (all_met(injection)) {
      block_by({"IJ01", "IJ02", "IJ05", "IJ08", "IJ12"});
      block_by_other_cause();
      if (step_decision.blocked_by.empty() && all_met(also)) {
        ask_for(opinion);
        return Step::L3;
      }
    }
    injection.insert(injection.end(), also.begin(), also.end());
    ask_for(injection);
    return std::nullopt;
  }

  /// L2 when the pain is known to be strong enough, else L1.
  Step lower() {
    const ResultValue* pain = facts.results.find("pain_score_nrs");
    const auto is_strong =
        pain == nullptr ? std::nullopt : pain->is_at_least(rules.limits.pain_score);
    if (!is_strong) {
      step_decision.needed.emplace_back("pain_score_nrs");
    }
    return is_strong.value_or(false) ? Step::L2 : Step::L1;
  }
};

/// Does the record point elsewhere: by the band, or by an injection that did not relieve.
bool is_other_diagnosis(const Facts& facts, const Likelihood& likelihood) {
  const ItemAnswer* injection = facts.items.find("diagnostic_injection");
  const bool has_failed = injection != nullptr && !injection->is_present;
  return has_failed || (likelihood.band != Band::possible && likelihood.band != Band::likely);
}

}  // namespace

StepDecision select_step(const LadderRules& rules, const PatientFindings& found) {
  StepSelection selection{.rules = rules, .found = found};
  StepDecision& step_decision = selection.step_decision;
  step_decision.duration = duration_of(rules, found.facts);
  step_decision.therapy = therapy_of(rules, found.facts, step_decision.duration);
  step_decision.is_in_therapy = is_in_therapy(rules, found.facts, step_decision.therapy);
  if (found.red_flags.any() || found.prompts.any()) {
    step_decision.step = Step::L0;
  } else if (is_other_diagnosis(found.facts, found.likelihood)) {
    step_decision.step = Step::LX;
  } else if (const auto step = selection.upper()) {
    step_decision.step = *step;
  } else {
    step_decision.step = selection.lower();
  }
  return std::move(step_decision);
}

bool holds(ActionCondition when, const PatientFindings& found, const StepDecision& decision) {
  const auto& facts = found.facts;
  const auto& safety = found.safety;
  const bool no_nsaid = safety.withholds(Treatment::nsaid);
  const bool no_acetaminophen = safety.withholds(Treatment::acetaminophen);
  const auto& hip = facts.hip;
  switch (when) {
    case ActionCondition::strain:
      return facts.findings.has(facts.definitions.named.hip_flexor_strain) ||
             facts.findings.has(facts.definitions.named.pelvic_muscle_strain);
    case ActionCondition::in_therapy:
      return decision.is_in_therapy;
    case ActionCondition::no_therapy:
      return !decision.is_in_therapy;
    case ActionCondition::native:
      return !hip.is_any();
    case ActionCondition::replaced:
      return hip.is_any();
    case ActionCondition::early:
      return hip.is_early || hip.has_early_other;
    case ActionCondition::pregnant:
      return !found.red_flags.pregnancy.empty();
    case ActionCondition::any_analgesic:
      return !no_nsaid && !no_acetaminophen;
    case ActionCondition::acetaminophen_only:
      return no_nsaid && !no_acetaminophen;
    case ActionCondition::nsaid_only:
      return !no_nsaid && no_acetaminophen;
    case ActionCondition::no_analgesic:
      return no_nsaid && no_acetaminophen;
  }
  return false;
}

}  // namespace cdss::rules
