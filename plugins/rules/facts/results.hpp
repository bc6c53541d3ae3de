#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/types/quantity.hpp"
#include "plugins/rules/facts/findings.hpp"
#include "plugins/rules/facts/result_definition.hpp"
#include "plugins/rules/terminology/concepts.hpp"

namespace cdss::rules {

/// One value that can be used.
struct ResultValue {
  const ResultDefinition* definition;  ///< borrowed
  double value;                        ///< in the definition's unit
  fhir::Comparator comparator = fhir::Comparator::none;
  std::string words;     ///< "186 mg/L" in the definition's unit, with its comparator
  Finding finding;       ///< which Observation, of which day
  bool is_known = true;  ///< not too old: else it is there to compare with alone

  /// Is it above, or at least, or below a limit: none when a comparator leaves that open.
  std::optional<bool> is_above(double limit) const;
  std::optional<bool> is_at_least(double limit) const;
  std::optional<bool> is_below(double limit) const;
};

/// The measurements that are known today.
///
/// An Observation counts when its status is final, amended or corrected, it has a day, is not
/// perhaps older than its definition allows, and has a number in a unit that can be converted,
/// within the bounds of what is plausible. Of
/// several the newest counts; of several on one day the worse. Components (a blood pressure panel)
/// are read as Observations are. What cannot be used is not known, never normal.
/// Owns what it holds, but borrows the definitions.
/// Source: plugins/rules/README.md, "Results".
class Results {
 public:
  /// @param definitions   must outlive the result.
  /// @param observations  a Bundle or an Observation; none when there is nothing to read.
  static Results read(const std::vector<ResultDefinition>& definitions, const Concepts& concepts,
                      std::optional<View> observations, std::chrono::sys_days today);

  /// The newest usable value; null when it is not known.
  const ResultValue* find(std::string_view id) const;

  /// Every usable value, newest first; also those that are too old to be known, as long as its
  /// definition keeps them to compare with.
  std::vector<const ResultValue*> all(std::string_view id) const;

  /// The newest statement on pregnancy (LOINC 82810-3) within 280 days. On one day yes wins over
  /// unclear, unclear over no.
  struct Pregnancy {
    std::optional<bool> is_pregnant;  ///< none: possible, unknown, or in a code not known here
    Finding finding;
  };
  const std::optional<Pregnancy>& pregnancy() const { return pregnancy_; }

  /// Observations that were there, not too old and not usable, and newer than what is known: the
  /// ids of their definitions, each once.
  const std::vector<std::string_view>& not_interpretable() const { return not_interpretable_; }

  /// Observations that could not be read at all.
  std::size_t unreadable() const { return unreadable_; }

  /// Is there a newer one, or one of the same day, that is not interpretable? Then the value that
  /// `find` gives may still raise a concern, but clears none.
  bool is_doubtful(std::string_view id) const;

 private:
  struct Reader;
  /// An Observation that is not too old and not usable.
  struct Unusable {
    std::string_view id;
    std::chrono::sys_days day;
  };

  std::vector<ResultValue> values_;  // newest first, of one day the worse first
  std::optional<Pregnancy> pregnancy_;
  std::vector<Unusable> unusable_;
  std::vector<std::string_view> not_interpretable_;
  std::size_t unreadable_ = 0;
};

}  // namespace cdss::rules
