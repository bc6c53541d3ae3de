#pragma once

#include <chrono>
#include <vector>

#include "core/hooks/card.hpp"
#include "plugins/rules/concepts.hpp"
#include "plugins/rules/hip_replacement.hpp"
#include "plugins/sdk/gaps.hpp"

namespace cdss::hip_replacement {

/// The card: what is recorded, when, on which side, and what that means for pain in the region.
///
/// @param hip   of a patient with a hip arthroplasty of any kind.
/// @param pain  coded regional pain, each with its concept.
hooks::Card card(const rules::Concepts& concepts, const rules::HipReplacement& hip,
                 const std::vector<rules::HipEvidence>& pain, const sdk::Gaps& gaps,
                 std::chrono::sys_days today);

}  // namespace cdss::hip_replacement
