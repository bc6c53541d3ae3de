#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/hooks/card/card.hpp"
#include "plugins/rules/orders/orders.hpp"
#include "plugins/treatment_escalation/assessment.hpp"
#include "plugins/treatment_escalation/suggestions.hpp"

namespace cdss::treatment_escalation {

/// Exercises by name, for the therapist to select: exercises.json. Borrows from the file.
/// Errors: Errc::missing, Errc::malformed.
Result<std::vector<std::string>> read_exercises(View file);

/// What the step card is written with. Borrowed.
struct StepWriting {
  const Assessment& assessment;
  const rules::Orders& orders;
  const OrderContext& context;
  const std::vector<std::string>& exercises;
  bool suggest_medicines;  ///< the site lets medicines be suggested
};

/// The card for the step of treatment: what it is and why, what to do, what blocks the next, what
/// is to be known to move on, the safety rules that hold, and draft orders. With red flags that may
/// be shown: these, and that the steps are suspended. None when there is nothing to say: the band
/// is not possible or likely, and no red flag may be shown.
std::optional<hooks::Card> step_card(const StepWriting& writing);

}  // namespace cdss::treatment_escalation
