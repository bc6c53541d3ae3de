#include "core/hooks/card/response.hpp"

#include <regex>
#include <set>

#include "core/hooks/card/card_check.hpp"
#include "tests/core/hooks/card/answer.hpp"

namespace cdss::hooks {
namespace {

std::string written(const std::string& json, const CheckRules& by) {
  const auto document = parse(json);
  const auto response = check_response(document.root(), by);
  if (!response) {
    ADD_FAILURE() << response.error().message;
    return {};
  }
  // Uuids are fresh each time; a fixed one in their place makes texts comparable.
  static const std::regex uuid{
      R"([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})"};
  return std::regex_replace(write_response(*response), uuid, "U");
}

TEST(CheckResponse, RefusesAnAnswerThatIsNone) {
  for (const auto* const json : {"[]", "null", "{}", R"({"cards":null})", R"({"cards":{}})"}) {
    SCOPED_TRACE(json);
    const auto document = parse(json);
    const auto response = check_response(document.root(), rules());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, Errc::internal);
  }
}

std::string whole(const std::string& cards, const std::string& actions) {
  return R"({"cards":)" + cards + R"(,"systemActions":)" + actions + "}";
}

constexpr const char* kSystemAction =
    R"({"type":"delete","description":"d","resourceId":"Task/1"})";

TEST(CheckResponse, KeepsAsManyCardsAndActionsAsMayBe) {
  const auto most =
      parse(whole(repeated(text(kCard), kMostCards), repeated(kSystemAction, kMostSystemActions)));
  const auto kept = check_response(most.root(), rules());
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->cards.size(), kMostCards);
  EXPECT_EQ(kept->system_actions.size(), kMostSystemActions);
  EXPECT_TRUE(kept->dropped.empty());
}

TEST(CheckResponse, DoesNoneOfTooManySystemActions) {
  for (const auto& actions :
       {repeated(kSystemAction, kMostSystemActions + 1), repeated("5", 150'000)}) {
    const auto document = parse(whole(repeated(text(kCard), 1), actions));
    const auto response = check_response(document.root(), rules());
    ASSERT_TRUE(response);
    EXPECT_EQ(response->cards.size(), 1U);
    EXPECT_TRUE(response->system_actions.empty());
    ASSERT_EQ(response->dropped.size(), 1U);
    EXPECT_EQ(response->dropped[0].error.where, "systemActions");
  }
}

TEST(CheckResponse, RESP_03_KeepsAnAnswerWithNothingToSay) {
  EXPECT_EQ(written(R"({"cards":[]})", rules()), R"({"cards":[]})");
}

TEST(CheckResponse, RESP_05_LeavesOutEmptySystemActions) {
  EXPECT_EQ(written(R"({"cards":[],"systemActions":[]})", rules()), R"({"cards":[]})");
}

TEST(CheckResponse, RESP_10_KeepsTheValidCardsInTheirOrder) {
  const auto first = text(with(kCard, "summary", R"("first")"));
  const auto broken = text(without(kCard, "source"));
  const auto second = text(with(kCard, "summary", R"("second")"));
  const auto document = parse(R"({"cards":[)" + first + "," + broken + "," + second + ",5]}");
  const auto response = check_response(document.root(), rules());
  ASSERT_TRUE(response);
  ASSERT_EQ(response->cards.size(), 2U);
  EXPECT_EQ(response->cards[0].view.text_or_empty("summary"), "first");
  EXPECT_EQ(response->cards[1].view.text_or_empty("summary"), "second");
  ASSERT_EQ(response->dropped.size(), 2U);
  EXPECT_EQ(response->dropped[0].error.where, "cards[1].source");
  EXPECT_EQ(response->dropped[1].error.where, "cards[3]");
}

TEST(CheckResponse, SaysThatDraftedOrdersWereLeftOut) {
  const auto document = parse(R"({"cards":[]})");
  auto with_drafts = rules();
  with_drafts.has_unjudged_drafts = true;
  with_drafts.source_url = "https://example.org/services/orders";
  const auto response = check_response(document.root(), with_drafts);
  ASSERT_TRUE(response);
  ASSERT_EQ(response->cards.size(), 1U);
  EXPECT_TRUE(response->dropped.empty());
  const auto written = parse(write_response(*response));
  const View card = *written.root().find("cards")->elements().begin();
  EXPECT_EQ(card.text_or_empty("summary"), "Some drafted orders were not checked");
  EXPECT_EQ(card.text_or_empty("indicator"), "warning");
  EXPECT_EQ(card.text_or_empty("uuid"), response->cards[0].uuid);
  EXPECT_TRUE(check_card(card, with_drafts)) << "a card of ours keeps the rules too";
}

TEST(CheckResponse, SaysHowUrgentADroppedCardWas) {
  const auto card = with(with(without(kCard, "source"), "indicator", R"("critical")"), "extension",
                         R"({"org.psoas-cds.card":{"card_kind":"red-flag"}})");
  const auto document = parse(answer(card));
  const auto response = check_response(document.root(), rules());
  ASSERT_TRUE(response);
  ASSERT_EQ(response->dropped.size(), 1U);
  EXPECT_TRUE(response->dropped[0].replaced);
  EXPECT_EQ(response->dropped[0].indicator, Indicator::critical);
  EXPECT_EQ(response->dropped[0].card_kind, "red-flag");
}

TEST(CheckResponse, CARD_26_PassesOnOnlyWhatCdsHooksDefines) {
  EXPECT_EQ(
      written(R"({"cards":[{"summary":"s","indicator":"info","source":{"label":"l","x":1},"x":[2],
                  "selectionBehavior":"any"}],"x":3})",
              rules()),
      R"({"cards":[{"uuid":"U","summary":"s","indicator":"info","source":{"label":"l"}}]})");
}

