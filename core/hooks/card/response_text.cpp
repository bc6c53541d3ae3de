// How an answer that was checked is written.

#include <initializer_list>

#include "core/hooks/card/card_check.hpp"
#include "core/hooks/card/response.hpp"

namespace cdss::hooks {
namespace {

// What is shown in place of an urgent card that may not be: it promises nothing that is not known.
constexpr std::string_view kRedFlagSummary =
    "Red flag in the record: urgent review needed; details could not be shown";
constexpr std::string_view kCriticalSummary =
    "Critical advice could not be shown: review the record now";
constexpr std::string_view kUnjudgedSummary = "Some drafted orders were not checked";
constexpr std::string_view kUnjudgedDetail =
    "It is not known whose orders they are: their patient is named by a group, an identifier or "
    "a temporary id. **This answer says nothing about them.** Check them as without this service.";
constexpr std::string_view kReplacedDetail =
    "This card stands in for one that could not be shown safely. Review the record itself, and "
    "tell those who run this service.";

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
    out.objects(name, values->elements(), write_one);
  }
}

void write_coding(json::Object& out, View coding) {
  copy(out, coding, {"system", "code", "display"});
}

/// To CDS Hooks 1.0 what is to be deleted is named in `resource` (ACT-07).
void write_action(json::Object& out, View action, const ClientFeatures& client) {
  copy(out, action, {"type", "description", "resource"});
  if (const auto id = action.find("resourceId")) {
    out.value(client.is_v1_0 ? "resource" : "resourceId", *id);
  }
}

void write_source(json::Object& out, View source, const CheckedResponse& response) {
  copy(out, source, {"label", "url"});
  if (!source.find("url")) {
    out.string("url", response.source_url);
  }
  copy(out, source, {"icon"});
  const auto topic = source.find("topic");
  if (topic && !response.client.is_v1_0) {
    out.object("topic", [&](json::Object& object) { write_coding(object, *topic); });
  }
}

void write_suggestion(json::Object& out, const CheckedSuggestion& suggestion, bool recommends,
                      const ClientFeatures& client) {
  if (suggestion.only) {
    out.value("label", *suggestion.only->find("description"));
    out.string("uuid", suggestion.uuid);
    out.array("actions", [&](json::Array& actions) {
      actions.object([&](json::Object& action) { write_action(action, *suggestion.only, client); });
    });
    return;
  }
  copy(out, suggestion.view, {"label"});
  out.string("uuid", suggestion.uuid);
  if (recommends) {
    copy(out, suggestion.view, {"isRecommended"});
  }
  if (client.takes_action_selection_behavior()) {
    copy(out, suggestion.view, {"actionSelectionBehavior"});
  }
  copy_each(out, suggestion.view, "actions",
            [&](json::Object& action, View view) { write_action(action, view, client); });
}

void write_suggestions(json::Object& out, const CheckedCard& card, const ClientFeatures& client) {
  if (card.suggestions.empty()) {
    return;
  }
  out.objects("suggestions", card.suggestions,
              [&](json::Object& object, const CheckedSuggestion& suggestion) {
                write_suggestion(object, suggestion, card.recommends, client);
              });
  out.string("selectionBehavior", to_string(card.selection_behavior));
}

void write_our_text(json::Object& out, const CheckedCard& card, const CheckedResponse& response) {
  if (card.text == CardText::unjudged_drafts) {
    out.string("summary", kUnjudgedSummary);
    out.string("detail", kUnjudgedDetail);
  } else {
    out.string("summary", is_red_flag(card.view) ? kRedFlagSummary : kCriticalSummary);
    out.string("detail", kReplacedDetail);
  }
  out.string("indicator", to_string(card.indicator));
  out.object("source", [&](json::Object& source) {
    source.string("label", response.source_label);
    source.string("url", response.source_url);
  });
}

void write_content(json::Object& out, const CheckedCard& card, const CheckedResponse& response) {
  const auto& client = response.client;
  copy(out, card.view, {"summary", "detail", "indicator"});
  out.object("source", [&](json::Object& source) {
    write_source(source, *card.view.find("source"), response);
  });
  write_suggestions(out, card, client);
  if (!client.is_v1_0) {
    copy_each(out, card.view, "overrideReasons", write_coding);
  }
  copy_each(out, card.view, "links", [&](json::Object& link, View view) {
    copy(link, view, {"label", "url", "type", "appContext"});
    if (!client.is_v1_0) {
      copy(link, view, {"autolaunchable"});
    }
  });
}

void write_card(json::Object& out, const CheckedCard& card, const CheckedResponse& response) {
  if (!response.client.is_v1_0) {
    out.string("uuid", card.uuid);
  }
  if (card.text == CardText::plugin) {
    write_content(out, card, response);
  } else {
    write_our_text(out, card, response);
  }
  if (response.explain) {
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

void write_system_actions(json::Object& out, const CheckedResponse& response) {
  out.objects("systemActions", response.system_actions, [&](json::Object& object, View action) {
    write_action(object, action, response.client);
  });
}

}  // namespace

std::string write_response(const CheckedResponse& response) {
  return json::object([&](json::Object& out) {
    out.array_even_if_empty("cards", [&](json::Array& cards) {
      for (const CheckedCard& card : response.cards) {
        cards.object([&](json::Object& object) { write_card(object, card, response); });
      }
    });
    write_system_actions(out, response);
    out.object("extension", [&](json::Object& extension) {
      if (response.client.system_actions_extension) {
        write_system_actions(extension, response);
      }
      if (response.assessment) {
        write_assessment(extension, response);
      }
    });
  });
}

}  // namespace cdss::hooks
