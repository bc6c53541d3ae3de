#pragma once

#include <string>
#include <string_view>

#include "core/hooks/card/card.hpp"
#include "core/json/json_writer.hpp"
#include "plugins/cards/assessment.hpp"

namespace cdss::cards {

/// May the red flags make a card by themselves: with pain of the region, or a hip replacement; RF06
/// with sciatica or radiculopathy too; RF09, RF17 and a ruptured aneurysm in any case.
/// Source: plugins/rules/README.md, "Red flags".
bool may_show(const Assessment& assessed);

/// `critical` when one of them is an emergency, else `warning`. There must be at least one.
hooks::Indicator indicator_of(const rules::RedFlags& flags);

/// A card that leads with red flags: summary, indicator, source, override reasons, and a detail
/// that holds each red flag (what, what to do, on what it rests), that stepwise treatment is
/// suspended, and the prompts. Its card_kind is "red-flag-" and the service.
hooks::Card red_flag_card(const Assessment& assessed, std::string_view service);

/// The member `redFlags` of an assessment.
void write_red_flags(json::Object& out, const rules::RedFlags& flags);

}  // namespace cdss::cards
