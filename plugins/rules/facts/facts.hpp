#pragma once

#include <chrono>
#include <limits>
#include <optional>
#include <string_view>

#include "plugins/rules/facts/fact_definitions.hpp"
#include "plugins/rules/facts/findings.hpp"
#include "plugins/rules/facts/hip_replacement.hpp"
#include "plugins/rules/facts/implant.hpp"
#include "plugins/rules/facts/local_items.hpp"
#include "plugins/rules/facts/medicines.hpp"
#include "plugins/rules/facts/pains.hpp"
#include "plugins/rules/facts/person.hpp"
#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/facts/record.hpp"
#include "plugins/rules/facts/results.hpp"

namespace cdss::rules {

/// A record as the rules see it: read once, then looked at by every rule. Borrows the definitions
/// and what the record borrows.
struct Facts {
  const FactDefinitions& definitions;
  Record record;
  std::chrono::sys_days today;
  Person person;
  Findings findings;
  HipReplacement hip;
  LocalItems items;
  Pains pains;
  Implant implant;
  Results results;
  Medicines medicines;
  Allergies allergies;

  static Facts read(const FactDefinitions& definitions, const Record& record,
                    std::chrono::sys_days today);

  /// As long as it is known.
  static constexpr int kAnyAge = std::numeric_limits<int>::max();

  // What a rule rests on; nothing when it is not so, or not known to be.

  /// Conditions that are active, confirmed or only suspected, each in these words.
  Reasons coded(std::string_view text, ConceptId id) const;
  /// The same of those that began or were recorded within so many days, or on a day that is not
  /// known.
  Reasons coded_within(std::string_view text, ConceptId id, int days) const;
  /// The newest result when it is surely above, or below, the limit; with `days` only when it is no
  /// older than that.
  Reasons above(std::string_view result, double limit, int days = kAnyAge) const;
  Reasons below(std::string_view result, double limit, int days = kAnyAge) const;
  Reasons at_least(std::string_view result, double limit, int days = kAnyAge) const;
  /// A bleeding disorder that is coded; thrombocytopenia counts as one unless the newest platelets
  /// are known to be 100 x 10³/µL or more. Source: plugins/rules/README.md, "Which data count".
  Reasons bleeding_disorder() const;
  /// Is the low back all that hurts? Acetaminophen is not offered alone for it.
  /// Source: NICE NG59, as knowledge/references.json [86] tells it.
  bool is_low_back_pain_alone() const;
  /// An item of the examination form that was found; with `days` only when it was recorded no
  /// longer ago than that.
  Reasons present(std::string_view item, int days = kAnyAge) const;
  /// An item that was looked for and not found.
  bool is_absent(std::string_view item) const;
};

/// Weeks of pregnancy, as bounds.
struct Weeks {
  double least;
  double most;
};

/// The local item, else a code Z3A.nn; none when not known. Thread-safe.
std::optional<Weeks> pregnancy_weeks(const Facts& facts);

}  // namespace cdss::rules
