#pragma once

#include "plugins/rules/facts.hpp"
#include "plugins/rules/ladder.hpp"
#include "plugins/rules/likelihood.hpp"
#include "plugins/rules/red_flags.hpp"
#include "plugins/rules/safety.hpp"

namespace cdss::treatment_escalation {

/// A record and what the rules say of it. Borrows all of it.
struct Assessment {
  const rules::Facts& facts;
  const rules::RedFlags& red_flags;
  const rules::Likelihood& likelihood;
  const rules::Safety& safety;
  const rules::StepDecision& step_decision;
};

}  // namespace cdss::treatment_escalation
