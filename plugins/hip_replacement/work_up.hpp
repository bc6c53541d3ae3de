#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/red_flags/red_flag_rules.hpp"

namespace cdss::hip_replacement {

/// A cut-off of a marker of infection, and how its newest value stands to it.
struct CutOff {
  double limit;                  ///< in the unit of the marker's definition
  bool is_early;                 ///< for the first 90 days after an operation, else for later
  std::optional<bool> is_above;  ///< none when a comparator leaves it open
};

/// CRP or ESR as it is known today.
struct Marker {
  const rules::ResultDefinition* definition;
  const rules::ResultValue* value;  ///< null when it is not known
  /// A value from before the latest operation, which tells nothing of the joint as it is now; null
  /// when there is none.
  const rules::ResultValue* before_operation;
  /// Of each phase that the latest operation may lie in. None without a value, nor for ESR early.
  std::vector<CutOff> cut_offs;

  bool is_known() const { return value != nullptr; }
};

/// The radiograph that tells most of an implant.
struct Radiograph {
  rules::ConceptId view;  ///< e.g. xray_hip_crosstable_lateral
  rules::Finding finding;
  /// Whether it can show the implant; else why not.
  enum class Shows { implant, no_day, other_side, before_operation } shows;
};

/// How far the implant of a side was imaged.
struct SideImage {
  rules::Sides side;  ///< of the implant; both or none only when there is but one image to tell of
  std::optional<Radiograph> radiograph;
};

/// What is looked up for pain after a hip replacement. Borrows the facts.
/// Source: README.md, HR-12 to HR-14.
struct WorkUp {
  Marker crp;
  Marker esr;
  const rules::ResultValue* white_cells;  ///< null when they are not known
  std::vector<SideImage> images;          ///< one, or of two implants the left and the right
  const rules::ItemAnswer* overhang;      ///< of the cup, in mm; null when it is not known
  bool is_overhang_of_old = false;        ///< recorded before the latest operation

  /// Does a radiograph show the implant, each of them where there are two.
  bool has_radiograph() const;
  /// What is not known, as an assessment names it: "crp", "esr", "radiograph".
  std::vector<std::string_view> missing() const;
};

/// @param limits  of which the cut-offs of infection are taken.
/// @param views   the concepts of radiographs that show a hip.
WorkUp look_up(const rules::RedFlagLimits& limits, const rules::Facts& facts,
               std::span<const rules::ConceptId> views);

}  // namespace cdss::hip_replacement