TEST(CheckResponse, WritesAWholeAnswer) {
  const std::string json =
      R"({"cards":[{"summary":"s","detail":"d","indicator":"critical",)"
      R"("source":{"label":"l","url":"https://example.org","icon":"https://example.org/i",)"
      R"("topic":{"system":"urn:t","code":"c","display":"x"}},)"
      R"("suggestions":[{"label":"a","isRecommended":true,"actions":[{"type":"create",)"
      R"("description":"d","resource":{"resourceType":"Medication","code":{"text":"\u00e9"},"n":1.50}}]},)"
      R"({"label":"b"}],"selectionBehavior":"at-most-one",)"
      R"("overrideReasons":[{"system":"urn:r","code":"r","display":"x"}],)"
      R"("links":[{"label":"k","url":"https://example.org/a","type":"absolute"}],)"
      R"("extension":{"org.psoas-cds.card":{"card_kind":"k"}}}],)"
      R"("systemActions":[{"type":"delete","description":"d","resourceId":"Task/1"}],)"
      R"("extension":{"org.psoas-cds.assessment":{"band":"likely"}}})";
  const std::string expected =
      R"({"cards":[{"uuid":"U","summary":"s","detail":"d","indicator":"critical",)"
      R"("source":{"label":"l","url":"https://example.org","icon":"https://example.org/i",)"
      R"("topic":{"system":"urn:t","code":"c","display":"x"}},)"
      R"("suggestions":[{"label":"a","uuid":"U","isRecommended":true,"actions":[{"type":"create",)"
      R"("description":"d","resource":{"resourceType":"Medication","code":{"text":"é"},"n":1.50}}]},)"
      R"({"label":"b","uuid":"U"}],"selectionBehavior":"at-most-one",)"
      R"("overrideReasons":[{"system":"urn:r","code":"r","display":"x"}],)"
      R"("links":[{"label":"k","url":"https://example.org/a","type":"absolute"}],)"
      R"("extension":{"org.psoas-cds.card":{"card_kind":"k"}}}],)"
      R"("systemActions":[{"type":"delete","description":"d","resourceId":"Task/1"}],)"
      R"("extension":{"org.psoas-cds.assessment":{"band":"likely"}}})";
  EXPECT_EQ(written(json, rules()), expected);
}

