#pragma once

// What an item such as infection_excluded clears. For the .cpp files of this folder only.

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/red_flags/red_flag_rules.hpp"

namespace cdss::rules {

/// Does the item, found no longer ago than its days, clear a rule that fires for these reasons? Not
/// when one of them is of a later day, nor when the pain is said to be worse since.
/// Source: plugins/rules/README.md, "Clearing".
bool is_cleared(const Clearing& by, const Reasons& reasons, const Facts& facts);

}  // namespace cdss::rules
