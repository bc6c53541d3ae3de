#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/terminology/concepts.hpp"

namespace cdss::rules {

/// How soon a red flag has to be acted on.
enum class Urgency : std::uint8_t {
  urgent,     ///< the same day, or as soon as it can be had
  emergency,  ///< now
};

/// One red flag: what fires it, and what it asks for.
struct RedFlagRow {
  std::string id;      ///< "RF01"
  std::string text;    ///< what is to be excluded, in words
  std::string brief;   ///< the same for a summary: "a fracture of the hip or femur"
  std::string action;  ///< what to do, for people
  Urgency urgency = Urgency::urgent;
  std::vector<ConceptId> concepts;   ///< that fire it by themselves when they are coded
  std::vector<std::string> words;    ///< of each concept, for people; as many as `concepts`
  bool is_acute = false;             ///< a coded one counts for 30 days
  bool is_injury = false;            ///< codes of aftercare do not fire it
  std::vector<std::string> forbids;  ///< kinds of order: "nsaid", "injection", "exercise"
  std::string trigger;               ///< the pattern that also fires it, in words
  std::string grade;
  std::vector<std::string> sources;
};

/// The limits that patterns compare with. Units as in results.json.
struct RedFlagLimits {
#define CDSS_LIMIT(type, name) type name = 0;
#include "plugins/rules/red_flags/red_flag_limits.def"
#undef CDSS_LIMIT
};

/// The red flags as data. Constant once read, Thread-safe.
struct RedFlagRules {
  std::vector<RedFlagRow> rows;
  RedFlagLimits limits;

  /// Reads red-flags.json: `{limits: {name: number}, rows: [{id, text, action, urgency, concepts:
  /// [{concept, text}], acute, injury, forbids, trigger, grade, sources}]}`.
  /// Errors: Errc::missing, Errc::malformed; a row RF01 to RF19 that is not there is missing.
  static Result<RedFlagRules> read(const Concepts& concepts, View knowledge);
};

}  // namespace cdss::rules
