#pragma once

#include "plugins/cards/assessment.hpp"
#include "plugins/rules/ladder/ladder.hpp"
#include "plugins/rules/safety/safety.hpp"

namespace cdss::treatment_escalation {

/// A record and what the rules say of it.
struct Assessment : cards::Assessment {
  rules::Safety safety;
  rules::StepDecision step_decision;

  rules::PatientFindings found() const {
    return {.facts = facts,
            .red_flags = red_flags,
            .prompts = prompts,
            .likelihood = likelihood,
            .safety = safety};
  }
};

}  // namespace cdss::treatment_escalation
