#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {

/// What a safety rule speaks of.
enum class Treatment : std::uint8_t { nsaid, acetaminophen, injection };

/// What a safety rule says.
enum class Effect : std::uint8_t {
  caution,  ///< shown; the clinician chooses
  avoid,    ///< that treatment is not suggested
};

std::string_view to_string(Treatment treatment);
std::string_view to_string(Effect effect);

/// One safety rule as data.
struct SafetyRow {
  std::string id;  ///< "NS01"
  Treatment treatment = Treatment::nsaid;
  Effect effect = Effect::caution;  ///< at its strongest: NS03 of a past ulcer is a caution
  /// False: what it asks for has no verified codes, so that it never holds and a person has to
  /// look.
  bool is_executable = true;
  /// It always holds, and is never listed: AP01, IJ11.
  bool is_always = false;
  std::string text;    ///< why, in words: "eGFR below 30 mL/min/1.73 m²"
  std::string advice;  ///< what follows, for people
  /// What follows when it is a caution though at its strongest it says avoid; empty: as `advice`.
  std::string advice_in_caution;
  std::string grade;
  std::vector<std::string> sources;
};

/// The limits that the safety rules compare with. Units as in results.json.
struct SafetyLimits {
  double egfr_avoid = 0;       ///< NS01: below it
  double egfr_caution = 0;     ///< NS02, NS10: below it
  int older_age = 0;           ///< NS09: from this age on
  int avoid_weeks = 0;         ///< NS07: from this week of pregnancy on
  double platelets = 0;        ///< IJ08: below it
  double crp_raised = 0;       ///< IJ01: above it
  double esr_raised = 0;       ///< IJ01: above it
  int arthroplasty_days = 0;   ///< IJ05: a hip replacement planned in at most so many days
  int injection_days = 0;      ///< IJ07: less since the last injection
  int most_injections = 0;     ///< IJ07: from this number on
  int egfr_age = 0;            ///< from this age on an NSAID is suggested only with a known eGFR
  int pregnancy_age_from = 0;  ///< from this age to the next, but for a man, only with a known
  int pregnancy_age_to = 0;    ///< pregnancy status
};

/// The safety rules as data. Constant once read, Thread-safe.
struct SafetyRules {
  std::vector<SafetyRow> rows;
  SafetyLimits limits;

  /// Reads safety.json: `{limits: {name: number}, rows: [{id, treatment, effect, executable,
  /// always, text, advice, advice_in_caution, grade, sources}]}`; `executable` is true and `always`
  /// false when absent. Errors: Errc::missing, also for a rule that code gives and no row has;
  /// Errc::malformed.
  static Result<SafetyRules> read(View knowledge);

  const SafetyRow* find(std::string_view id) const { return find_by_id(rows, id); }
};

}  // namespace cdss::rules
