#pragma once

// For the .cpp files of this folder only.

#include <cstddef>
#include <string_view>
#include <vector>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/likelihood/half_points.hpp"
#include "plugins/rules/likelihood/likelihood.hpp"
#include "plugins/rules/likelihood/score_rules.hpp"

namespace cdss::rules {

/// What the record says of a row.
struct ObservedRow {
  std::vector<Finding> present;
  std::vector<Finding> absent;
  std::vector<const ItemDefinition*> present_items;
  std::vector<const ItemDefinition*> absent_items;
  bool is_present() const { return !present.empty(); }
};

/// What would be if one more item had been examined; the item is null for the record as it is.
struct Hypothesis {
  const ItemDefinition* item = nullptr;
  bool is_present = false;
};

/// A band with the score it comes from.
struct ScoredBand {
  HalfPoints score;
  Band band = Band::unlikely;
  bool has_site = false;
  bool has_mechanical = false;
};

/// Adds a finding, unless the same resource is there already: one Condition may have two codes.
void add_once(const Finding& finding, std::vector<Finding>& findings);

/// The sum within the bounds of the group.
HalfPoints bounded(const ScoreGroup& group, HalfPoints sum);

/// The rows of the score over one record: as it is, or as it would be. Borrows rules and facts.
class RowScores {
 public:
  RowScores(const ScoreRules& rules, const Facts& facts);

  const ObservedRow& observed(std::size_t row) const { return observed_[row]; }
  HalfPoints points_of(std::size_t row, Hypothesis hypothesis = {}) const;

  /// Why a row that is there adds nothing; empty when it counts.
  std::string_view why_closed(const ScoreRow& row, Hypothesis hypothesis = {}) const;

  ScoredBand evaluate(Hypothesis hypothesis = {}) const;

 private:
  bool is_present(std::size_t row, Hypothesis hypothesis) const;
  bool is_absent(std::size_t row, Hypothesis hypothesis) const;
  /// Is an examination item present that is none of this row's?
  bool has_other_sign(const ScoreRow& row, Hypothesis hypothesis) const;
  Band band_of(const ScoredBand& scored) const;

  const ScoreRules& rules_;
  const Facts& facts_;
  std::vector<ObservedRow> observed_;         // by row
  std::vector<const ItemDefinition*> signs_;  // examination items that are present
};

}  // namespace cdss::rules
