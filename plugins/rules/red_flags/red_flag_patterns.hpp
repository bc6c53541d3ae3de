#pragma once

// The patterns of a record that fire a red flag though it is not coded. For the .cpp files of this
// folder only.

#include <chrono>
#include <string_view>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"

namespace cdss::rules {

/// Sets what several patterns, and other rules, ask for: pain, fever and pregnancy.
void find_common(const RedFlagLimits& limits, const Facts& facts, RedFlags& into);

/// The reasons when the pattern of the red flag with that id holds; nothing when it does not, is
/// not known to, or there is none.
///
/// @param common  with what find_common sets.
Reasons pattern_of(std::string_view id, const RedFlagLimits& limits, const Facts& facts,
                   const RedFlags& common);

/// Adds what is to be asked or thought of, once the red flags are known.
void add_prompts(const RedFlagLimits& limits, const Facts& facts, RedFlags& flags);

}  // namespace cdss::rules
