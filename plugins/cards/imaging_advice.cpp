#include "plugins/cards/imaging_advice.hpp"

#include <algorithm>
#include <string_view>

namespace cdss::cards {
namespace {

bool has_poor_kidneys(const Assessment& assessed) {
  constexpr double kContrastEgfr = 30;  // references.json [78]
  const auto& facts = assessed.facts;
  const auto& named = facts.definitions.named;
  return !facts.below("egfr", kContrastEgfr).empty() ||
         facts.findings.is_possible(named.ckd_stage_4_or_5) ||
         facts.findings.is_possible(named.acute_kidney_injury);
}

/// Is the patient bleeding or collapsing, so that the image does not wait for anything?
bool is_unstable(const Assessment& assessed, const rules::RedFlag& flag) {
  const auto& limits = assessed.knowledge.red_flags.limits;
  const bool is_falling = std::ranges::any_of(flag.reasons, [](const rules::Reason& one) {
    return one.text.find(", fallen from ") != std::string::npos;
  });
  return is_falling ||
         !assessed.facts.below("systolic_bp", limits.systolic_aneurysm, limits.systolic_now_days)
              .empty();
}

/// The id of the text for the image; empty when the usual one is right.
std::string_view advice(const Assessment& assessed) {
  if (!assessed.red_flags.pregnancy.empty()) {
    return "imaging.pregnant";
  }
  if (assessed.red_flags.may_be_pregnant) {
    return "imaging.pregnancy-open";
  }
  return has_poor_kidneys(assessed) ? "imaging.kidney" : std::string_view{};
}

}  // namespace

std::string action_of(const Assessment& assessed, const rules::RedFlag& flag) {
  constexpr std::string_view kImaging = "{imaging}";
  const auto& row = *flag.row;
  std::string action = row.action;
  const auto at = action.find(kImaging);
  if (at == std::string::npos) {
    return action;
  }
  std::string image = row.imaging;
  const auto id = advice(assessed);
  if (row.id == "RF03" && is_unstable(assessed, flag)) {
    image = assessed.texts().of("imaging.unstable");
  } else if (row.id == "RF09" && id == "imaging.pregnant") {
    image = assessed.texts().of("imaging.pregnant.abdomen");
  } else if (row.id != "RF10" && !id.empty()) {
    image = assessed.texts().of(id, {{"usual", image}});
  }
  return action.replace(at, kImaging.size(), image);
}

std::string imaging_of(const Assessment& assessed, const rules::PromptRow& row) {
  const auto id = advice(assessed);
  return !row.advises_imaging || id.empty() ? std::string{}
                                            : assessed.texts().of(id, {{"usual", "MRI or CT"}});
}

}  // namespace cdss::cards
