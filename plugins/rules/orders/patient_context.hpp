#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/rules/facts/medicines.hpp"
#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/ladder/ladder.hpp"
#include "plugins/rules/likelihood/likelihood.hpp"
#include "plugins/rules/orders/drafts.hpp"
#include "plugins/rules/orders/order_rules.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"
#include "plugins/rules/safety/safety.hpp"

namespace cdss::rules {

/// The medicines of the other drafts that count as taken when `draft`, one of `all`, is judged. One
/// card is enough for two drafts. So of two NSAIDs, or two of acetaminophen, the second
/// (Draft::is_after) alone is held against the other; of an NSAID and an anticoagulant, the NSAID.
std::vector<Medicine> taken_beside(const Draft& draft, std::span<const Draft> all);

/// What the rules say of a patient, before any draft is looked at. Borrowed.
struct PatientState {
  const Facts& facts;
  const RedFlags& red_flags;
  Band band;
  Step step;
};

/// What of the patient bears on a draft order. Borrows the red flags.
struct PatientContext {
  std::span<const RedFlag> red_flags;
  Safety safety;  ///< with what the other drafts order
  Step step = Step::LX;
  bool points_to_psoas = false;  ///< band possible or likely
  bool is_assessed = true;       ///< an adult: under 18, or of unknown age, no step is told
  bool has_regional_pain = false;
  bool has_hip_prosthesis = false;             ///< any arthroplasty of the hip
  bool is_early = false;                       ///< perhaps within 90 days of a total one
  bool is_infection_screen_known = false;      ///< CRP and ESR, as the ladder asks for them
  bool is_late_pregnancy = false;              ///< perhaps: OrderRules::late_pregnancy_weeks
  Reasons kidney_injury;                       ///< coded and acute
  double acetaminophen_beside_mg = 0;          ///< a day, of the record and the other drafts
  std::vector<std::string> regional_findings;  ///< references of Conditions of pain in the region
  /// The medicines of a class that are taken, the other drafts among them, for the classes that the
  /// rows name.
  std::map<std::string_view, Reasons> taken;

  /// May acetaminophen take the place of what is drafted: for an adult who does not take it yet,
  /// when no rule forbids it and what has to be known is known.
  bool may_suggest_acetaminophen = false;

  /// The context in which a draft is judged: the other drafts count as taken, an earlier
  /// version of the draft itself does not.
  ///
  /// @param draft  one of `all`.
  static PatientContext read(const OrderRules& rules, const SafetyRules& safety_rules,
                             const PatientState& patient, const Draft& draft,
                             std::span<const Draft> all);
};

}  // namespace cdss::rules
