#include "plugins/rules/facts/hip_replacement.hpp"

#include <algorithm>
#include <utility>

namespace cdss::rules {
namespace {

constexpr std::string_view kOperations[] = {"total_hip_arthroplasty", "hip_arthroplasty_any",
                                            "revision_hip_arthroplasty"};
// Their codes are all CPT, so a package without the files under licence has none of them.
constexpr std::string_view kLicensedOperations[] = {"revision_acetabular_component",
                                                    "revision_femoral_component"};
constexpr std::string_view kOtherOperations[] = {"partial_hip_arthroplasty", "hip_resurfacing"};
constexpr std::string_view kComplications[] = {
    "prosthetic_hip_infection",         "prosthetic_hip_loosening",    "prosthetic_hip_dislocation",
    "prosthetic_hip_wear_osteolysis",   "periprosthetic_fracture_hip", "malposition_prosthetic_hip",
    "other_mechanical_complication_hip"};
constexpr std::string_view kOfTheHip[] = {
    "hip_pain",           "hip_stiff_or_limited_rom",
    "hip_contracture",    "clicking_or_snapping_hip",
    "hip_osteoarthritis", "hip_effusion",
};
bool is_one_of(ConceptId id, const std::vector<ConceptId>& ids) {
  return std::ranges::find(ids, id) != ids.end();
}

/// Newest first; what has no day last, in the order of the record.
void sort_by_day(std::vector<HipEvidence>& operations) {
  std::ranges::stable_sort(operations, [](const HipEvidence& a, const HipEvidence& b) {
    if (!a.finding.days || !b.finding.days) {
      return a.finding.days.has_value() && !b.finding.days;
    }
    return std::pair{a.finding.days->last, a.finding.days->first} >
           std::pair{b.finding.days->last, b.finding.days->first};
  });
}

bool may_be_early(const HipEvidence& operation, std::chrono::sys_days today) {
  return operation.finding.days &&
         days_ago(*operation.finding.days, today).least <= HipReplacementRules::kEarly;
}

}  // namespace

std::string_view to_string(ThaFlag flag) {
  constexpr std::string_view kFlags[] = {"none", "pathway", "pathway_early"};
  return kFlags[static_cast<std::size_t>(flag)];
}

std::optional<Days> HipReplacement::latest_on(Sides of) const {
  const auto& dated = flag != ThaFlag::none ? operations : other_operations;
  for (const auto& operation : dated) {  // newest first
    if (operation.finding.days && !are_opposite(operation.finding.sides, of)) {
      return operation.finding.days;
    }
  }
  return std::nullopt;
}

Result<HipReplacementRules> HipReplacementRules::make(const Concepts& concepts, View where) {
  HipReplacementRules rules;
  CDSS_TRY(rules.operations_, concepts.require_all(kOperations, where));
  for (const auto name : kLicensedOperations) {
    if (const auto id = concepts.find(name)) {
      rules.operations_.push_back(*id);
    }
  }
  CDSS_TRY(rules.other_operations_, concepts.require_all(kOtherOperations, where));
  CDSS_TRY(rules.complications_, concepts.require_all(kComplications, where));
  CDSS_TRY(rules.of_the_hip_, concepts.require_all(kOfTheHip, where));
  CDSS_TRY(rules.presence_, concepts.require("presence_artificial_hip", where));
  CDSS_TRY(rules.aftercare_, concepts.require("aftercare_joint_replacement", where));
  return rules;
}

void HipReplacementRules::add_operations(const Findings& findings, HipReplacement& into) const {
  for (const auto& procedure : findings.procedures()) {
    const auto& matches = procedure.matches;
    const auto match_of = [&](const std::vector<ConceptId>& wanted) {
      return std::ranges::find_if(matches,
                                  [&](const auto& one) { return is_one_of(one.id, wanted); });
    };
    auto* list = &into.operations;
    auto match = match_of(operations_);
    if (match == matches.end()) {
      list = &into.other_operations;
      match = match_of(other_operations_);
    }
    if (match != matches.end()) {
      list->push_back({match->id, procedure.finding, procedure.is_in_future});
      list->back().finding.code = match->code;
    }
  }
  sort_by_day(into.operations);
  sort_by_day(into.other_operations);
}

void HipReplacementRules::add_conditions(const Findings& findings, HipReplacement& into) const {
  const auto add = [&](ConceptId id, std::vector<HipEvidence>& list) {
    for (const Finding& finding : findings.possible(id)) {
      list.push_back({.concept_id = id, .finding = finding});
    }
  };
  add(presence_, into.conditions);
  for (const ConceptId id : complications_) {
    add(id, into.conditions);
    add(id, into.complications);
  }
  if (std::ranges::any_of(of_the_hip_, [&](ConceptId id) { return findings.is_possible(id); })) {
    add(aftercare_, into.conditions);
  }
}

HipReplacement HipReplacementRules::assess(const Findings& findings,
                                           std::chrono::sys_days today) const {
  HipReplacement hip;
  add_operations(findings, hip);
  add_conditions(findings, hip);
  const bool is_total = !hip.operations.empty() || !hip.conditions.empty();
  const auto& dated = is_total ? hip.operations : hip.other_operations;
  hip.is_confirmed = std::ranges::any_of(dated, &HipEvidence::is_sure) ||
                     std::ranges::any_of(hip.conditions, &HipEvidence::is_sure);
  if (!dated.empty()) {
    hip.latest = dated.front().finding.days;
  }
  const auto has_early = [&](const std::vector<HipEvidence>& operations) {
    return std::ranges::any_of(
        operations, [&](const HipEvidence& operation) { return may_be_early(operation, today); });
  };
  hip.is_early = has_early(dated);
  hip.has_early_other = has_early(hip.other_operations);
  if (is_total) {
    hip.flag = hip.is_early ? ThaFlag::pathway_early : ThaFlag::pathway;
    hip.may_be_late = !hip.latest || days_ago(*hip.latest, today).most > kEarly;
  }
  for (const auto* list : {is_total ? &hip.operations : &hip.other_operations, &hip.conditions}) {
    for (const HipEvidence& evidence : *list) {
      hip.sides |= evidence.finding.sides;
    }
  }
  return hip;
}

}  // namespace cdss::rules
