#pragma once

#include <span>

#include "core/hooks/card/card.hpp"
#include "plugins/rules/knowledge/texts.hpp"
#include "plugins/rules/orders/conflicts.hpp"
#include "plugins/rules/orders/drafts.hpp"
#include "plugins/rules/orders/orders.hpp"
#include "plugins/sdk/gaps.hpp"
#include "plugins/treatment_escalation/suggestions.hpp"

namespace cdss::treatment_escalation {

/// What conflict cards are written with. Borrowed.
struct ConflictWriting {
  const rules::Orders& orders;
  const rules::Texts& texts;
  const OrderContext& context;
  const sdk::Gaps& gaps;           ///< what of the record could not be held against the draft
  bool may_suggest_acetaminophen;  ///< the site lets medicines be suggested, and no rule forbids it
};

/// The card of one draft: what speaks against it, on what that rests, and ways out: a safer order
/// in its place, its removal, what to do before, or an addition to it. Changes to the draft are
/// offered only where the client gave it an id; a suggestion that the host would not pass on is
/// left out.
///
/// @param conflicts  of that draft, not empty, the most urgent first.
hooks::Card conflict_card(const ConflictWriting& writing, const rules::Draft& draft,
                          std::span<const rules::Conflict> conflicts);

}  // namespace cdss::treatment_escalation
