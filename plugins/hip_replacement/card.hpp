#pragma once

#include <chrono>
#include <vector>

#include "core/hooks/card.hpp"
#include "plugins/rules/concepts.hpp"
#include "plugins/rules/hip_replacement.hpp"
#include "plugins/sdk/gaps.hpp"

namespace cdss::hip_replacement {

/// What the card tells of.
struct Told {
  const rules::HipReplacement& hip;             ///< with a hip arthroplasty of any kind
  const std::vector<rules::HipEvidence>& pain;  ///< coded regional pain, each with its concept
  /// Coded pain in the groin or hip, the only pain whose side is held against the implant's.
  const std::vector<rules::HipEvidence>& hip_pain;
  sdk::KeyState procedures;  ///< how far operations could be seen
};

/// The card: what is recorded, when, on which side, and what that means for pain in the region.
hooks::Card card(const rules::Concepts& concepts, const Told& told, const sdk::Gaps& gaps,
                 std::chrono::sys_days today);

}  // namespace cdss::hip_replacement
