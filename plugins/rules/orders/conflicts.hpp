#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/orders/drafts.hpp"
#include "plugins/rules/orders/order_rules.hpp"
#include "plugins/rules/orders/patient_context.hpp"
#include "plugins/rules/terminology/concepts.hpp"

namespace cdss::rules {

/// One rule that speaks against a draft. Borrows from the rules.
struct ConflictReason {
  std::string_view id;      ///< "NS01", "RF03", or the name in the conflict's row
  std::string_view text;    ///< in words; empty when "why.ID" of the texts says it
  std::string_view brief;   ///< the same for a summary; empty when "short.ID" of the texts says it
  std::string_view advice;  ///< what follows; may be empty
  Reasons reasons;          ///< what of the record it rests on; empty for none
  bool is_emergency = false;  ///< a red flag that has to be acted on now
};

/// What speaks against a draft.
struct Conflict {
  const ConflictRule* rule;
  std::vector<ConflictReason> conflict_reasons;  ///< never empty, as the row orders them
  Severity severity;
  /// Whether its removal is offered, as the row says. But low-dose aspirin stays when the conflict
  /// is with another NSAID: then the other one is to be removed.
  bool offers_removal = false;
};

/// All that speaks against a draft, the most urgent first; nothing for a harmless one.
///
/// @param draft  one of `all`.
std::vector<Conflict> judge(const OrderRules& rules, const Concepts& concepts, const Draft& draft,
                            std::span<const Draft> all, const PatientContext& patient_context);

}  // namespace cdss::rules
