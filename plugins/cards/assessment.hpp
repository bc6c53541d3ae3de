#pragma once

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/knowledge/knowledge.hpp"
#include "plugins/rules/likelihood/likelihood.hpp"
#include "plugins/rules/red_flags/prompts.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"
#include "plugins/sdk/gaps.hpp"
#include "plugins/sdk/request.hpp"

namespace cdss::cards {

/// What every service begins with: the record, its red flags, score and
/// prompts, and what of the record could not be
/// seen or used. Borrows the knowledge and the request.
struct Assessment {
  const rules::Knowledge& knowledge;
  rules::Facts facts;
  rules::RedFlags red_flags;
  rules::Likelihood likelihood;  ///< with its caps
  rules::Prompts prompts;
  sdk::Gaps gaps;

  static Assessment of(const rules::Knowledge& knowledge, const sdk::Request& request);

  const rules::Texts& texts() const { return knowledge.texts; }
};

}  // namespace cdss::cards
