#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/rules/facts.hpp"
#include "plugins/rules/ladder.hpp"
#include "plugins/rules/likelihood.hpp"
#include "plugins/rules/medicines.hpp"
#include "plugins/rules/red_flags.hpp"
#include "plugins/rules/safety.hpp"
#include "plugins/treatment_escalation/order_rules.hpp"

namespace cdss::treatment_escalation {

/// What of the patient bears on a draft order. Borrows from the facts and the rules.
struct Circumstances {
  rules::RedFlags red_flags;
  rules::Safety safety;
  rules::Standing standing;
  bool points_to_psoas = false;  ///< band possible or likely
  bool has_regional_pain = false;
  bool has_hip_prosthesis = false;             ///< any arthroplasty of the hip
  bool has_hip_replacement = false;            ///< a total one
  bool is_early = false;                       ///< perhaps within 90 days of it
  bool is_infection_screen_known = false;      ///< CRP and ESR
  bool is_late_pregnancy = false;              ///< perhaps 30 weeks or more
  std::vector<std::string> regional_findings;  ///< references of Conditions of pain in the region
  rules::Medicines medicines;                  ///< taken now, the other drafts among them

  /// @param facts  with the medicines that are held against the draft.
  static Circumstances read(const OrderRules& rules, const rules::Facts& facts,
                            const rules::RedFlags& red_flags, const rules::Likelihood& likelihood,
                            const rules::Standing& standing);
};

}  // namespace cdss::treatment_escalation
