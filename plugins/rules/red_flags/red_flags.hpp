#pragma once

#include <string_view>
#include <vector>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/red_flags/red_flag_rules.hpp"

namespace cdss::rules {

/// A red flag that fires, and on what.
struct RedFlag {
  const RedFlagRow* row;  ///< borrowed from the rules
  Reasons reasons;        ///< never empty
  bool is_coded = false;  ///< it stands in the record as a diagnosis
};

/// The red flags of a record, what leads a card first.
struct RedFlags {
  std::vector<RedFlag> fired;
  /// Pain of the region: groin, hip, low back, thigh, pelvis, lower quadrant or flank.
  Reasons pain;
  /// Measured within 7 days, or coded within 14. Other rules ask for it.
  Reasons fever;
  /// Not known to be pregnant, and not known not to be able to be.
  bool may_be_pregnant = false;
  /// Osteonecrosis of a hip that was not replaced, coded more than a year ago, with no new pain.
  Reasons known_osteonecrosis;
  /// Pregnant today: coded within 300 days, or the newest pregnancy status says so.
  Reasons pregnancy;

  bool any() const { return !fired.empty(); }
  bool has(std::string_view id) const;
};

/// Finds them. What is not known fires nothing and clears nothing. Thread-safe.
/// Source: plugins/rules/README.md, "Red flags".
RedFlags find_red_flags(const RedFlagRules& rules, const Facts& facts);

/// An anticoagulant: one of these medicines, or coded.
Reasons anticoagulants_of(const Facts& facts, const Medicines& medicines);

}  // namespace cdss::rules
