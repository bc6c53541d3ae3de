#include "plugins/hip_replacement/work_up.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cdss::hip_replacement {
namespace {

/// The limits of a marker in the two phases; none where a phase has no cut-off.
struct Limits {
  std::optional<double> early;
  std::optional<double> late;
};

Marker marker_of(const rules::Facts& facts, std::string_view id, const Limits& limits) {
  const auto& hip = facts.hip;
  Marker marker{
      .definition = &*std::ranges::find(facts.knowledge.results, id, &rules::ResultDefinition::id),
      .value = facts.results.find(id),
      .before_operation = nullptr,
      .cut_offs = {}};
  if (marker.value != nullptr && hip.is_before_latest(marker.value->finding)) {
    marker.before_operation = std::exchange(marker.value, nullptr);
  }
  const auto add = [&](bool may_apply, std::optional<double> limit, bool is_early) {
    if (may_apply && limit && marker.value != nullptr) {
      marker.cut_offs.push_back(
          {.limit = *limit, .is_early = is_early, .is_above = marker.value->is_above(*limit)});
    }
  };
  add(hip.flag == rules::ThaFlag::pathway_early, limits.early, true);
  add(hip.may_be_late, limits.late, false);
  return marker;
}

Radiograph::Shows what_it_shows(const rules::Finding& finding, const rules::HipReplacement& hip) {
  if (rules::are_opposite(finding.sides, hip.sides)) {
    return Radiograph::Shows::other_side;
  }
  if (!finding.days) {
    return Radiograph::Shows::no_day;
  }
  return hip.is_before_latest(finding) ? Radiograph::Shows::before_operation
                                       : Radiograph::Shows::implant;
}

/// The newest that can show the implant; else the newest of the others.
std::optional<Radiograph> radiograph_of(const rules::Facts& facts,
                                        std::span<const rules::ConceptId> views) {
  const auto rank = [](const Radiograph& one) {
    const auto& days = one.finding.days;
    return std::tuple{one.shows == Radiograph::Shows::implant, days.has_value(),
                      days ? days->last : std::chrono::sys_days{},
                      days ? days->first : std::chrono::sys_days{}};
  };
  std::optional<Radiograph> best;
  for (const auto view : views) {
    for (const auto& finding : facts.findings.performed(view)) {
      Radiograph one{.view = view, .finding = finding, .shows = what_it_shows(finding, facts.hip)};
      if (!best || rank(*best) < rank(one)) {
        best = std::move(one);
      }
    }
  }
  return best;
}

}  // namespace

std::vector<std::string_view> WorkUp::missing() const {
  std::vector<std::string_view> missing;
  for (const auto* marker : {&crp, &esr}) {
    if (!marker->is_known()) {
      missing.push_back(marker->definition->id);
    }
  }
  if (!has_radiograph()) {
    missing.emplace_back("radiograph");
  }
  return missing;
}

WorkUp look_up(const rules::Facts& facts, std::span<const rules::ConceptId> views) {
  const auto& limits = facts.knowledge.red_flags.limits;
  const auto* overhang = facts.items.find("cup_overhang_mm");
  return {
      .crp = marker_of(facts, "crp", {.early = limits.crp_early, .late = limits.crp_late}),
      .esr = marker_of(facts, "esr", {.early = std::nullopt, .late = limits.esr_late}),
      .white_cells = facts.results.find("wbc"),
      .radiograph = radiograph_of(facts, views),
      .overhang = overhang,
      .is_overhang_of_old = overhang != nullptr && facts.hip.is_before_latest(overhang->finding)};
}

}  // namespace cdss::hip_replacement
