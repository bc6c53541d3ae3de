#pragma once

#include <string>
#include <vector>

#include "plugins/hip_replacement/work_up.hpp"
#include "plugins/rules/facts.hpp"
#include "plugins/rules/red_flags.hpp"
#include "plugins/sdk/gaps.hpp"
#include "plugins/sdk/request.hpp"

namespace cdss::hip_replacement {

/// What the card tells of. Borrowed.
struct Assessment {
  const rules::Facts& facts;  ///< with a hip arthroplasty of any kind
  const rules::RedFlags& red_flags;
  const WorkUp& work_up;
  const std::vector<rules::HipEvidence>& pain;  ///< coded regional pain, each with its concept
  /// Coded pain in the groin or hip, the only pain whose side is held against the implant's.
  const std::vector<rules::HipEvidence>& hip_pain;
  sdk::KeyState procedures;  ///< how far operations could be seen
  const sdk::Gaps& gaps;

  const rules::Texts& texts() const { return facts.knowledge.texts; }
  /// What a concept is called on the card.
  std::string name_of(rules::ConceptId id) const;
};

}  // namespace cdss::hip_replacement
