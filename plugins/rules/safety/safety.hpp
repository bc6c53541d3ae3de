#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"
#include "plugins/rules/safety/safety_rules.hpp"

namespace cdss::rules {

/// A rule that holds for this patient, and on what it rests.
struct SafetyFinding {
  const SafetyRow* row;  ///< borrowed from the rules
  Effect effect;
  Reasons reasons;  ///< never empty

  /// What to do about it, at this effect.
  const std::string& advice() const;
};

/// The safety rules that hold, in the order of their rows.
struct Safety {
  std::vector<SafetyFinding> found;
  /// What would have to be known before an NSAID, or acetaminophen, can be suggested; empty when
  /// all is known: "adult_age", "conditions", "medications", "allergies", "unread_condition",
  /// "unreadable_medicine", "unreadable_allergy"; for an NSAID also "results", "egfr", "pregnancy_status".
  std::vector<std::string_view> unknown_for_nsaid;
  std::vector<std::string_view> unknown_for_acetaminophen;
  /// Of "crp" and "esr", those of which it is not known on which side of its limit the value is. The
  /// ladder and an injection ask for both after a hip arthroplasty of any kind.
  std::vector<std::string_view> unknown_markers;

  bool has(std::string_view id) const;
  /// Is there a rule that says to avoid or to withhold it?
  bool withholds(Treatment treatment) const;
  /// May it be suggested: no rule withholds it, and all that has to be known is known. For an
  /// injection the ladder decides what has to be known.
  bool may_suggest(Treatment treatment) const;
};

/// Finds them. Unknown is never taken for safe. Thread-safe.
/// Source: plugins/rules/README.md, "Safety".
///
/// @param medicines  those that are, or may be, taken: of the facts, or with those of drafts.
Safety find_safety(const SafetyRules& rules, const Facts& facts, const Medicines& medicines,
                   const RedFlags& red_flags);

}  // namespace cdss::rules
