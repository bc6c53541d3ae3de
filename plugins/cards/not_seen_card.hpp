#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/hooks/card/card.hpp"
#include "plugins/cards/assessment.hpp"
#include "plugins/sdk/request.hpp"

namespace cdss::cards {

/// What a service looks for, and so what it may have missed.
enum class LooksFor : std::uint8_t {
  pain,     ///< in the conditions
  implant,  ///< in the conditions and the procedures
};

/// A card of low key (indicator info) for a service that has nothing to show of an adult, when what
/// it could not see may be why: its conditions, or procedures, are cut short, or are not there while
/// pain of the region is recorded; or conditions without a code that is read stand beside such pain
/// or have words of the region. None when nothing that matters was unseen. Its card_kind is
/// "not-seen-" and the service.
std::optional<hooks::Card> not_seen_card(const Assessment& assessed, const sdk::Request& request,
                                         std::string_view service, LooksFor looks_for);

}  // namespace cdss::cards
