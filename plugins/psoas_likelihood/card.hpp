#pragma once

#include "core/hooks/card/card.hpp"
#include "plugins/rules/differentials.hpp"
#include "plugins/rules/facts.hpp"
#include "plugins/rules/likelihood.hpp"
#include "plugins/rules/red_flags.hpp"
#include "plugins/sdk/gaps.hpp"

namespace cdss::psoas_likelihood {

/// What the card tells of. Borrowed.
struct Assessment {
  const rules::Facts& facts;
  const rules::RedFlags& red_flags;
  const rules::Likelihood& likelihood;
  const sdk::Gaps& gaps;
};

/// The card for band possible or likely, or for red flags: those lead, and the band follows.
hooks::Card card(const Assessment& assessment);

/// The card for a patient who is, or may be, under 18 and has regional pain.
hooks::Card paediatric_card(const Assessment& assessment);

}  // namespace cdss::psoas_likelihood
