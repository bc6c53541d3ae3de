#include "plugins/rules/facts/implant.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace cdss::rules {
namespace {

/// All that tells of an arthroplasty, the operations first.
std::vector<const HipEvidence*> all_of(const HipReplacement& hip) {
  std::vector<const HipEvidence*> all;
  for (const auto* list : {&hip.operations, &hip.other_operations, &hip.conditions}) {
    for (const HipEvidence& one : *list) {
      all.push_back(&one);
    }
  }
  return all;
}

/// The later of two, by the last day that each can mean.
std::optional<Days> later(std::optional<Days> a, std::optional<Days> b) {
  return !a || (b && a->last < b->last) ? b : a;
}

bool is_contralateral(const std::vector<const HipEvidence*>& implants, Sides of_implants,
                      const Pains& pains) {
  const bool is_one_side = of_implants.left != of_implants.right;
  const bool is_known = std::ranges::all_of(
      implants, [](const HipEvidence* one) { return one->finding.sides.is_known(); });
  bool has_pain = false;
  for (const Pain& one : pains.all()) {
    if ((one.place & pain::kHipRegion) != 0) {
      has_pain = true;
      if (!are_opposite(one.finding.sides, of_implants)) {
        return false;
      }
    }
  }
  return has_pain && is_one_side && is_known;
}

}  // namespace

Implant Implant::read(const HipReplacement& hip, const Pains& pains, std::chrono::sys_days today) {
  Implant read;
  const auto implants = hip.is_any() ? all_of(hip) : std::vector<const HipEvidence*>{};
  if (implants.empty()) {
    return read;
  }
  read.evidence.push_back(
      {.text = hip.flag == ThaFlag::none ? "hip arthroplasty" : "hip replacement",
       .finding = implants.front()->finding,
       .undoes = Undoes::never});
  read.may_be_late = true;
  for (const auto* list : {&hip.operations, &hip.other_operations}) {
    for (const HipEvidence& one : *list) {
      if (one.finding.days) {
        const auto ago = days_ago(*one.finding.days, today);
        read.latest = later(read.latest, one.finding.days);
        read.is_early = read.is_early || ago.least <= HipReplacementRules::kEarly;
        read.may_be_late = read.may_be_late && ago.most > HipReplacementRules::kEarly;
      }
    }
  }
  for (const HipEvidence* one : implants) {
    read.sides |= one->finding.sides;
  }
  read.is_pain_contralateral = is_contralateral(implants, read.sides, pains);
  if (!read.is_pain_contralateral) {
    read.pain = cdss::rules::all_of({pains.in(pain::kHipRegion), read.evidence});
  }
  return read;
}

}  // namespace cdss::rules
