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
#include "plugins/rules/red_flags/prompts.hpp"
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
  const Prompts& prompts;
  Band band;
  Step step;
};

/// What of the patient bears on a draft order. Borrows the red flags and prompts.
struct PatientContext {
  std::span<const RedFlag> red_flags;
  std::span<const Prompt> prompts;
  Safety safety;  ///< the other drafts count as taken
  Step step = Step::LX;
  bool points_to_psoas = false;  ///< band possible or likely
  bool is_assessed = true;       ///< an adult; no step is given to others, or at an unknown age
  bool has_regional_pain = false;
  bool has_hip_prosthesis = false;             ///< a hip arthroplasty of any kind
  bool is_early = false;                       ///< a total one may lie at most 90 days back
  bool is_infection_screen_known = false;      ///< CRP and ESR are known well enough for the ladder
  bool is_older = false;                       ///< may be of SafetyLimits::older_age or more
  bool is_late_pregnancy = false;              ///< may be past OrderRules::late_pregnancy_weeks
  double acetaminophen_beside_mg = 0;          ///< a day, by the record and the other drafts
  std::vector<std::string> regional_findings;  ///< references of Conditions of pain in the region
  /// For each class that a row names, the medicines of that class that are taken or ordered by
  /// another draft.
  std::map<std::string_view, Reasons> taken;

  /// Whether acetaminophen may be suggested in place of the draft: the patient is an adult who does
  /// not take it yet, no red flag or prompt stands and no rule forbids it, more hurts than the low back, and
  /// all that has to be known for it is known.
  bool may_suggest_acetaminophen = false;

  /// The context in which a draft is judged. The other drafts count as taken; an earlier version of
  /// the draft does not.
  ///
  /// @param draft  one of `all`.
  static PatientContext read(const OrderRules& rules, const SafetyRules& safety_rules,
                             const PatientState& patient, const Draft& draft,
                             std::span<const Draft> all);
};

}  // namespace cdss::rules