TEST(CheckResponse, EXT_03_EXT_06_SendsNoExtensionUnlessExplained) {
  auto silent = rules();
  silent.explain = false;
  const std::string json =
      R"({"cards":[{"summary":"s","indicator":"info","source":{"label":"l","extension":{"a":1}},)"
      R"("extension":{"org.psoas-cds.card":{"card_kind":"k"},"com.example.x":1}}],)"
      R"("extension":{"org.psoas-cds.assessment":{"band":"likely"},"com.example.y":1}})";
  EXPECT_EQ(written(json, silent),
            R"({"cards":[{"uuid":"U","summary":"s","indicator":"info","source":{"label":"l"}}]})");
  EXPECT_EQ(written(json, rules()),
            R"({"cards":[{"uuid":"U","summary":"s","indicator":"info","source":{"label":"l"},)"
            R"("extension":{"org.psoas-cds.card":{"card_kind":"k"}}}],)"
            R"("extension":{"org.psoas-cds.assessment":{"band":"likely"}}})");
}

TEST(CheckResponse, EXT_02_DropsAnAssessmentThatIsNoObjectOrHoldsNothing) {
  for (const auto* const wrong : {"null", "5", "\"x\"", "[1]", "{}", R"({"missing":[]})"}) {
    SCOPED_TRACE(wrong);
    const auto document = parse(R"({"cards":[],"extension":{"org.psoas-cds.assessment":)" +
                                std::string{wrong} + "}}");
    const auto response = check_response(document.root(), rules());
    ASSERT_TRUE(response);
    EXPECT_FALSE(response->assessment);
    EXPECT_EQ(response->dropped.size(), 1U);
    EXPECT_EQ(write_response(*response), R"({"cards":[]})");
  }
}

TEST(CheckResponse, GivesTheKindOfACard) {
  const struct {
    const char* extension;
    std::string_view kind;
  } rows[] = {
      {R"({"org.psoas-cds.card":{"card_kind":"recent-hip.v1_2"}})", "recent-hip.v1_2"},
      {R"({"org.psoas-cds.card":{"card_kind":"Mrs Smith"}})", ""},
      {R"({"org.psoas-cds.card":{"card_kind":5}})", ""},
      {R"({"org.psoas-cds.card":[]})", ""},
      {R"({"other":1})", ""},
      {R"("x")", ""},
  };
  for (const auto& [extension, kind] : rows) {
    SCOPED_TRACE(extension);
    const auto document = parse(answer(with(kCard, "extension", extension)));
    const auto response = check_response(document.root(), rules());
    ASSERT_TRUE(response);
    ASSERT_EQ(response->cards.size(), 1U);
    EXPECT_EQ(response->cards[0].card_kind, kind);
  }
}

TEST(CheckResponse, CARD_17_SUG_02_FB_24_GivesFreshUuidsWhateverWasThere) {
  const auto card = with(with_suggestions(R"([{"label":"a","uuid":"mine"},{"label":"b"}])"), "uuid",
                         R"("4E0A3A1E-3283-4575-AB82-028D55FE2719")");
  const auto document = parse(answer(card));
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto response = check_response(document.root(), rules());
    ASSERT_TRUE(response);
    const auto& kept = response->cards.at(0);
    ASSERT_EQ(kept.suggestions.size(), 2U);
    seen.insert(kept.uuid);
    for (const auto& suggestion : kept.suggestions) {
      seen.insert(suggestion.uuid);
    }
    const auto body = write_response(*response);
    EXPECT_EQ(body.find("mine"), std::string::npos);
    EXPECT_EQ(body.find("4E0A"), std::string::npos);
    EXPECT_NE(body.find(kept.uuid), std::string::npos);
    EXPECT_NE(body.find(kept.suggestions[1].uuid), std::string::npos);
  }
  EXPECT_EQ(seen.size(), 300U);
}

}  // namespace
}  // namespace cdss::hooks
