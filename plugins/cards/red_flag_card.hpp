#pragma once

#include <string>
#include <string_view>

#include "core/hooks/card/card.hpp"
#include "core/json/json_writer.hpp"
#include "plugins/cards/assessment.hpp"

namespace cdss::cards {

/// May the red flags make a card by themselves: with pain of the region, or a hip replacement?
/// Source: plugins/rules/README.md, "Red flags".
bool may_show(const rules::RedFlags& flags, const rules::HipReplacement& hip);

/// `critical` when one of them is an emergency, else `warning`. There must be at least one.
hooks::Indicator indicator_of(const rules::RedFlags& flags);

/// Appends the section of prompts, "To ask and to think of", without the one with the id
/// `told_elsewhere`, which the card tells in another place.
void add_prompts(std::string& detail, const rules::Texts& texts, const rules::RedFlags& flags,
                 std::string_view told_elsewhere = {});

/// A card that leads with red flags: summary, indicator, source, override reasons, and a detail
/// that holds each red flag (what, what to do, on what it rests), that stepwise treatment is
/// suspended, and the prompts. Its card_kind is "red-flag-" and the service.
///
/// @param told_elsewhere  as in add_prompts.
hooks::Card red_flag_card(const Assessment& assessed, std::string_view service,
                          std::string_view told_elsewhere = {});

/// The member `redFlags` of an assessment.
void write_red_flags(json::Object& out, const rules::RedFlags& flags);

}  // namespace cdss::cards
