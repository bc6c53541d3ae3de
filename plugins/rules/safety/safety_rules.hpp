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
  /// False when there are no verified codes for what it asks: it never holds, and a person has to
  /// look.
  bool is_executable = true;
  /// It always holds, and is never listed: AP01, IJ11.
  bool is_always = false;
  std::string text;    ///< why, in words: "eGFR below 30 mL/min/1.73 m²"
  std::string advice;  ///< what follows, for people
  /// What follows when the rule holds as a caution only; empty: the same as `advice`.
  std::string advice_in_caution;
  std::string grade;
  std::vector<std::string> sources;
};

/// The limits that the safety rules compare with. Units as in results.json.
struct SafetyLimits {
#define CDSS_LIMIT(type, name) type name = 0;
#include "plugins/rules/safety/safety_limits.def"
#undef CDSS_LIMIT
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
