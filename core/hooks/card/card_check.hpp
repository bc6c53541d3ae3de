#pragma once

#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/hooks/card/card.hpp"
#include "core/hooks/card/response.hpp"
#include "core/json/view.hpp"

namespace cdss::hooks {

/// Checks one card as a plugin wrote it.
///
/// Errors: the first rule that it breaks, with the element's path.
/// Source: rows GEN-04, GEN-05, GEN-07, CARD, COD, SUG, LINK, and those of check_action.
Result<void> check_card(View card, const CheckRules& rules);

/// Checks that there is no null and no empty text, array or object in `value`, leaving out FHIR
/// resources and extensions (GEN-04, GEN-05).
Result<void> check_nothing_empty(View value);

/// Whether each action of a suggestion is to be a suggestion of its own: the actions may be chosen
/// one by one, and the client cannot be told so (SUG-11).
bool needs_suggestion_per_action(View suggestion, const ClientFeatures& client);

/// The indicator of a card; none when it has no proper one.
std::optional<Indicator> read_indicator(View card);

/// The kind that a card carries in our extension; empty when it has no well-formed one.
std::string_view read_card_kind(View card);

/// Whether a card claims to be of a kind that begins with "red-flag", in any case and however else
/// the card is broken.
bool is_red_flag(View card);

/// Whether a card must not be lost: is_red_flag, or its indicator says "critical" in any case.
bool is_urgent(View card);

}  // namespace cdss::hooks
