#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/view.hpp"
#include "plugins/rules/reason.hpp"
#include "plugins/rules/red_flags.hpp"

namespace cdss::rules {

struct Facts;

/// What a safety rule speaks of.
enum class Treatment : std::uint8_t { nsaid, acetaminophen, injection };

/// What a safety rule says.
enum class Effect : std::uint8_t {
  caution,  ///< shown; the clinician chooses
  avoid,    ///< that treatment is not suggested
};

/// One safety rule as data.
struct SafetyRow {
  std::string id;  ///< "NS01"
  Treatment treatment = Treatment::nsaid;
  std::string text;    ///< why, in words: "eGFR below 30"
  std::string advice;  ///< what follows, for people
  std::string grade;
  std::vector<std::string> sources;
};

/// The safety rules as data. Constant once read, Thread-safe.
struct SafetyRules {
  std::vector<SafetyRow> rows;
  // limits: see safety.json
  double egfr_avoid = 0;      ///< NS01
  double egfr_caution = 0;    ///< NS02, NS10
  int older_age = 0;          ///< NS09
  int avoid_weeks = 0;        ///< NS07
  double platelets = 0;       ///< IJ08
  double crp_raised = 0;      ///< IJ01
  double esr_raised = 0;      ///< IJ01
  int arthroplasty_days = 0;  ///< IJ05, IJ12 (at most), IJ07 (less than)
  int most_injections = 0;    ///< IJ07
  int egfr_age = 0;           ///< from this age on an NSAID is suggested only with a known eGFR

  /// Reads safety.json. Errors: Errc::missing, also for a rule that code gives and no row has;
  /// Errc::malformed.
  static Result<SafetyRules> read(View knowledge);

  const SafetyRow* find(std::string_view id) const;
};

/// A rule that holds for this patient, and on what it rests.
struct SafetyFinding {
  const SafetyRow* row;  ///< borrowed from the rules
  Effect effect;
  Reasons reasons;
};

/// The safety rules that hold, in the order of their rows.
struct Safety {
  std::vector<SafetyFinding> found;
  /// What would have to be known before an NSAID, or acetaminophen, can be suggested: ids such as
  /// "allergies", "egfr", "pregnancy_status", "unreadable_medicine"; empty when all is known.
  std::vector<std::string_view> unknown_for_nsaid;
  std::vector<std::string_view> unknown_for_acetaminophen;

  bool has(std::string_view id) const;
  /// Is there a rule that says to avoid it?
  bool avoids(Treatment treatment) const;
  /// May it be suggested: no rule says avoid, and all that has to be known is known.
  bool may_suggest(Treatment treatment) const;
};

/// Finds them. Unknown is never taken for safe. Thread-safe.
/// Source: plugins/rules/README.md, "Safety".
Safety find_safety(const Facts& facts, const RedFlags& red_flags);

}  // namespace cdss::rules
