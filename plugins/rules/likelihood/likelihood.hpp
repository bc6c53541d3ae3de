#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/likelihood/caps.hpp"
#include "plugins/rules/likelihood/half_points.hpp"
#include "plugins/rules/likelihood/score_rules.hpp"

namespace cdss::rules {

/// How far the recorded data point to psoas syndrome: an ordinal band, not a probability and not
/// validated. Spelled as in the assessment, but for "not-assessed".
enum class Band : std::uint8_t { not_assessed, unlikely, possible, likely };

std::string_view to_string(Band band);

/// What one row added to the score, or what a group's bound took back.
struct Contribution {
  std::string id;                     ///< of the row; "exam.max" or "exam.min" of a group's bound
  const ScoreRow* row = nullptr;      ///< null for a bound; borrowed from the rules
  const ScoreGroup* bound = nullptr;  ///< null for a row
  HalfPoints points;                  ///< for a bound: what brings the sum to it
  bool is_absence = false;            ///< looked for and not found
  bool is_other_side = false;         ///< with a hip replacement: found on the other side
  std::vector<Finding> evidence;      ///< empty for a bound
  std::vector<const ItemDefinition*> items;  ///< local items that were found, or looked for
  std::string_view why_uncounted;            ///< why a row with points adds none here; else empty
};

/// An examination item that is not recorded, and what it would make of the band.
struct NextExamination {
  const ItemDefinition* item;
  Band if_present;
  Band if_absent;
  HalfPoints span;  ///< how far apart the two scores are; more than 0

  /// Could it change the band?
  bool changes(Band now) const { return if_present != now || if_absent != now; }
};

/// The reading of one record.
struct Likelihood {
  Band band = Band::not_assessed;
  Band raw_band = Band::not_assessed;       ///< before any cap
  std::vector<Cap> caps;                    ///< what holds it at possible, by id
  std::vector<std::string> other_causes;    ///< ids of CX01 to CX06 that hold, whatever the band
  HalfPoints score;                         ///< the sum of `contributions`
  std::vector<Contribution> contributions;  ///< in the order of the rows; none of 0 points
  std::vector<Contribution> unscored;       ///< of 0 points: named, not counted
  bool has_site = false;                    ///< gate 1
  bool has_mechanical = false;              ///< gate 1
  bool is_held_by_gate = false;             ///< the score would be likely, but gate 1 says possible
  bool has_exam = false;                    ///< gate 3: any item of the examination is recorded
  /// Examination items that are not recorded and could change the score. First those that could
  /// change the band most, then the score most, then in the order of gate 3.
  std::vector<NextExamination> missing_exam;
};

/// Scores a record, without caps.
///
/// Bands: likely needs the score, pain in the groin or hip (or an iliopsoas diagnosis) and a
/// mechanical feature (gate 1); possible needs its score. Under 18, or without a birth date, the
/// band is not_assessed and the score is still given. Thread-safe.
/// Source: plugins/psoas_likelihood/README.md.
Likelihood score(const ScoreRules& rules, const Facts& facts);

/// Holds a likely band at possible, and what an examination would make of it, while a cap stands.
/// `caps` of the result are those that hold a likely, and those that are always told.
///
/// @param caps  sorted by id.
void apply_caps(const ScoreRules& rules, std::vector<Cap> caps, Likelihood& likelihood);

}  // namespace cdss::rules
