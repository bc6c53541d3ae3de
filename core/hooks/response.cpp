#include "core/hooks/response.hpp"

#include <algorithm>

#include "core/base/document.hpp"
#include "core/base/uuid.hpp"
#include "core/hooks/action_check.hpp"
#include "core/hooks/card_check.hpp"

namespace cdss::hooks {
namespace {

CheckedCard kept(View card) {
  CheckedCard checked{.view = card,
                      .replaced = false,
                      .uuid = new_uuid(),
                      .suggestion_uuids = {},
                      .card_kind = read_card_kind(card),
                      .indicator = *read_indicator(card)};
  const auto suggestions = card.find("suggestions");
  for (std::uint32_t i = 0; suggestions && i < suggestions->size(); ++i) {
    checked.suggestion_uuids.push_back(new_uuid());
  }
  return checked;
}

CheckedCard replaced(View card) {
  return {.view = card,
          .replaced = true,
          .uuid = new_uuid(),
          .suggestion_uuids = {},
          .card_kind = read_card_kind(card),
          .indicator = Indicator::critical};
}

void check_one(View card, const CheckRules& rules, CheckedResponse& into) {
  auto checked = check_card(card, rules);
  if (checked) {
    into.cards.push_back(kept(card));
    return;
  }
  const bool urgent = is_urgent(card);
  if (urgent) {
    into.cards.push_back(replaced(card));
  }
  into.dropped.push_back({.error = std::move(checked).error(),
                          .replaced = urgent,
                          .indicator = read_indicator(card),
                          .card_kind = std::string{read_card_kind(card)}});
}

/// Checks kMostCards of more cards: the urgent ones, and of the others the first.
void check_some(View cards, const CheckRules& rules, CheckedResponse& into) {
  std::uint32_t urgent = 0;
  for (const View card : cards.elements()) {
    urgent += is_urgent(card) ? 1 : 0;
  }
  std::uint32_t urgent_left = std::min(urgent, kMostCards);
  std::uint32_t others_left = kMostCards - urgent_left;
  for (const View card : cards.elements()) {
    std::uint32_t& left = is_urgent(card) ? urgent_left : others_left;
    if (left == 0) {
      continue;
    }
    --left;
    const bool stands_for_more = urgent > kMostCards && urgent_left == 0;
    if (stands_for_more) {
      into.cards.push_back(replaced(card));
      break;
    }
    check_one(card, rules, into);
  }
  into.dropped.push_back(
      {.error = cards.error(Errc::out_of_range,
                            "must have at most " + std::to_string(kMostCards) + " elements"),
       .replaced = urgent > kMostCards,
       .indicator = std::nullopt,
       .card_kind = {}});
}

void check_cards(View cards, const CheckRules& rules, CheckedResponse& into) {
  if (cards.size() > kMostCards) {
    check_some(cards, rules, into);
    return;
  }
  into.cards.reserve(cards.size());
  for (const View card : cards.elements()) {
    check_one(card, rules, into);
  }
}

void drop(Error error, CheckedResponse& into) {
  into.dropped.push_back(
      {.error = std::move(error), .replaced = false, .indicator = std::nullopt, .card_kind = {}});
}

Result<void> check_system_action(View action, const CheckRules& rules) {
  if (!action.is_object()) {
    return action.error(Errc::malformed, "must be an object");
  }
  if (!rules.system_actions) {
    return action.error(Errc::unsupported, "must not be sent to this client");
  }
  CDSS_CHECK(check_nothing_empty(action));
  return check_action(action, rules.patient_id);
}

void check_system_actions(View answer, const CheckRules& rules, CheckedResponse& into) {
  const auto actions = answer.find("systemActions");
  if (!actions) {
    return;
  }
  if (!actions->is_array()) {
    drop(actions->error(Errc::malformed, "must be an array"), into);
    return;
  }
  if (actions->size() > kMostSystemActions) {
    drop(actions->error(Errc::out_of_range,
                        "must have at most " + std::to_string(kMostSystemActions) + " elements"),
         into);
    return;
  }
  for (const View action : actions->elements()) {
    if (auto checked = check_system_action(action, rules); !checked) {
      drop(std::move(checked).error(), into);
    } else {
      into.system_actions.push_back(action);
    }
  }
}

void check_assessment(View answer, CheckedResponse& into) {
  const auto extension = answer.find("extension");
  const auto assessment = extension ? extension->find(kAssessmentExtension) : std::nullopt;
  if (!assessment) {
    return;
  }
  auto checked = check_nothing_empty(*assessment);
  if (checked && !assessment->is_object()) {
    checked = assessment->error(Errc::malformed, "must be an object");
  }
  if (checked) {
    into.assessment = assessment;
  } else {
    drop(std::move(checked).error(), into);
  }
}

}  // namespace

Result<CheckedResponse> check_response(View answer, const CheckRules& rules) {
  if (!answer.is_object()) {
    return answer.error(Errc::internal, "must be an object");
  }
  const auto cards = answer.find("cards");
  if (!cards || !cards->is_array()) {
    return answer.error_at("cards", Errc::internal, "must be an array");
  }
  CheckedResponse response;
  response.source_label = rules.source_label;
  response.source_url = rules.source_url;
  response.explain = rules.explain;
  check_cards(*cards, rules, response);
  check_system_actions(answer, rules, response);
  if (rules.explain) {
    check_assessment(answer, response);
  }
  return response;
}

Result<void> check(const Response& response, const CheckRules& rules) {
  CDSS_TRY(const auto document, Document::parse(write(response)));
  CDSS_TRY(auto checked, check_response(document.root(), rules));
  if (!checked.dropped.empty()) {
    return std::move(checked.dropped.front().error);
  }
  return {};
}

}  // namespace cdss::hooks
