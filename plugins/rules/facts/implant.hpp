#pragma once

#include <chrono>
#include <optional>

#include "plugins/rules/facts/hip_replacement.hpp"
#include "plugins/rules/facts/pains.hpp"
#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/terminology/named_concepts.hpp"

namespace cdss::rules {

/// A hip arthroplasty of any kind, total, partial or resurfacing, as red flags, prompts and the
/// ladder look at it. Source: plugins/rules/README.md, "Implant".
struct Implant {
  Reasons evidence;  ///< one that stands for all; empty without an implant
  Sides sides;       ///< of all that tell of one
  /// Days of the latest operation; none when no day is known.
  std::optional<Days> latest;
  bool is_early = false;     ///< an operation may lie at most 90 days back
  bool may_be_late = false;  ///< there is one, and perhaps no operation in the last 90 days
  /// Every pain of the hip region has a known side, and none is on the one known side of the
  /// implants. False when there is no such pain.
  bool is_pain_contralateral = false;
  Reasons pain;  ///< pain of the hip region beside an implant, not contralateral; or empty

  static Implant read(const HipReplacement& hip, const Pains& pains, std::chrono::sys_days today);

  bool is_any() const { return !evidence.empty(); }
  /// Was it surely found before the latest operation? Then it says nothing of the joint as it is.
  bool is_before_latest(const Finding& finding) const {
    return finding.days && latest && finding.days->last < latest->first;
  }
};

}  // namespace cdss::rules
