#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/facts/fact_definitions.hpp"
#include "plugins/rules/orders/orders.hpp"
#include "plugins/rules/orders/recognition.hpp"
#include "plugins/rules/safety/safety_rules.hpp"

namespace cdss::rules {

/// When a row's conflict holds. In addition, the draft must be of the kind that the row names.
enum class ConflictCondition : std::uint8_t {
  red_flag,                ///< one of the rules is a red flag that fires
  prompt,                  ///< a prompt ("must not miss") stands
  safety,                  ///< one of the rules is a rule of safety that fires
  over_daily_dose,         ///< the dosage says more than most_mg_per_day
  over_daily_dose_beside,  ///< only together with what is taken besides, it is more
  over_ceiling,            ///< the dosage says more of an NSAID than its ceiling
  dose_not_read,           ///< what the dosage says in a day of a medicine with a limit is not told
  medicine,                ///< a medicine of that class is active
  unguided,                ///< a needle at the psoas, and no guidance is stated
  infection_unknown,       ///< a hip prosthesis, and CRP or ESR are not known
  before_injection_step,   ///< at the psoas, and the ladder has not reached L3
  without_metal_protocol,  ///< of hip or pelvis, and a hip prosthesis is recorded
  outside_ladder,          ///< for pain in the region; or without a reason, with a band
  before_surgery_step,     ///< at the psoas, and the ladder has not reached L4
  psoas_meant,             ///< the psoas is named, as the place or in a reason
  drafted_twice,           ///< another draft orders the same, at the same place
};

/// How much a conflict weighs, as the indicator of its card.
enum class Severity : std::uint8_t { info, warning, critical };

std::string_view to_string(Severity severity);

/// A rule that a conflict rests on, e.g. NS03 when its effect is to avoid.
struct RuleName {
  std::string_view id;
  std::optional<Effect> effect = {};  ///< the rule counts only with this effect; none: with any
};

/// The most of an NSAID in a day. Borrows from the knowledge file.
struct DoseCeiling {
  std::string_view medicine;  ///< id of its definition
  double most_mg_per_day = 0;
  double older_mg_per_day = 0;  ///< from SafetyLimits::older_age on
};

/// One row of `conflicts`. Borrows from the knowledge file.
struct ConflictRule {
  std::string_view id;
  std::string_view draft;  ///< class of medicine, kind of service, or "any"
  ConflictCondition when = ConflictCondition::safety;
  std::vector<RuleName> rules;  ///< in the order in which they are named on a card
  std::string_view
      forbidden;  ///< with ConflictCondition::red_flag: the kind of order that a red flag forbids
  /// With ConflictCondition::red_flag: the red flags that hold for an injection at any place.
  std::vector<std::string_view> anywhere;
  std::vector<std::string_view> critical;       ///< of `rules`, those that make the card critical
  std::vector<std::string_view> critical_late;  ///< the same in late pregnancy alone
  std::vector<std::string_view> quiet;  ///< of `rules`: when only these hold, no card is made
  Severity severity = Severity::info;
  bool offers_removal = false;
  std::vector<std::string_view> instead;  ///< ids of orders that may take the draft's place
  std::vector<std::string_view> instead_in_emergency;  ///< the same for a red flag of an emergency
  std::vector<std::string_view> first;                 ///< ids of orders to be done before
  std::string_view detail;    ///< what an update adds to the draft; empty for none
  std::string_view medicine;  ///< a class; its active medicines are named on the card
  std::int64_t most_mg_per_day =
      0;  ///< with ConflictCondition::over_daily_dose and over_daily_dose_beside
  /// When above 0: a dosage that is known and at most this is no conflict.
  std::int64_t spared_mg_per_day = 0;
  bool needs_reason =
      false;  ///< with ConflictCondition::outside_ladder: not without a reason that is told
  std::vector<std::string_view> needs_reason_with;  ///< the same for drafts with one of these words
};

/// `order-rules.json`: how drafts are recognised, and what speaks against them. Constant once read,
/// so Thread-safe. Borrows from the knowledge file.
struct OrderRules {
  Recognition recognition;
  std::vector<ConflictRule> conflicts;
  std::vector<DoseCeiling> ceilings;
  std::vector<ConceptId> reasons;  ///< pain in the region, and diagnoses of the iliopsoas
  /// The only rules of NSAIDs that low-dose aspirin is held against.
  std::vector<RuleName> low_dose_aspirin;
  /// Those of them for which the other NSAID is to be removed, not the aspirin.
  std::vector<std::string_view> low_dose_aspirin_kept;
  std::int64_t low_dose_aspirin_most_mg = 0;  ///< up to this strength aspirin is low-dose
  std::int64_t late_pregnancy_weeks = 0;      ///< NSAIDs never, from this week on

  /// Concepts of which the package has no value set (codes under licence that a site left out) are
  /// passed over.
  /// Errors: those of Recognition::read; Errc::missing, Errc::malformed, Errc::out_of_range for a
  /// row that is not as above: a list that is no array, a kind of draft, a medicine or an order
  /// that is not known, a critical or quiet rule that the row does not name, a limit that is absent
  /// or not above 0.
  static Result<OrderRules> read(const FactDefinitions& definitions, const Orders& orders,
                                 View root);
};

}  // namespace cdss::rules
