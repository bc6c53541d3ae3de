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
  Marker marker{.definition = rules::find_by_id(facts.definitions.results, id),
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

Radiograph::Shows what_it_shows(const rules::Finding& finding, const rules::HipReplacement& hip,
                                rules::Sides side) {
  if (rules::are_opposite(finding.sides, side)) {
    return Radiograph::Shows::other_side;
  }
  if (!finding.days) {
    return Radiograph::Shows::no_day;
  }
  const auto latest = hip.latest_on(side);
  return latest && finding.days->last < latest->first ? Radiograph::Shows::before_operation
                                                      : Radiograph::Shows::implant;
}

/// The newest that can show the implant of that side; else the newest of the others.
std::optional<Radiograph> radiograph_of(const rules::Facts& facts,
                                        std::span<const rules::ConceptId> views,
                                        rules::Sides side) {
  const auto rank = [](const Radiograph& one) {
    const auto& days = one.finding.days;
    return std::tuple{one.shows == Radiograph::Shows::implant, days.has_value(),
                      days ? days->last : std::chrono::sys_days{},
                      days ? days->first : std::chrono::sys_days{}};
  };
  std::optional<Radiograph> best;
  for (const auto view : views) {
    for (const auto& finding : facts.findings.performed(view)) {
      Radiograph one{
          .view = view, .finding = finding, .shows = what_it_shows(finding, facts.hip, side)};
      if (!best || rank(*best) < rank(one)) {
        best = std::move(one);
      }
    }
  }
  return best;
}

/// Of each implant: one, or the left and the right.
std::vector<SideImage> images_of(const rules::Facts& facts,
                                 std::span<const rules::ConceptId> views) {
  const auto& sides = facts.hip.sides;
  if (!(sides.left && sides.right)) {
    return {{.side = sides, .radiograph = radiograph_of(facts, views, sides)}};
  }
  std::vector<SideImage> images;
  for (const auto side :
       {rules::Sides{.left = true, .right = false}, rules::Sides{.left = false, .right = true}}) {
    auto radiograph = radiograph_of(facts, views, side);
    if (radiograph && radiograph->shows == Radiograph::Shows::other_side) {
      radiograph.reset();  // told of that side
    }
    images.push_back({.side = side, .radiograph = std::move(radiograph)});
  }
  return images;
}

}  // namespace

bool WorkUp::has_radiograph() const {
  return std::ranges::all_of(images, [](const SideImage& image) {
    return image.radiograph && image.radiograph->shows == Radiograph::Shows::implant;
  });
}

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

WorkUp look_up(const rules::RedFlagLimits& limits, const rules::Facts& facts,
               std::span<const rules::ConceptId> views) {
  const auto* overhang = facts.items.find("cup_overhang_mm");
  return {
      .crp = marker_of(facts, "crp", {.early = limits.crp_early, .late = limits.crp_late}),
      .esr = marker_of(facts, "esr", {.early = std::nullopt, .late = limits.esr_late}),
      .white_cells = facts.results.find("wbc"),
      .images = images_of(facts, views),
      .overhang = overhang,
      .is_overhang_of_old = overhang != nullptr && facts.hip.is_before_latest(overhang->finding)};
}

}  // namespace cdss::hip_replacement
