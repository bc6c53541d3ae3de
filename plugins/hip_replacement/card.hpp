#pragma once

#include "core/hooks/card/card.hpp"
#include "plugins/hip_replacement/assessment.hpp"

namespace cdss::hip_replacement {

/// The card: red flags first, then what is recorded, when, on which side, what that means for pain
/// in the region, and how far infection and the implant have been looked at.
hooks::Card card(const Assessment& assessment);

}  // namespace cdss::hip_replacement
