#include "core/hooks/card/response.hpp"

#include <algorithm>

#include "core/base/uuid.hpp"
#include "core/hooks/card/action_check.hpp"
#include "core/hooks/card/card_check.hpp"
#include "core/json/document.hpp"

namespace cdss::hooks {
namespace {

bool is_recommended(View suggestion) {
  const auto member = suggestion.find("isRecommended");
  return member && member->is_boolean() && *member->boolean();
}

/// Sets which suggestions of a card that passed the check are sent, and how they may be chosen.
void add_suggestions(const ClientFeatures& client, CheckedCard& into) {
  const auto suggestions = into.view.find("suggestions");
  if (!suggestions) {
    return;
  }
  const bool is_only_one = suggestions->size() == 1;
  bool at_most_one =
      into.view.text_or_empty("selectionBehavior") == to_string(SelectionBehavior::at_most_one);
  std::uint32_t recommended = 0;
  for (const View suggestion : suggestions->elements()) {
    if (!needs_suggestion_per_action(suggestion, client)) {
      recommended += is_recommended(suggestion) ? 1 : 0;
      into.suggestions.push_back({.view = suggestion, .uuid = new_uuid()});
      continue;
    }
    const bool one_action = suggestion.text_or_empty("actionSelectionBehavior") != "any";
    at_most_one = is_only_one ? one_action : at_most_one || one_action;
    for (const View action : suggestion.find("actions")->elements()) {
      into.suggestions.push_back({.view = suggestion, .only = action, .uuid = new_uuid()});
    }
  }
  at_most_one = at_most_one || client.is_v1_0;
  into.selection_behavior = at_most_one ? SelectionBehavior::at_most_one : SelectionBehavior::any;
  into.recommends = !client.is_v1_0 && (!at_most_one || recommended <= 1);
}

CheckedCard kept(View card, const ClientFeatures& client) {
  CheckedCard checked{.view = card,
                      .uuid = new_uuid(),
                      .card_kind = read_card_kind(card),
                      .indicator = *read_indicator(card)};
  add_suggestions(client, checked);
  return checked;
}

CheckedCard replaced(View card) {
  return {.view = card,
          .text = CardText::replacement,
          .uuid = new_uuid(),
          .card_kind = read_card_kind(card),
          .indicator = Indicator::critical};
}

/// @param answer  of which nothing is written.
CheckedCard about_unjudged_drafts(View answer) {
  return {.view = answer,
          .text = CardText::unjudged_drafts,
          .uuid = new_uuid(),
          .card_kind = "drafts-not-checked",
          .indicator = Indicator::warning};
}

void check_one(View card, const CheckRules& rules, CheckedResponse& into) {
  auto checked = check_card(card, rules);
  if (checked) {
    into.cards.push_back(kept(card, rules.client));
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
       .replaced = urgent > kMostCards});
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
  into.dropped.push_back({.error = std::move(error)});
}

Result<void> check_system_action(View action, const CheckRules& rules) {
  CDSS_CHECK(action.check_object());
  if (!rules.client.takes_system_actions()) {
    return action.error(Errc::unsupported, "must not be sent to this client");
  }
  CDSS_CHECK(check_nothing_empty(action));
  return check_action(action, rules.patient());
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
  response.client = rules.client;
  check_cards(*cards, rules, response);
  if (rules.has_unjudged_drafts) {
    response.cards.push_back(about_unjudged_drafts(answer));
  }
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
