#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/json_writer.hpp"

// The values of which a response is made, for those who write one. Each is a plain aggregate, to be
// built with designated initialisers; an empty text or list means "not given". Nothing is checked
// here: hooks::check (response.hpp) says whether a client would accept it, and the host checks
// every answer of a plugin again. "Plain text" holds nothing that begins like an HTML tag.

namespace cdss::hooks {

/// How urgent a card is (CARD-07). Spelled as on the wire.
enum class Indicator : std::uint8_t { info, warning, critical };

/// How many suggestions of a card may be chosen (CARD-18).
enum class SelectionBehavior : std::uint8_t {
  at_most_one,  ///< "at-most-one", the only one that CDS Hooks 1.0 clients know
  any,
};

/// What an action does. `delete_` is "delete" on the wire, a keyword here.
// NOLINTNEXTLINE(readability-identifier-naming): the underscore parts it from the keyword.
enum class ActionType : std::uint8_t { create, update, delete_ };

enum class LinkType : std::uint8_t { absolute, smart };

/// A code of a system (COD-01 to COD-03).
struct Coding {
  std::string system;   ///< required, URI
  std::string code;     ///< required
  std::string display;  ///< required in override reasons
};

/// Who stands behind a card's advice (CARD-08 to CARD-15).
struct Source {
  std::string label;            ///< required, plain text
  std::string url;              ///< as Link::url; general reading, nothing about this patient
  std::string icon;             ///< as Link::url; PNG of 100 x 100 pixels
  std::optional<Coding> topic;  ///< what the card is about
};

/// A way out of the card to a page or a SMART app (LINK-01 to LINK-06).
struct Link {
  std::string label;  ///< required, plain text
  std::string url;    ///< required; https, on a host that the site allows
  LinkType type = LinkType::absolute;
  std::string app_context;  ///< with LinkType::smart only
  bool autolaunchable = false;
};

/// One change to the record that the client is asked to make (ACT-01 to ACT-10).
struct Action {
  ActionType type = ActionType::create;
  std::string description;  ///< required, plain text
  std::string resource;     ///< create, update: one FHIR resource as JSON text, valid and complete
  std::string resource_id;  ///< delete: "Type/id"
};

/// One choice on a card; choosing it does all its actions (SUG-01 to SUG-05, SUG-12). Its uuid is
/// given by the host.
struct Suggestion {
  std::string label;  ///< required, plain text
  bool is_recommended = false;
  std::vector<Action> actions;
};

/// One piece of advice (CARD-01 to CARD-26). Its uuid is given by the host.
struct Card {
  std::string summary;  ///< required, plain text, at most 139 characters
  std::string detail;   ///< GitHub-flavoured Markdown; text from the record through escape_markdown
  Indicator indicator = Indicator::info;
  Source source;
  std::vector<Suggestion> suggestions;
  SelectionBehavior selection_behavior =
      SelectionBehavior::at_most_one;  ///< written when there are suggestions
  std::vector<Coding> override_reasons;
  std::vector<Link> links;
  std::string
      card_kind;  ///< what this card says, stable over versions, e.g. "recent-hip"; letters,
                  ///< digits, `-`, `_`, `.`; travels in the extension org.psoas-cds.card
};

/// A whole answer to a call.
struct Response {
  std::vector<Card> cards;             ///< empty when there is nothing to say (RESP-03)
  std::vector<Action> system_actions;  ///< only for clients that agreed to them (SYS-04)
  std::string assessment;  ///< one JSON object as text, for extension org.psoas-cds.assessment
};

/// Our extension members (EXT-03).
inline constexpr std::string_view kCardExtension = "org.psoas-cds.card";
inline constexpr std::string_view kAssessmentExtension = "org.psoas-cds.assessment";

/// The code on the wire, e.g. "critical", "at-most-one", "delete".
std::string_view to_string(Indicator value);
std::string_view to_string(SelectionBehavior value);
std::string_view to_string(ActionType value);
std::string_view to_string(LinkType value);

/// Writes the members of each into an object that the caller has opened. What is empty is left out.
void write(json::Object& out, const Coding& coding);
void write(json::Object& out, const Source& source);
void write(json::Object& out, const Link& link);
void write(json::Object& out, const Action& action);
void write(json::Object& out, const Suggestion& suggestion);
void write(json::Object& out, const Card& card);

/// The answer as JSON text: `cards` always, `systemActions` and `extension` when there are any.
/// Deterministic.
std::string write(const Response& response);

}  // namespace cdss::hooks
