#pragma once

#include "plugins/cards/assessment.hpp"
#include "plugins/rules/ladder/ladder.hpp"
#include "plugins/rules/likelihood/likelihood.hpp"
#include "plugins/rules/safety/safety.hpp"

namespace cdss::treatment_escalation {

/// A record and what the rules say of it.
struct Assessment : cards::Assessment {
  rules::Likelihood likelihood;
  rules::Safety safety;
  rules::StepDecision step_decision;
};

}  // namespace cdss::treatment_escalation
