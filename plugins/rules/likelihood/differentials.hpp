#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/likelihood/score_rules.hpp"
#include "plugins/rules/terminology/concepts.hpp"

namespace cdss::rules {

/// Another condition that can cause such pain: a row of differentials.json.
struct DifferentialRow {
  std::string id;                         ///< "DD01"
  std::string text;                       ///< what it is
  std::string separates;                  ///< what tells it from psoas pain, for people
  std::vector<ConceptId> concepts;        ///< that are this condition when they are coded
  std::vector<ConceptId> signs;           ///< that make it worth a thought
  std::vector<std::string> items;         ///< examination items that do
  std::optional<int> age_at_least;        ///< signs count from this age only
  bool is_female_only = false;            ///< signs count unless the patient is known to be male
  bool is_after_hip_replacement = false;  ///< for patients with a hip arthroplasty only
};

/// Reads the rows. Errors: Errc::missing, also for a concept or an item that is not there;
/// Errc::malformed.
Result<std::vector<DifferentialRow>> read_differentials(const FactDefinitions& definitions,
                                                        View rows);

/// One that the record names or that fits it.
struct Differential {
  const DifferentialRow* row;  ///< borrowed from the rules
  bool is_recorded = false;    ///< coded, confirmed or not
  Reasons reasons;             ///< never empty
};

/// Those that are recorded, then those that fit; each in the order of the rows. Thread-safe.
///
/// @param score  its rows give a sign its words.
std::vector<Differential> find_differentials(const std::vector<DifferentialRow>& rows,
                                             const ScoreRules& score, const Facts& facts);

}  // namespace cdss::rules
