#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/rules/age_scope.hpp"
#include "plugins/rules/findings.hpp"
#include "plugins/rules/half_points.hpp"
#include "plugins/rules/hip_replacement.hpp"
#include "plugins/rules/local_items.hpp"
#include "plugins/rules/score_rules.hpp"

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
  std::string_view why_uncounted;            ///< of 0 points though the row has some; else empty
};

/// The reading of one record.
struct Likelihood {
  Band band = Band::not_assessed;
  HalfPoints score;                         ///< the sum of `contributions`
  std::vector<Contribution> contributions;  ///< in the order of the rows; none of 0 points
  std::vector<Contribution> unscored;       ///< of 0 points: named, not counted
  bool has_site = false;                    ///< gate 1
  bool has_mechanical = false;              ///< gate 1
  bool is_held_by_gate = false;  ///< the score is that of likely, and gate 1 says possible
  bool has_exam = false;         ///< gate 3: any item of the examination is recorded
  /// Examination items that are not recorded and could change the score as the record stands:
  /// those that could change it most come first.
  std::vector<const ItemDefinition*> missing_exam;
};

/// Weighs a record.
///
/// Bands: likely needs the score, pain in the groin or hip (or an iliopsoas diagnosis) and a
/// mechanical feature; possible needs its score. Red flags are not looked at: in this version no
/// band is capped by one. Under 18, or without a birth date, the band is not_assessed and the score
/// is still given. Thread-safe.
/// Source: plugins/psoas_likelihood/README.md.
Likelihood weigh(const ScoreRules& rules, const Findings& findings, const LocalItems& items,
                 const HipReplacement& hip, AgeScope age);

}  // namespace cdss::rules
