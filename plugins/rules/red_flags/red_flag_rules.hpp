#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/facts/fact_definitions.hpp"

namespace cdss::rules {

/// How soon a red flag has to be acted on.
enum class Urgency : std::uint8_t {
  urgent,     ///< the same day, or as soon as it can be had
  emergency,  ///< now
};

/// An examination item that clears a pattern while it is no older than that.
struct Clearing {
  std::string item;  ///< empty when nothing clears it
  int days = 0;
};

/// One red flag: what fires it, and what it asks for.
struct RedFlagRow {
  std::string id;      ///< "RF01"
  std::string text;    ///< what is to be excluded, in words
  std::string brief;   ///< the same for a summary: "a fracture of the hip or femur"
  std::string action;  ///< what to do, for people; "{imaging}" stands for the image
  std::string
      imaging;  ///< which image, unless pregnancy or the kidneys ask for another; may be empty
  Urgency urgency = Urgency::urgent;
  std::vector<ConceptId> concepts;  ///< that fire it by themselves when they are coded
  std::vector<std::string> words;   ///< of each concept, for people; as many as `concepts`
  bool is_acute = false;            ///< a coded one counts for 30 days
  bool is_injury = false;           ///< codes of aftercare do not fire it
  bool is_chronic = false;  ///< a coded one of more than a year ago counts with new pain only
  Clearing cleared_by;      ///< clears its patterns, never what is coded
  std::vector<std::string> forbids;  ///< kinds of order: "nsaid", "injection", "exercise"
  std::vector<std::string> orders;   ///< ids of tests to offer
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
  std::vector<std::string> order;  ///< ids, what leads a card first

  /// Reads red-flags.json: `{limits: {name: number}, order: [id], rows: [{id, text, short, action, imaging,
  /// urgency, concepts: [{concept, text}], acute, injury, chronic, cleared_by: {item, days}, forbids,
  /// orders, trigger, grade, sources}]}`.
  /// Errors: Errc::missing, also for an item that is not defined; Errc::malformed; a row RF01 to RF19
  /// that is not there, or not in `order`, is missing.
  static Result<RedFlagRules> read(const FactDefinitions& definitions, View knowledge);
};

/// `{item, days}` at a member of the row; empty when it is absent.
/// Errors: Errc::missing, Errc::malformed.
Result<Clearing> read_clearing(const FactDefinitions& definitions, View row,
                               std::string_view member);

}  // namespace cdss::rules
