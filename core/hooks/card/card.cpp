#include "core/hooks/card/card.hpp"

namespace cdss::hooks {
namespace {

/// Writes each value as an object of an array member.
template <class T>
void write_all(json::Object& out, std::string_view name, const std::vector<T>& values) {
  out.objects(name, values, [](json::Object& object, const T& value) { write(object, value); });
}

}  // namespace

std::string_view to_string(Indicator value) {
  switch (value) {
    case Indicator::info:
      return "info";
    case Indicator::warning:
      return "warning";
    case Indicator::critical:
      return "critical";
  }
  return {};
}

std::string_view to_string(SelectionBehavior value) {
  return value == SelectionBehavior::any ? "any" : "at-most-one";
}

std::string_view to_string(ActionType value) {
  switch (value) {
    case ActionType::create:
      return "create";
    case ActionType::update:
      return "update";
    case ActionType::delete_:
      return "delete";
  }
  return {};
}

std::string_view to_string(LinkType value) {
  return value == LinkType::smart ? "smart" : "absolute";
}

void write(json::Object& out, const Coding& coding) {
  out.string("system", coding.system);
  out.string("code", coding.code);
  out.string("display", coding.display);
}

void write(json::Object& out, const Source& source) {
  out.string("label", source.label);
  out.string("url", source.url);
  out.string("icon", source.icon);
  if (source.topic) {
    out.object("topic", [&](json::Object& topic) { write(topic, *source.topic); });
  }
}

void write(json::Object& out, const Link& link) {
  out.string("label", link.label);
  out.string("url", link.url);
  out.string("type", to_string(link.type));
  out.string("appContext", link.app_context);
  if (link.autolaunchable) {
    out.boolean("autolaunchable", true);
  }
}

void write(json::Object& out, const Action& action) {
  out.string("type", to_string(action.type));
  out.string("description", action.description);
  out.json("resource", action.resource);
  out.string("resourceId", action.resource_id);
}

void write(json::Object& out, const Suggestion& suggestion) {
  out.string("label", suggestion.label);
  if (suggestion.is_recommended) {
    out.boolean("isRecommended", true);
  }
  write_all(out, "actions", suggestion.actions);
}

void write(json::Object& out, const Card& card) {
  out.string("summary", card.summary);
  out.string("detail", card.detail);
  out.string("indicator", to_string(card.indicator));
  out.object("source", [&](json::Object& source) { write(source, card.source); });
  write_all(out, "suggestions", card.suggestions);
  if (!card.suggestions.empty()) {
    out.string("selectionBehavior", to_string(card.selection_behavior));
  }
  write_all(out, "overrideReasons", card.override_reasons);
  write_all(out, "links", card.links);
  out.object("extension", [&](json::Object& extension) {
    extension.object(kCardExtension,
                     [&](json::Object& ours) { ours.string("card_kind", card.card_kind); });
  });
}

std::string write(const Response& response) {
  return json::object([&](json::Object& out) {
    out.array_even_if_empty("cards", [&](json::Array& cards) {
      for (const Card& card : response.cards) {
        cards.object([&](json::Object& object) { write(object, card); });
      }
    });
    write_all(out, "systemActions", response.system_actions);
    out.object("extension", [&](json::Object& extension) {
      extension.json(kAssessmentExtension, response.assessment);
    });
  });
}

}  // namespace cdss::hooks
