#pragma once

#include "core/hooks/card/card.hpp"
#include "plugins/cards/assessment.hpp"
#include "plugins/rules/likelihood/likelihood.hpp"

namespace cdss::psoas_likelihood {

/// What the card tells of.
struct Assessment : cards::Assessment {
  rules::Likelihood likelihood;
};

/// The card for band possible or likely, or for red flags: those lead, and the band follows.
hooks::Card card(const Assessment& assessment);

/// The card for a patient who is, or may be, under 18 and has regional pain.
hooks::Card paediatric_card(const Assessment& assessment);

}  // namespace cdss::psoas_likelihood
