#include "core/hooks/response.hpp"

#include <initializer_list>

#include "core/base/document.hpp"
#include "core/base/uuid.hpp"
#include "core/hooks/action_check.hpp"
#include "core/hooks/card_check.hpp"

namespace cdss::hooks {
namespace {

void check_cards(View cards, const CheckRules& rules, CheckedResponse& into) {
  into.cards.reserve(cards.size());
  for (const View card : cards.elements()) {
    const auto kind = read_card_kind(card);
    if (auto checked = check_card(card, rules); !checked) {
      into.dropped.push_back({.error = std::move(checked).error(),
                              .indicator = read_indicator(card),
                              .card_kind = std::string{kind}});
      continue;
    }
    const auto suggestions = card.find("suggestions");
    CheckedCard kept{.view = card,
                     .uuid = new_uuid(),
                     .suggestion_uuids = {},
                     .card_kind = kind,
                     .indicator = *read_indicator(card)};
    for (std::uint32_t i = 0; suggestions && i < suggestions->size(); ++i) {
      kept.suggestion_uuids.push_back(new_uuid());
    }
    into.cards.push_back(std::move(kept));
  }
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
    into.dropped.push_back({.error = actions->error(Errc::malformed, "must be an array"),
                            .indicator = std::nullopt,
                            .card_kind = {}});
    return;
  }
  for (const View action : actions->elements()) {
    if (auto checked = check_system_action(action, rules); !checked) {
      into.dropped.push_back(
          {.error = std::move(checked).error(), .indicator = std::nullopt, .card_kind = {}});
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
    into.dropped.push_back(
        {.error = std::move(checked).error(), .indicator = std::nullopt, .card_kind = {}});
  }
}

/// Errors: Errc::internal when the array `name` has more than `most` elements.
Result<void> check_size(View answer, std::string_view name, std::uint32_t most) {
  const auto array = answer.find(name);
  if (array && array->size() > most) {
    return answer.error_at(name, Errc::internal,
                           "must have at most " + std::to_string(most) + " elements");
  }
  return {};
}

/// Copies those of the named members that are there, in the order named.
void copy(json::Object& out, View from, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    if (const auto value = from.find(name)) {
      out.value(name, *value);
    }
  }
}

/// Writes each object of the array member `name` with `write_one(json::Object&, View)`.
template <class WriteOne>
void copy_each(json::Object& out, View from, std::string_view name, WriteOne write_one) {
  if (const auto values = from.find(name)) {
    out.array(name, [&](json::Array& array) {
      for (const View value : values->elements()) {
        array.object([&](json::Object& object) { write_one(object, value); });
      }
    });
  }
}

void write_coding(json::Object& out, View coding) {
  copy(out, coding, {"system", "code", "display"});
}

void write_action(json::Object& out, View action) {
  copy(out, action, {"type", "description", "resource", "resourceId"});
}

void write_source(json::Object& out, View source) {
  copy(out, source, {"label", "url", "icon"});
  if (const auto topic = source.find("topic")) {
    out.object("topic", [&](json::Object& object) { write_coding(object, *topic); });
  }
}

void write_suggestion(json::Object& out, View suggestion, std::string_view uuid) {
  copy(out, suggestion, {"label"});
  out.string("uuid", uuid);
  copy(out, suggestion, {"isRecommended", "actionSelectionBehavior"});
  copy_each(out, suggestion, "actions", write_action);
}

void write_card(json::Object& out, const CheckedCard& card, bool explain) {
  out.string("uuid", card.uuid);
  copy(out, card.view, {"summary", "detail", "indicator"});
  out.object("source",
             [&](json::Object& source) { write_source(source, *card.view.find("source")); });
  if (!card.suggestion_uuids.empty()) {
    auto uuid = card.suggestion_uuids.begin();
    copy_each(out, card.view, "suggestions", [&](json::Object& suggestion, View view) {
      write_suggestion(suggestion, view, *uuid++);
    });
    copy(out, card.view, {"selectionBehavior"});
  }
  copy_each(out, card.view, "overrideReasons", write_coding);
  copy_each(out, card.view, "links", [](json::Object& link, View view) {
    copy(link, view, {"label", "url", "type", "appContext", "autolaunchable"});
  });
  if (explain) {
    out.object("extension", [&](json::Object& extension) {
      extension.object(kCardExtension,
                       [&](json::Object& ours) { ours.string("card_kind", card.card_kind); });
    });
  }
}

/// The plugin's members, but for `knowledge`: what was handed to the plugin is the host's to say.
void write_assessment(json::Object& extension, const CheckedResponse& response) {
  extension.object(kAssessmentExtension, [&](json::Object& assessment) {
    for (const Member member : response.assessment->members()) {
      if (member.name != "knowledge") {
        assessment.value(member.name, member.value);
      }
    }
    assessment.string("knowledge", response.knowledge);
  });
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
  CDSS_CHECK(check_size(answer, "cards", kMostCards));
  CDSS_CHECK(check_size(answer, "systemActions", kMostSystemActions));
  CheckedResponse response;
  response.explain = rules.explain;
  check_cards(*cards, rules, response);
  check_system_actions(answer, rules, response);
  if (rules.explain) {
    check_assessment(answer, response);
  }
  return response;
}

std::string write_response(const CheckedResponse& response) {
  return json::object([&](json::Object& out) {
    out.array_even_if_empty("cards", [&](json::Array& cards) {
      for (const CheckedCard& card : response.cards) {
        cards.object([&](json::Object& object) { write_card(object, card, response.explain); });
      }
    });
    out.array("systemActions", [&](json::Array& actions) {
      for (const View action : response.system_actions) {
        actions.object([&](json::Object& object) { write_action(object, action); });
      }
    });
    if (response.assessment) {
      out.object("extension",
                 [&](json::Object& extension) { write_assessment(extension, response); });
    }
  });
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
