#include "plugins/treatment_escalation/circumstances.hpp"

namespace cdss::treatment_escalation {
namespace {

constexpr double kLatePregnancyWeeks = 30;  // NSAIDs never from then on; README.md, NS07

}  // namespace

Circumstances Circumstances::read(const OrderRules& rules, const rules::Facts& facts,
                                  const rules::RedFlags& red_flags,
                                  const rules::Likelihood& likelihood,
                                  const rules::Standing& standing) {
  Circumstances read;
  read.red_flags = red_flags;
  read.safety = rules::find_safety(facts, red_flags);
  read.standing = standing;
  read.points_to_psoas =
      likelihood.band == rules::Band::possible || likelihood.band == rules::Band::likely;
  for (const auto id : rules.reasons()) {
    for (const auto& finding : facts.findings.of(id)) {
      read.has_regional_pain = true;
      read.regional_findings.push_back(finding.reference);
    }
  }
  read.has_hip_prosthesis = facts.hip.is_any();
  read.has_hip_replacement = facts.hip.flag != rules::ThaFlag::none;
  read.is_early = facts.hip.is_early;
  read.is_infection_screen_known =
      facts.results.find("crp") != nullptr && facts.results.find("esr") != nullptr;
  const auto weeks = rules::pregnancy_weeks(facts);
  read.is_late_pregnancy = weeks && weeks->most >= kLatePregnancyWeeks;
  read.medicines = facts.medicines;
  return read;
}

}  // namespace cdss::treatment_escalation
