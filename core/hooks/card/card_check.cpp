#include "core/hooks/card/card_check.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/text/ascii.hpp"
#include "core/base/url.hpp"
#include "core/hooks/card/action_check.hpp"
#include "core/hooks/card/links.hpp"
#include "core/hooks/card/markdown.hpp"
#include "core/hooks/card/override_reasons.hpp"

namespace cdss::hooks {
namespace {

constexpr std::size_t kSummaryLimit = 140;  // CARD-02: must stay under it

/// Calls `check_one` for each element of the array member `name`, if it is there; there may be
/// `most` of them.
template <class Check>
Result<void> check_each(View parent, std::string_view name, std::uint32_t most, Check check_one) {
  const auto array = parent.find(name);
  if (!array) {
    return {};
  }
  CDSS_CHECK(array->check_array());
  if (array->size() > most) {
    return array->error(Errc::out_of_range,
                        "must have at most " + std::to_string(most) + " elements");
  }
  for (const View element : array->elements()) {
    CDSS_CHECK(element.check_object());
    CDSS_CHECK(check_one(element));
  }
  return {};
}

/// @return the value, or false when the member is absent.
Result<bool> optional_boolean(View parent, std::string_view name) {
  const auto member = parent.find(name);
  return member ? member->boolean() : Result<bool>{false};
}

template <std::size_t N>
Result<void> check_choice(View parent, std::string_view name, std::string_view text,
                          const std::array<std::string_view, N>& choices) {
  if (std::ranges::find(choices, text) != choices.end()) {
    return {};
  }
  std::string message{"must be "};
  for (const auto choice : choices) {
    message += choice == choices.front() ? "" : " or ";
    message += choice;
  }
  return parent.error_at(name, Errc::malformed, std::move(message));
}

/// Errors: as is_permitted_link, for the member `name` if it is there.
Result<void> check_url(View parent, std::string_view name, const CheckRules& rules) {
  CDSS_TRY(const auto url, parent.optional_string(name));
  if (url && !is_permitted_link(*url, rules.link_hosts)) {
    return parent.error_at(name, Errc::unsupported, "must be https and on a permitted host");
  }
  return {};
}

Result<void> check_coding(View coding, bool display_required) {
  CDSS_CHECK(coding.check_object());
  CDSS_CHECK(coding.required_string("code"));
  CDSS_CHECK(coding.required_string("system"));
  if (display_required || coding.find("display")) {
    CDSS_CHECK(check_plain_text(coding, "display"));
  }
  return {};
}

Result<void> check_override_reason(View reason) {
  CDSS_CHECK(check_coding(reason, true));
  if (reason.text_or_empty("system") == kNonAdherenceReasons &&
      !is_non_adherence_reason(reason.text_or_empty("code"))) {
    return reason.error_at("code", Errc::unsupported, "must be a code of its system");
  }
  return {};
}

Result<void> check_source(View card, const CheckRules& rules) {
  CDSS_TRY(const auto source, card.at("source"));
  CDSS_CHECK(source.check_object());
  CDSS_CHECK(check_plain_text(source, "label"));
  CDSS_CHECK(check_url(source, "url", rules));
  CDSS_CHECK(check_url(source, "icon", rules));
  if (const auto topic = source.find("topic")) {
    CDSS_CHECK(check_coding(*topic, false));
  }
  return {};
}

/// True when a query names a parameter that the client adds at a SMART launch (LINK-09).
bool has_launch_parameter(std::string_view query) {
  while (!query.empty()) {
    auto parameter = take_until(query, '&');
    const auto name = take_until(parameter, '=');
    if (name == "iss" || name == "launch") {
      return true;
    }
  }
  return false;
}

Result<void> check_link(View link, const CheckRules& rules) {
  constexpr std::array<std::string_view, 2> kTypes{"absolute", "smart"};
  CDSS_CHECK(check_plain_text(link, "label"));
  CDSS_TRY(const auto url, link.required_string("url"));
  if (!is_permitted_link(url, rules.link_hosts)) {
    return link.error_at("url", Errc::unsupported, "must be https and on a permitted host");
  }
  CDSS_TRY(const auto type, link.required_string("type"));
  CDSS_CHECK(check_choice(link, "type", type, kTypes));
  CDSS_TRY(const auto app_context, link.optional_string("appContext"));
  if (app_context && type != "smart") {
    return link.error_at("appContext", Errc::malformed, "must stand in a smart link only");
  }
  if (type == "smart" && has_launch_parameter(Url::parse_link(url)->query())) {
    return link.error_at("url", Errc::malformed, "must not have the parameters iss or launch");
  }
  CDSS_CHECK(optional_boolean(link, "autolaunchable"));
  return {};
}

Result<void> check_selection_of_actions(View suggestion) {
  constexpr std::array<std::string_view, 3> kBehaviors{"all", "any", "at-most-one"};
  CDSS_TRY(const auto behavior, suggestion.optional_string("actionSelectionBehavior"));
  return behavior ? check_choice(suggestion, "actionSelectionBehavior", *behavior, kBehaviors)
                  : Result<void>{};
}

/// @return whether it is recommended.
Result<bool> check_suggestion(View suggestion, const CheckRules& rules) {
  CDSS_CHECK(suggestion.check_object());
  CDSS_CHECK(check_plain_text(suggestion, "label"));
  CDSS_CHECK(check_selection_of_actions(suggestion));
  CDSS_CHECK(check_each(suggestion, "actions", kMostActions,
                        [&](View action) { return check_action(action, rules.patient()); }));
  return optional_boolean(suggestion, "isRecommended");
}

Result<void> check_suggestions(View card, const CheckRules& rules) {
  constexpr std::array<std::string_view, 2> kBehaviors{"at-most-one", "any"};
  std::uint32_t recommended = 0;
  std::uint32_t sent = 0;
  CDSS_CHECK(check_each(card, "suggestions", kMostOnCard, [&](View suggestion) -> Result<void> {
    CDSS_TRY(const bool is_recommended, check_suggestion(suggestion, rules));
    recommended += is_recommended ? 1 : 0;
    sent += needs_suggestion_per_action(suggestion, rules.client)
                ? suggestion.find("actions")->size()
                : 1;
    return {};
  }));
  const auto suggestions = card.find("suggestions");
  if (!suggestions) {
    return {};
  }
  if (sent > kMostOnCard) {
    return suggestions->error(Errc::out_of_range,
                              "must have at most " + std::to_string(kMostOnCard) +
                                  " elements, with each action that may be chosen alone");
  }
  CDSS_TRY(const auto behavior, card.required_string("selectionBehavior"));
  CDSS_CHECK(check_choice(card, "selectionBehavior", behavior, kBehaviors));
  if (behavior == "at-most-one" && recommended > 1) {
    return card.error_at("suggestions", Errc::malformed,
                         "must not recommend more than one where at most one may be chosen");
  }
  return {};
}

Result<void> check_text(View card, const CheckRules& rules) {
  CDSS_TRY(const auto summary, check_plain_text(card, "summary"));
  if (count_code_points(summary) >= kSummaryLimit) {
    return card.error_at("summary", Errc::out_of_range, "must be shorter than 140 characters");
  }
  CDSS_TRY(const auto detail, card.optional_string("detail"));
  if (const auto reason = detail ? unsafe_markdown(*detail, rules.link_hosts) : std::string_view{};
      !reason.empty()) {
    return card.error_at("detail", Errc::unsupported, std::string{reason});
  }
  return {};
}

/// The kind as the card has it, which may be anything.
std::string_view claimed_kind(View card) {
  const auto extension = card.find("extension");
  const auto ours = extension ? extension->find(kCardExtension) : std::nullopt;
  const auto kind = ours ? ours->find("card_kind") : std::nullopt;
  return kind && kind->is_string() ? kind->raw_text() : std::string_view{};
}

}  // namespace

Result<void> check_nothing_empty(View value) {
  if (value.is_empty()) {
    return value.error(Errc::malformed, "must not be null or empty");
  }
  for (const View element : value.elements()) {
    CDSS_CHECK(check_nothing_empty(element));
  }
  for (const Member member : value.members()) {
    if (member.name != "resource" && member.name != "extension") {
      CDSS_CHECK(check_nothing_empty(member.value));
    }
  }
  return {};
}

Result<void> check_card(View card, const CheckRules& rules) {
  CDSS_CHECK(card.check_object());
  CDSS_CHECK(check_nothing_empty(card));
  CDSS_CHECK(check_text(card, rules));
  CDSS_CHECK(card.required_string("indicator"));
  if (!read_indicator(card)) {
    return card.error_at("indicator", Errc::malformed, "must be info, warning or critical");
  }
  CDSS_CHECK(check_source(card, rules));
  CDSS_CHECK(check_suggestions(card, rules));
  CDSS_CHECK(check_each(card, "overrideReasons", kMostOnCard, check_override_reason));
  return check_each(card, "links", kMostOnCard, [&](View link) { return check_link(link, rules); });
}

bool needs_suggestion_per_action(View suggestion, const ClientFeatures& client) {
  const auto behavior = suggestion.text_or_empty("actionSelectionBehavior");
  const auto actions = suggestion.find("actions");
  return (behavior == "any" || behavior == "at-most-one") &&
         !client.takes_action_selection_behavior() && actions && actions->size() > 1;
}

std::optional<Indicator> read_indicator(View card) {
  const auto text = card.text_or_empty("indicator");
  for (const auto value : {Indicator::info, Indicator::warning, Indicator::critical}) {
    if (text == to_string(value)) {
      return value;
    }
  }
  return std::nullopt;
}

std::string_view read_card_kind(View card) {
  constexpr std::size_t kLongest = 64;
  const auto kind = claimed_kind(card);
  const bool well_formed = kind.size() <= kLongest && only_letters_digits_and("-_.", kind);
  return well_formed ? kind : std::string_view{};
}

bool is_red_flag(View card) {
  return starts_ignoring_case(claimed_kind(card), "red-flag");
}

bool is_urgent(View card) {
  const auto indicator = card.find("indicator");
  return is_red_flag(card) ||
         (indicator && starts_ignoring_case(indicator->raw_text(), "critical"));
}

}  // namespace cdss::hooks
