#include "plugins/treatment_escalation/step_orders.hpp"

#include <algorithm>
#include <iterator>

#include "plugins/cards/red_flag_card.hpp"

namespace cdss::treatment_escalation {
namespace {

using rules::Step;
using rules::Treatment;

bool has(const std::vector<std::string>& ids, std::string_view id) {
  return std::ranges::find(ids, id) != ids.end();
}

bool is_unknown(const Assessment& assessment, std::string_view result) {
  return has(assessment.step_decision.needed, result) ||
         assessment.facts.results.find(result) == nullptr;
}

/// Markers of infection that would decide and are not known.
void add_markers(std::vector<std::string_view>& orders, const Assessment& assessment) {
  for (const std::string_view marker : {"crp", "esr"}) {
    if (is_unknown(assessment, marker)) {
      orders.push_back(marker);
    }
  }
}

/// A hip arthroplasty where it hurts, for all that is known.
bool has_implant_at_pain(const Assessment& assessment) {
  return assessment.facts.hip.is_any() && !is_pain_on_other_side(assessment);
}

/// The image that comes first. In pregnancy ultrasound alone (IJ10).
std::string_view first_image(const Assessment& assessment) {
  if (!assessment.red_flags.pregnancy.empty()) {
    return "hip_ultrasound";
  }
  return has_implant_at_pain(assessment) ? "hip_radiograph_after_replacement" : "hip_radiograph";
}

void add_analgesics(std::vector<std::string_view>& orders, const Assessment& assessment) {
  const auto& safety = assessment.safety;
  if (safety.may_suggest(Treatment::acetaminophen) && !safety.has("AP05") &&
      !assessment.facts.is_low_back_pain_alone()) {
    orders.push_back(safety.has("AP02") ? "acetaminophen_lower" : "acetaminophen");
  }
  if (safety.may_suggest(Treatment::nsaid)) {
    orders.push_back(safety.has("NS09") ? "ibuprofen_lower" : "ibuprofen");
  }
}

/// The tests that a red flag or prompt asks for, each once. In pregnancy none with X-rays.
void add_tests(std::vector<std::string_view>& orders, const std::vector<std::string>& ids,
               const Assessment& assessment) {
  constexpr std::string_view kWithXrays[] = {"hip_radiograph", "femur_radiographs"};
  for (const std::string_view id : ids) {
    const bool is_radiograph = std::ranges::find(kWithXrays, id) != std::end(kWithXrays);
    if (is_radiograph && !assessment.red_flags.pregnancy.empty()) {
      continue;
    }
    const auto meant = id == "hip_radiograph" ? first_image(assessment) : id;
    if (std::ranges::find(orders, meant) == orders.end()) {
      orders.push_back(meant);
    }
  }
}

/// Of a red flag: the referral, and the tests of each.
void add_urgent(std::vector<std::string_view>& orders, const Assessment& assessment) {
  const bool is_emergency = cards::indicator_of(assessment.red_flags) == hooks::Indicator::critical;
  orders.push_back(is_emergency ? "emergency_referral" : "urgent_referral");
  if (assessment.red_flags.has("RF02")) {
    add_markers(orders, assessment);
  }
  for (const auto& flag : assessment.red_flags.fired) {
    add_tests(orders, flag.row->orders, assessment);
  }
}

/// Is physical therapy recorded, so that no referral is needed?
bool is_in_therapy(const Assessment& assessment) {
  return assessment.step_decision.therapy && assessment.step_decision.therapy->least >= 1;
}

/// Of the steps with physical therapy: what would open the next step stands behind.
void add_conservative(std::vector<std::string_view>& orders, const Assessment& assessment) {
  const auto& step_decision = assessment.step_decision;
  if (!is_in_therapy(assessment)) {
    orders.push_back(assessment.facts.hip.is_any() ? "physical_therapy_after_replacement"
                                                   : "physical_therapy");
  }
  if (assessment.facts.hip.is_any()) {
    add_markers(orders, assessment);
  }
  const bool is_imaged =
      !has(step_decision.needed, "imaging_done") && !has(step_decision.unmet, "imaging_done");
  const bool has_had_therapy =
      !has(step_decision.needed, "pt_weeks") && !has(step_decision.unmet, "pt_weeks");
  if (!is_imaged && (has_implant_at_pain(assessment) || has_had_therapy)) {
    orders.push_back(first_image(assessment));
  }
}

/// The Conditions that the band's rows rest on, those of pain first.
std::vector<const rules::Finding*> conditions_of(const Assessment& assessment) {
  std::vector<const rules::Finding*> found;
  const auto add = [&](const rules::Finding& finding) {
    const bool is_condition = finding.reference.starts_with("Condition/");
    const bool is_there = std::ranges::any_of(
        found, [&](const auto* known) { return known->reference == finding.reference; });
    if (is_condition && !is_there) {
      found.push_back(&finding);
    }
  };
  for (const auto& reason : assessment.red_flags.pain) {
    add(reason.finding);
  }
  for (const auto& contribution : assessment.likelihood.contributions) {
    if (contribution.row != nullptr && contribution.row->is_site) {
      std::ranges::for_each(contribution.evidence, add);
    }
  }
  return found;
}

}  // namespace

bool is_pain_on_other_side(const Assessment& assessment) {
  rules::Sides of_pain;
  for (const auto& reason : assessment.red_flags.pain) {
    of_pain |= reason.finding.sides;
  }
  const auto& hip = assessment.facts.hip;
  auto of_implant = hip.sides;
  for (const auto& other : hip.other_operations) {
    of_implant |= other.finding.sides;
  }
  return rules::are_opposite(of_pain, of_implant);
}

std::vector<std::string_view> orders_of_step(const Assessment& assessment, bool suggest_medicines) {
  std::vector<std::string_view> orders;
  switch (assessment.step_decision.step) {
    case Step::L0:
      if (assessment.red_flags.any()) {
        add_urgent(orders, assessment);
      }
      for (const auto& prompt : assessment.prompts.fired) {
        add_tests(orders, prompt.row->orders, assessment);
      }
      break;
    case Step::L1:
      add_conservative(orders, assessment);
      break;
    case Step::L2:
      add_conservative(orders, assessment);
      if (suggest_medicines) {
        add_analgesics(orders, assessment);
      }
      break;
    case Step::L3:
      if (!assessment.safety.withholds(Treatment::injection) &&
          assessment.likelihood.other_causes.empty()) {
        orders.push_back("diagnostic_injection");
      }
      if (has_implant_at_pain(assessment) && assessment.red_flags.pregnancy.empty()) {
        orders.push_back("hip_mri_after_replacement");
      }
      break;
    case Step::L4:
      orders.push_back("orthopaedic_referral");
      break;
    case Step::LX:
      break;
  }
  return orders;
}

void add_reasons(OrderContext& context, const Assessment& assessment) {
  constexpr std::size_t kMost = 3;
  for (const auto* finding : conditions_of(assessment)) {
    context.sides |= finding->sides;
    if (context.reasons.size() < kMost) {
      context.reasons.push_back({.reference = finding->reference, .codeable_concept = {}});
    }
  }
}

}  // namespace cdss::treatment_escalation
