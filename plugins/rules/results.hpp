#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/types/quantity.hpp"
#include "plugins/rules/concepts.hpp"
#include "plugins/rules/findings.hpp"

namespace cdss::rules {

/// One measurement that the rules read: laboratory, vital sign, pain score.
struct ResultDefinition {
  std::string id;    ///< e.g. "crp"
  std::string text;  ///< in words, for people, e.g. "CRP"
  std::string unit;  ///< UCUM, in which its value is given, e.g. "mg/L"
  ConceptId concept_id = 0;
  std::chrono::days valid{0};  ///< how long it stays known
  bool is_worse_low = false;   ///< of two on one day the lower counts, else the higher
  double lowest = 0;           ///< in `unit`; what is lower is a slip or another unit, no value
  double highest = 0;          ///< likewise; above `lowest`
};

/// Reads `[{id, text, concept, unit, valid_days, worse, lowest, highest}]`; `worse` is "low" or
/// absent.
/// Errors: Errc::missing, Errc::malformed; Errc::unsupported for a unit that is not known.
Result<std::vector<ResultDefinition>> read_result_definitions(const Concepts& concepts, View rows);

/// "7.5 mg/L": a number and its unit as people write them, for limits beside the values. Of a unit
/// that no result has, the number alone.
///
/// @param unit  in UCUM.
std::string text_of_quantity(double value, std::string_view unit);

/// One value that can be used.
struct ResultValue {
  const ResultDefinition* definition;  ///< borrowed
  double value;                        ///< in the definition's unit
  fhir::Comparator comparator = fhir::Comparator::none;
  std::string words;  ///< "186 mg/L" in the definition's unit, with its comparator
  Finding finding;    ///< which Observation, of which day

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

  /// Every usable value, newest first.
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
