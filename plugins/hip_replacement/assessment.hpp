#pragma once

#include <string>
#include <vector>

#include "plugins/cards/assessment.hpp"
#include "plugins/hip_replacement/work_up.hpp"
#include "plugins/sdk/request.hpp"

namespace cdss::hip_replacement {

/// What the card tells of: a record with a hip arthroplasty of any kind.
struct Assessment : cards::Assessment {
  WorkUp work_up;
  std::vector<rules::HipEvidence> pain;  ///< coded regional pain, each with its concept
  /// Coded pain in the groin or hip, the only pain whose side is held against the implant's.
  std::vector<rules::HipEvidence> hip_pain;
  sdk::KeyState procedures;  ///< how far operations could be seen

  /// What a concept is called on the card.
  std::string name_of(rules::ConceptId id) const;
};

}  // namespace cdss::hip_replacement
