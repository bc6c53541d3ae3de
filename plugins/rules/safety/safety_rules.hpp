#pragma once

#include <cstdint>
#include <optional>
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
  caution,   ///< shown; the clinician chooses
  withhold,  ///< that treatment is not suggested: it has to be weighed first
  avoid,     ///< it is not suggested, and better not used
};

std::string_view to_string(Treatment treatment);
std::string_view to_string(Effect effect);
/// As to_string gives it; none for another text.
std::optional<Effect> effect_of(std::string_view text);

/// One safety rule as data.
struct SafetyRow {
  std::string id;  ///< "NS01"
  Treatment treatment = Treatment::nsaid;
  Effect effect = Effect::caution;  ///< at its strongest: NS03 of a past ulcer is weaker
  /// It always holds, and is never listed: AP01, IJ11.
  bool is_always = false;
  std::string text;    ///< why, in words: "eGFR below 30 mL/min/1.73 m²"
  std::string advice;  ///< what follows, for people
  /// What follows when the rule holds with a weaker effect; empty: the same as `advice`.
  std::string advice_when_weaker;
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

  /// Reads safety.json: `{limits: {name: number}, rows: [{id, treatment, effect, always,
  /// text, advice, advice_when_weaker, grade, sources}]}`; `always` is false when absent. Errors: Errc::missing, also for a rule that code gives and no row has;
  /// Errc::malformed.
  static Result<SafetyRules> read(View knowledge);

  const SafetyRow* find(std::string_view id) const { return find_by_id(rows, id); }
};

}  // namespace cdss::rules
