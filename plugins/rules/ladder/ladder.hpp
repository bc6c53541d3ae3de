#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/ladder/ladder_rules.hpp"
#include "plugins/rules/likelihood/likelihood.hpp"
#include "plugins/rules/red_flags/prompts.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"
#include "plugins/rules/safety/safety.hpp"

namespace cdss::rules {

/// A known number of weeks, and where it comes from. Bounds, since a day may not be exact.
struct WeeksEstimate {
  double least;
  double most;
  Finding finding;
  bool is_derived;  ///< from other data, as no item of the examination form has it
};

/// Where the patient stands on the ladder.
struct StepDecision {
  Step step = Step::LX;
  /// The ids of the rules, and of the caps CX and GX, that block a step for which every other
  /// condition holds: L3, or L4 by IJ01. CRP and ESR that are not known after a hip replacement block nothing: they are in
  /// `needed`.
  std::vector<std::string> blocked_by;
  Step blocked = Step::L3;  ///< which step `blocked_by` is about
  /// What has to be known to move on, and is not known or not certain: ids of local items and
  /// results, and keys of needs. From L1 and L2 to L3: "pt_weeks", "otc_tried", "imaging_done"; at L1 also
  /// "pain_score_nrs". From L3 to L4: "pt_weeks", "duration_weeks", "diagnostic_injection". For
  /// both, after a hip replacement "crp" and "esr", and "conditions", "procedures", "results" and
  /// "allergies" when they were not seen whole.
  std::vector<std::string> needed;
  /// Conditions of that step that are known and not met: the same ids, and "band" for L4.
  std::vector<std::string> unmet;
  std::optional<WeeksEstimate> duration;
  std::optional<WeeksEstimate> therapy;
  bool is_in_therapy = false;  ///< weeks of physical therapy, or a session within 60 days
};

/// What the other rules say of a patient. Borrowed.
struct PatientFindings {
  const Facts& facts;
  const RedFlags& red_flags;
  const Prompts& prompts;
  const Likelihood& likelihood;
  const Safety& safety;
};

/// Does `when` hold for this patient, so that the action is for them? Thread-safe.
bool holds(ActionCondition when, const PatientFindings& found, const StepDecision& decision);

/// Finds the step. In this order: any red flag or prompt L0; band unlikely, not assessed or an injection
/// without relief LX; L4; L3; L2; L1. Thread-safe.
/// Source: plugins/rules/README.md, "Ladder".
StepDecision select_step(const LadderRules& rules, const PatientFindings& found);

}  // namespace cdss::rules
