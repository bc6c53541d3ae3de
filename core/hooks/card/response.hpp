#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/card/card.hpp"
#include "core/hooks/card/client_features.hpp"
#include "core/json/view.hpp"
#include "fhir/compartment/patient_reference.hpp"

namespace cdss::hooks {

/// The most that an answer may hold: nobody reads more, and the work on an answer is bounded.
inline constexpr std::uint32_t kMostCards = 32;
inline constexpr std::uint32_t kMostSystemActions = 32;
/// The most suggestions, the most links and the most override reasons of one card.
inline constexpr std::uint32_t kMostOnCard = 32;
/// The most actions of one suggestion.
inline constexpr std::uint32_t kMostActions = 64;

/// What an answer may hold for the client that is calling.
struct CheckRules {
  std::string_view patient_id;             ///< bare id: actions may touch this patient only
  std::string_view fhir_server = {};       ///< of the call, where the id holds; empty without one
  std::vector<std::string> link_hosts;     ///< lower case, no port, exact; empty allows no link
  std::string source_label = "Psoas CDS";  ///< of a card that the check writes itself
  std::string source_url;      ///< for a card whose source has no url; a permitted link, or empty
  bool explain = false;        ///< keep our extensions; else none of them is written (EXT-06)
  ClientFeatures client = {};  ///< what the client supports
  bool has_unjudged_drafts = false;  ///< drafted orders were excluded from the call: a card says so

  fhir::PatientOfCall patient() const { return {.id = patient_id, .fhir_server = fhir_server}; }
};

/// One suggestion as it is sent: one of the plugin's, or one of several that stand for it because
/// the client cannot be told that its actions are alternatives (SUG-11).
struct CheckedSuggestion {
  View view;                 ///< as the plugin wrote it
  std::optional<View> only;  ///< the one action of several that this suggestion is
  std::string uuid;          ///< fresh, lower case (SUG-02)
};

/// Whose words a card is sent with.
enum class CardText : std::uint8_t {
  plugin,           ///< those of the plugin
  replacement,      ///< ours, in the place of an urgent card that did not pass the check
  unjudged_drafts,  ///< ours, about drafted orders that no plugin was given
};

/// One card as it is sent. Borrowed from the answer's Document.
struct CheckedCard {
  View view;  ///< as the plugin wrote it; with another text nothing of it is written but its kind
  CardText text = CardText::plugin;
  std::string uuid;                                               ///< fresh, lower case (CARD-17)
  std::vector<CheckedSuggestion> suggestions;                     ///< in their order
  SelectionBehavior selection_behavior = SelectionBehavior::any;  ///< written with suggestions
  bool recommends = false;     ///< write which suggestions are recommended
  std::string_view card_kind;  ///< empty when the card carries none
  Indicator indicator;
};

/// A card, system action or extension that was dropped.
struct DroppedItem {
  Error error;            ///< reason and path within the answer; holds no text of the answer
  bool replaced = false;  ///< a fixed text stands in its place
  std::optional<Indicator> indicator;  ///< of a card, when it could be read
  std::string card_kind;               ///< of a card, when it carries a well-formed one
};

/// An answer after the check: what may be sent, and what may not.
struct CheckedResponse {
  std::vector<CheckedCard> cards;
  std::vector<View> system_actions;
  std::optional<View> assessment;  ///< none unless CheckRules::explain
  std::string_view knowledge;      ///< hash that the assessment is to name; empty names none
  std::vector<DroppedItem> dropped;
  std::string source_label;  ///< as in CheckRules, the next two also
  std::string source_url;
  bool explain = false;
  ClientFeatures client;
};

/// Checks what a plugin wrote, `{cards, systemActions?, extension?}`, before a client may see it.
///
/// A card or system action that breaks a rule is dropped whole and reported in `dropped`; the rest
/// are kept in their order. An urgent card, critical or of a kind that begins with "red-flag", is
/// never dropped: a critical card with a fixed text takes its place. Beyond kMostCards, urgent
/// cards are kept first; if even these are too many, the last one is the fixed text. With more than
/// kMostSystemActions system actions none is kept. When drafted orders were excluded from the call,
/// a card says so, since an answer without cards reads as "all clear". Uuids are always
/// ours, whatever the plugin wrote. Members that CDS Hooks does not define are not
/// passed on. Resources inside actions are copied as they are, once their type, and every reference
/// of theirs to a patient, has been checked.
///
/// What the client does not take is not written. Where that would change what may be chosen, less
/// may be: for a client that does not know `actionSelectionBehavior` each action becomes a
/// suggestion of its own, under `at-most-one` unless `any` was meant for all that is on the card;
/// for CDS Hooks 1.0 every choice is `at-most-one`.
///
/// @param answer  must outlive the result.
/// Errors: Errc::internal when `answer` is no object or `cards` is no array.
/// Source: CDS Hooks 2.0.1, "CDS Service Response"; rows RESP, CARD, COD, SUG, ACT, SYS, LINK.
Result<CheckedResponse> check_response(View answer, const CheckRules& rules);

/// The body of the HTTP response. Deterministic but for the uuids.
std::string write_response(const CheckedResponse& response);

/// Says whether a client would get this response whole: for those who write cards, and their tests.
///
/// Errors: the first reason for which check_response would drop something.
Result<void> check(const Response& response, const CheckRules& rules);

}  // namespace cdss::hooks
