#pragma once

#include "core/hooks/card/card.hpp"
#include "plugins/cards/assessment.hpp"

namespace cdss::psoas_likelihood {

using cards::Assessment;

/// The card for band possible or likely, or for red flags: those lead, and the band follows.
hooks::Card card(const Assessment& assessment);

/// The card for a patient who is, or may be, under 18 and has regional pain.
hooks::Card paediatric_card(const Assessment& assessment);

}  // namespace cdss::psoas_likelihood
