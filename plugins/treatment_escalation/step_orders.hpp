#pragma once

#include <string_view>
#include <vector>

#include "core/hooks/card/card.hpp"
#include "plugins/rules/orders/orders.hpp"
#include "plugins/treatment_escalation/assessment.hpp"
#include "plugins/treatment_escalation/suggestions.hpp"

namespace cdss::treatment_escalation {

/// Is the pain surely on the other side than every hip arthroplasty? Then an image of the implant
/// does not show the hip that hurts.
bool is_pain_on_other_side(const Assessment& assessment);

/// The ids of the orders that go with the step, most useful first: never one that a rule says to
/// avoid, never a medicine of which something is not known that has to be.
std::vector<std::string_view> orders_of_step(const Assessment& assessment, bool suggest_medicines);

/// Why they are ordered, for the drafts: the Conditions of the pain, else those of the diagnosis,
/// that the band rests on; and the side of the pain.
void add_reasons(OrderContext& context, const Assessment& assessment);

}  // namespace cdss::treatment_escalation
