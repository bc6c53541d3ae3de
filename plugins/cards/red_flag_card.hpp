#pragma once

#include <string>
#include <string_view>

#include "core/hooks/card/card.hpp"
#include "core/json/json_writer.hpp"
#include "plugins/rules/facts.hpp"
#include "plugins/rules/red_flags.hpp"

namespace cdss::cards {

/// May the red flags make a card by themselves: with pain of the region, or a hip replacement?
/// Source: plugins/rules/README.md, "Red flags".
bool may_show(const rules::RedFlags& flags, const rules::HipReplacement& hip);

/// critical when one of them is an emergency, else warning. Only when there are any.
hooks::Indicator indicator_of(const rules::RedFlags& flags);

/// The summary of a card that leads with red flags; below 140 characters.
std::string red_flag_summary(const rules::Texts& texts, const rules::RedFlags& flags);

/// Each red flag: what, what to do, on what it rests; then that stepwise treatment is suspended.
void add_red_flags(std::string& detail, const rules::Facts& facts, const rules::RedFlags& flags);

/// "To ask and to think of": the prompts.
void add_prompts(std::string& detail, const rules::Texts& texts, const rules::RedFlags& flags);

/// A card that leads with red flags: summary, indicator, source, override reasons, and a detail
/// that holds the red flags and the prompts. Its card_kind is "red-flag-" and the service.
hooks::Card red_flag_card(const rules::Facts& facts, const rules::RedFlags& flags,
                          std::string_view service);

/// The member `redFlags` of an assessment.
void write_red_flags(json::Object& out, const rules::RedFlags& flags);

}  // namespace cdss::cards
