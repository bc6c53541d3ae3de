// What a client of a version, and with what is agreed with it, gets of an answer.

#include "core/hooks/card/client_features.hpp"

#include <regex>

#include "tests/core/hooks/card/answer.hpp"

namespace cdss::hooks {
namespace {

constexpr const char* kCreate =
    R"({"type":"create","description":"Add","resource":{"resourceType":"Medication"}})";
constexpr const char* kDelete =
    R"({"type":"delete","description":"Remove","resourceId":"ServiceRequest/1"})";

CheckRules rules_of(ClientFeatures client) {
  return {.patient_id = "p1", .link_hosts = {"example.org"}, .client = client};
}

/// What is sent, each uuid as "U".
std::string sent(const std::string& json, const CheckRules& by) {
  const auto document = parse(json);
  const auto response = check_response(document.root(), by);
  if (!response) {
    ADD_FAILURE() << response.error().message;
    return {};
  }
  static const std::regex uuid{R"([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17})"};
  return std::regex_replace(write_response(*response), uuid, "U");
}

/// The suggestions and selectionBehavior of the one card that is sent.
std::string sent_suggestions(const Members& card, ClientFeatures client) {
  const auto whole = sent(answer(card), rules_of(client));
  const auto from = whole.find(R"("suggestions")");
  return from == std::string::npos ? "none" : whole.substr(from, whole.size() - from - 3);
}

std::string suggestion_of(const std::string& more) {
  return R"({"label":"Orders",)" + more + R"("actions":[)" + kCreate + "," + kDelete + "]}";
}

constexpr const char* kTwoSuggestions =
    R"("suggestions":[{"label":"Add","uuid":"U","actions":[{"type":"create","description":"Add",)"
    R"("resource":{"resourceType":"Medication"}}]},{"label":"Remove","uuid":"U","actions":)"
    R"([{"type":"delete","description":"Remove","resourceId":"ServiceRequest/1"}]}],)"
    R"("selectionBehavior":)";

TEST(ClientFeatures, RESP_09_SendToVersion1WhatItDefines) {
  const std::string json =
      R"({"cards":[{"summary":"s","indicator":"info","source":{"label":"l",)"
      R"("topic":{"system":"urn:t","code":"c"}},"suggestions":[{"label":"a","isRecommended":true,)"
      R"("actions":[)" +
      std::string{kDelete} +
      R"(]}],"selectionBehavior":"any","overrideReasons":[{"system":"urn:r","code":"r",)"
      R"("display":"x"}],"links":[{"label":"k","url":"https://example.org/a","type":"absolute",)"
      R"("autolaunchable":true}]}]})";
  EXPECT_EQ(sent(json, rules_of({.is_v1_0 = true})),
            R"({"cards":[{"summary":"s","indicator":"info","source":{"label":"l"},)"
            R"("suggestions":[{"label":"a","uuid":"U","actions":[{"type":"delete",)"
            R"("description":"Remove","resource":"ServiceRequest/1"}]}],)"
            R"("selectionBehavior":"at-most-one",)"
            R"("links":[{"label":"k","url":"https://example.org/a","type":"absolute"}]}]})");
  const auto whole = sent(json, rules_of({}));
  for (const auto* const member : {"uuid", "topic", "isRecommended", "overrideReasons",
                                   "autolaunchable", "resourceId", R"("any")"}) {
    EXPECT_NE(whole.find(member), std::string::npos) << member;
  }
}

TEST(ClientFeatures, ACT_07_NameToVersion1WhatIsDeletedInResource) {
  const auto card = with_suggestions("[" + suggestion_of("") + "]");
  EXPECT_NE(sent_suggestions(card, {.is_v1_0 = true})
                .find(R"("description":"Remove","resource":"ServiceRequest/1")"),
            std::string::npos);
  EXPECT_NE(sent_suggestions(card, {}).find(R"("resourceId":"ServiceRequest/1")"),
            std::string::npos);
}

TEST(ClientFeatures, CARD_18_LetVersion1ChooseAtMostOne) {
  const auto card = with_suggestions(
      R"([{"label":"a","isRecommended":true},{"label":"b","isRecommended":true}])");
  EXPECT_EQ(sent_suggestions(card, {.is_v1_0 = true}),
            R"("suggestions":[{"label":"a","uuid":"U"},{"label":"b","uuid":"U"}],)"
            R"("selectionBehavior":"at-most-one")");
}

TEST(ClientFeatures, SYS_02_SYS_04_SendSystemActionsToThoseWhoAgreed) {
  const std::string json = R"({"cards":[],"systemActions":[)" + std::string{kCreate} + "]}";
  const std::string nothing = R"({"cards":[]})";
  const std::string actions = R"("systemActions":[)" + std::string{kCreate} + "]";
  EXPECT_EQ(sent(json, rules_of({})), nothing);
  EXPECT_EQ(sent(json, rules_of({.system_actions = true})), R"({"cards":[],)" + actions + "}");
  EXPECT_EQ(sent(json, rules_of({.is_v1_0 = true, .system_actions = true})), nothing);
  EXPECT_EQ(sent(json, rules_of({.is_v1_0 = true, .system_actions_extension = true})), nothing);
}

TEST(ClientFeatures, EXT_06_SendSystemActionsInTheExtensionToThoseWhoReadThemThere) {
  const std::string json = R"({"cards":[],"systemActions":[)" + std::string{kCreate} +
                           R"(],"extension":{"org.psoas-cds.assessment":{"band":"likely"}}})";
  const std::string actions = R"("systemActions":[)" + std::string{kCreate} + "]";
  auto by = rules_of({.system_actions_extension = true});
  EXPECT_EQ(sent(json, by), R"({"cards":[],)" + actions + R"(,"extension":{)" + actions + "}}");
  EXPECT_EQ(sent(R"({"cards":[]})", by), R"({"cards":[]})");
  by.explain = true;
  EXPECT_EQ(sent(json, by), R"({"cards":[],)" + actions + R"(,"extension":{)" + actions +
                                R"(,"org.psoas-cds.assessment":{"band":"likely"}}})");
}

TEST(ClientFeatures, SUG_09_SUG_10_CAP_02_SendActionSelectionBehaviorToThoseWhoKnowIt) {
  const auto card = with_suggestions(
      "[" + suggestion_of(R"("actionSelectionBehavior":"any",)") + "]", R"("at-most-one")");
  EXPECT_NE(sent_suggestions(card, {.action_selection_behavior = true})
                .find(R"("actionSelectionBehavior":"any")"),
            std::string::npos);
  for (const auto& client :
       {ClientFeatures{}, ClientFeatures{.is_v1_0 = true, .action_selection_behavior = true}}) {
    EXPECT_EQ(sent_suggestions(card, client).find("actionSelectionBehavior"), std::string::npos);
  }
}

TEST(ClientFeatures, SUG_11_SayTheSameChoiceWithSuggestions) {
  const auto card = [](const char* actions, const char* suggestions) {
    return with_suggestions(
        "[" + suggestion_of(R"("actionSelectionBehavior":")" + std::string{actions} + "\",") + "]",
        suggestions);
  };
  EXPECT_EQ(sent_suggestions(card("any", R"("at-most-one")"), {}),
            std::string{kTwoSuggestions} + R"("any")");
  EXPECT_EQ(sent_suggestions(card("at-most-one", R"("any")"), {}),
            std::string{kTwoSuggestions} + R"("at-most-one")");
  const auto all = sent_suggestions(card("all", R"("any")"), {});
  EXPECT_EQ(all.find(R"("label":"Add")"), std::string::npos);
  EXPECT_NE(all.find(R"("selectionBehavior":"any")"), std::string::npos);
}

TEST(ClientFeatures, SUG_11_OfferNoMoreThanWasMeant) {
  const auto card = [](const char* behavior) {
    return with_suggestions(R"([{"label":"a","isRecommended":true},)" +
                            suggestion_of(R"("isRecommended":true,"actionSelectionBehavior":)" +
                                          std::string{behavior} + ",") +
                            R"(,{"label":"c","isRecommended":true}])");
  };
  const auto alternatives = sent_suggestions(card(R"("at-most-one")"), {});
  EXPECT_NE(alternatives.find(R"("selectionBehavior":"at-most-one")"), std::string::npos);
  EXPECT_EQ(alternatives.find("isRecommended"), std::string::npos);  // two would be: CARD-19
  const auto any = sent_suggestions(card(R"("any")"), {});
  EXPECT_NE(any.find(R"("selectionBehavior":"any")"), std::string::npos);
  EXPECT_NE(any.find(R"({"label":"c","uuid":"U","isRecommended":true})"), std::string::npos);
}

TEST(ClientFeatures, SUG_11_DropACardWithMoreChoicesThanOneMayHold) {
  const auto one = R"({"label":"a","actionSelectionBehavior":"any","actions":)" +
                   repeated(kDelete, kMostOnCard / 2 + 1) + "}";
  const auto card = with_suggestions(repeated(one, 2));
  expect_dropped(card, "suggestions", rules_of({}));
  expect_kept(card, rules_of({.action_selection_behavior = true}));
}

TEST(ClientFeatures, KeepAFixedTextWithoutUuidForVersion1) {
  const auto broken = with(without(kCard, "source"), "indicator", R"("critical")");
  EXPECT_EQ(sent(answer(broken), rules_of({.is_v1_0 = true})).find("uuid"), std::string::npos);
}

}  // namespace
}  // namespace cdss::hooks
