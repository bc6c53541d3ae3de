#include "core/hooks/response.hpp"

#include <regex>
#include <set>

#include "tests/core/hooks/support.hpp"

namespace cdss::hooks {
namespace {

const Members kCard{
    {"summary", R"("Hip replacement 40 days ago")"},
    {"indicator", R"("info")"},
    {"source", R"({"label":"Psoas CDS"})"},
};
const Members kLink{
    {"label", R"("Guideline")"},
    {"url", R"("https://example.org/guideline")"},
    {"type", R"("absolute")"},
};
const Members kSuggestion{{"label", R"("Order a CRP")"}};
const Members kReason{{"code", R"("x")"}, {"system", R"("urn:r")"}, {"display", R"("Not now")"}};

CheckRules rules() {
  return {.patient_id = "p1",
          .link_hosts = {"example.org", "localhost"},
          .explain = true,
          .system_actions = true};
}

std::string answer(const Members& card) {
  return R"({"cards":[)" + text(card) + "]}";
}

Members with_link(const Members& link) {
  return with(kCard, "links", "[" + text(link) + "]");
}

Members with_suggestions(const std::string& suggestions, const char* behavior = R"("any")") {
  return with(with(kCard, "suggestions", suggestions), "selectionBehavior", behavior);
}

void expect_kept(const Members& card, const CheckRules& by = rules()) {
  SCOPED_TRACE(text(card));
  const auto document = parse(answer(card));
  const auto response = check_response(document.root(), by);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->cards.size(), 1U);
  for (const auto& dropped : response->dropped) {
    ADD_FAILURE() << dropped.error.where << ": " << dropped.error.message;
  }
}

void expect_dropped(const Members& card, const std::string& where, const CheckRules& by = rules()) {
  SCOPED_TRACE(text(card));
  const auto document = parse(answer(card));
  const auto response = check_response(document.root(), by);
  ASSERT_TRUE(response);
  EXPECT_TRUE(response->cards.empty());
  ASSERT_EQ(response->dropped.size(), 1U);
  EXPECT_EQ(response->dropped[0].error.where, "cards[0]" + (where.empty() ? "" : "." + where));
  EXPECT_FALSE(response->dropped[0].error.message.empty());
  EXPECT_EQ(write_response(*response), R"({"cards":[]})");
}

/// Each required member of an object inside a card, {absent, null, empty, wrong type}.
template <class Place>
void expect_required(const Members& object, const std::string& name, const std::string& where,
                     Place place) {
  expect_dropped(place(without(object, name)), where);
  for (const auto* const wrong : {"null", "\"\"", "\"   \"", "5", "[]", "{}", "true"}) {
    expect_dropped(place(with(object, name, wrong)), where);
  }
}

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

std::string repeated(const std::string& element, std::uint32_t count) {
  std::string out = "[" + element;
  for (std::uint32_t i = 1; i < count; ++i) {
    out += "," + element;
  }
  return out + "]";
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

TEST(CheckCard, HoldsNoMoreThanAClientWouldShow) {
  const auto reasons = [](std::uint32_t count) {
    return with(kCard, "overrideReasons", repeated(text(kReason), count));
  };
  const auto links = [](std::uint32_t count) {
    return with(kCard, "links", repeated(text(kLink), count));
  };
  const auto suggestions = [](std::uint32_t count) {
    return with_suggestions(repeated(text(kSuggestion), count));
  };
  const auto actions = [](std::uint32_t count) {
    return with_suggestions(
        R"([{"label":"a","actions":)" +
        repeated(R"({"type":"delete","description":"d","resourceId":"Task/1"})", count) + "}]");
  };
  expect_kept(reasons(kMostOnCard));
  expect_kept(links(kMostOnCard));
  expect_kept(suggestions(kMostOnCard));
  expect_kept(actions(kMostActions));
  expect_dropped(reasons(kMostOnCard + 1), "overrideReasons");
  expect_dropped(links(kMostOnCard + 1), "links");
  expect_dropped(suggestions(kMostOnCard + 1), "suggestions");
  expect_dropped(actions(kMostActions + 1), "suggestions[0].actions");
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

TEST(CheckResponse, PassesOnOnlyWhatCdsHooksDefines) {
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
      R"("description":"d","resource":{"resourceType":"Basic","code":{"text":"\u00e9"},"n":1.50}}]},)"
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
      R"("description":"d","resource":{"resourceType":"Basic","code":{"text":"é"},"n":1.50}}]},)"
      R"({"label":"b","uuid":"U"}],"selectionBehavior":"at-most-one",)"
      R"("overrideReasons":[{"system":"urn:r","code":"r","display":"x"}],)"
      R"("links":[{"label":"k","url":"https://example.org/a","type":"absolute"}],)"
      R"("extension":{"org.psoas-cds.card":{"card_kind":"k"}}}],)"
      R"("systemActions":[{"type":"delete","description":"d","resourceId":"Task/1"}],)"
      R"("extension":{"org.psoas-cds.assessment":{"band":"likely"}}})";
  EXPECT_EQ(written(json, rules()), expected);
}

TEST(CheckResponse, EXT_06_SendsNoExtensionUnlessExplained) {
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

TEST(CheckResponse, CARD_17_GivesFreshUuidsWhateverWasThere) {
  const auto card = with(with_suggestions(R"([{"label":"a","uuid":"mine"},{"label":"b"}])"), "uuid",
                         R"("4E0A3A1E-3283-4575-AB82-028D55FE2719")");
  const auto document = parse(answer(card));
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto response = check_response(document.root(), rules());
    ASSERT_TRUE(response);
    const auto& kept = response->cards.at(0);
    ASSERT_EQ(kept.suggestion_uuids.size(), 2U);
    seen.insert(kept.uuid);
    seen.insert(kept.suggestion_uuids.begin(), kept.suggestion_uuids.end());
    const auto body = write_response(*response);
    EXPECT_EQ(body.find("mine"), std::string::npos);
    EXPECT_EQ(body.find("4E0A"), std::string::npos);
    EXPECT_NE(body.find(kept.uuid), std::string::npos);
    EXPECT_NE(body.find(kept.suggestion_uuids[1]), std::string::npos);
  }
  EXPECT_EQ(seen.size(), 300U);
}

TEST(CheckCard, CARD_01_RequiresASummary) {
  expect_kept(kCard);
  expect_required(kCard, "summary", "summary", [](const Members& card) { return card; });
}

TEST(CheckCard, CARD_02_CountsTheCharactersOfASummary) {
  const auto summary = [](std::size_t count, const std::string& character) {
    std::string out{"\""};
    for (std::size_t i = 0; i < count; ++i) {
      out += character;
    }
    return with(kCard, "summary", out + '"');
  };
  for (const auto* const character : {"x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\xA6\xB4"}) {
    expect_kept(summary(139, character));
    expect_dropped(summary(140, character), "summary");
  }
}

TEST(CheckCard, CARD_05_RefusesHtmlInADetail) {
  expect_kept(with(kCard, "detail", R"("CRP < 5 mg/L\n\n| a | b |\n|---|---|\n| 1 | 2 |")"));
  for (const auto* const wrong :
       {R"("<script>alert(1)</script>")", R"("a <b>x</b>")", R"("<!-- x -->")", R"("</p>")",
        R"x("[x](javascript:alert(1))")x", R"x("![x](data:image/png;base64,AAAA)")x"}) {
    expect_dropped(with(kCard, "detail", wrong), "detail");
  }
  for (const auto* const wrong : {"null", "\"\"", "5", "[]"}) {
    expect_dropped(with(kCard, "detail", wrong), "detail");
  }
}

TEST(CheckCard, RefusesHtmlInPlainText) {
  for (const std::string wrong :
       {R"("a <b>x</b>")", R"("</p>")", R"("<!-- x")", R"("<img src=x>")", R"("< <A")"}) {
    expect_dropped(with(kCard, "summary", wrong), "summary");
    expect_dropped(with(kCard, "source", R"({"label":)" + wrong + "}"), "source.label");
    expect_dropped(
        with(kCard, "source",
             R"({"label":"l","topic":{"system":"s","code":"c","display":)" + wrong + "}}"),
        "source.topic.display");
    expect_dropped(with_suggestions("[" + text(with(kSuggestion, "label", wrong)) + "]"),
                   "suggestions[0].label");
    expect_dropped(with_link(with(kLink, "label", wrong)), "links[0].label");
    expect_dropped(
        with(kCard, "overrideReasons", "[" + text(with(kReason, "display", wrong)) + "]"),
        "overrideReasons[0].display");
  }
  expect_kept(with(kCard, "summary", R"("CRP < 5 mg/L, <5, a<")"));
}

TEST(CheckCard, CARD_07_RequiresAnIndicatorOfThree) {
  for (const auto* const good : {R"("info")", R"("warning")", R"("critical")"}) {
    expect_kept(with(kCard, "indicator", good));
  }
  for (const auto* const wrong : {R"("hard-stop")", R"("success")", R"("Info")"}) {
    expect_dropped(with(kCard, "indicator", wrong), "indicator");
  }
  expect_required(kCard, "indicator", "indicator", [](const Members& card) { return card; });
}

TEST(CheckCard, CARD_08_RequiresASource) {
  expect_required(kCard, "source", "source", [](const Members& card) { return card; });
}

TEST(CheckCard, CARD_09_RequiresTheLabelOfASource) {
  const Members source{{"label", "\"x\""}, {"url", R"("https://example.org")"}};
  expect_required(source, "label", "source.label",
                  [](const Members& changed) { return with(kCard, "source", text(changed)); });
}

TEST(CheckCard, CARD_10_CARD_12_TakesUrlsOfPermittedHostsOnlyInASource) {
  for (const std::string name : {"url", "icon"}) {
    const auto place = [&](const std::string& url) {
      return with(kCard, "source", R"({"label":"l",")" + name + "\":" + url + "}");
    };
    expect_kept(place(R"("https://example.org/a?b=c#d")"));
    expect_kept(place(R"("http://localhost:8000/x")"));
    for (const auto* const wrong :
         {"null", "\"\"", "5", R"("/a")", R"("example.com")", R"x("javascript:alert(1)")x",
          R"("https:// a")", R"("https://example.com/a")", R"("http://example.org/a")"}) {
      expect_dropped(place(wrong), "source." + name);
    }
  }
}

TEST(CheckCard, CARD_14_RequiresCodeAndSystemOfATopic) {
  const auto place = [](const Members& topic) {
    return with(kCard, "source", R"({"label":"l","topic":)" + text(topic) + "}");
  };
  expect_kept(place(without(kReason, "display")));
  expect_required(kReason, "code", "source.topic.code", place);
  expect_required(kReason, "system", "source.topic.system", place);
  expect_dropped(place(with(kReason, "display", "5")), "source.topic.display");
}

TEST(CheckCard, CARD_18_RequiresASelectionBehaviorBesideSuggestions) {
  expect_kept(with_suggestions("[" + text(kSuggestion) + "]", R"("any")"));
  expect_kept(with_suggestions("[" + text(kSuggestion) + "]", R"("at-most-one")"));
  expect_dropped(with(kCard, "suggestions", "[" + text(kSuggestion) + "]"), "selectionBehavior");
  for (const auto* const wrong : {"null", "\"\"", "5", R"("all")"}) {
    expect_dropped(with_suggestions("[" + text(kSuggestion) + "]", wrong), "selectionBehavior");
  }
}

TEST(CheckCard, CARD_19_RecommendsOneSuggestionWhereAtMostOneMayBeChosen) {
  const std::string two =
      R"([{"label":"a","isRecommended":true},{"label":"b","isRecommended":true}])";
  const std::string one =
      R"([{"label":"a","isRecommended":true},{"label":"b","isRecommended":false}])";
  expect_kept(with_suggestions(two, R"("any")"));
  expect_kept(with_suggestions(one, R"("at-most-one")"));
  expect_dropped(with_suggestions(two, R"("at-most-one")"), "suggestions");
}

TEST(CheckCard, CARD_20_CARD_21_CARD_24_TakesArraysWithElementsOnly) {
  for (const std::string name : {"suggestions", "overrideReasons", "links"}) {
    const auto base = with(kCard, "selectionBehavior", R"("any")");
    for (const auto* const wrong : {"null", "[]", "{}", "\"x\"", "5"}) {
      expect_dropped(with(base, name, wrong), name);
    }
    for (const auto* const wrong : {"[5]", "[\"x\"]", "[null]", "[{}]"}) {
      expect_dropped(with(base, name, wrong), name + "[0]");
    }
  }
}

TEST(CheckCard, CARD_22_RequiresCodeSystemAndDisplayOfAnOverrideReason) {
  const auto place = [](const Members& reason) {
    return with(kCard, "overrideReasons", "[" + text(reason) + "]");
  };
  expect_kept(place(kReason));
  for (const auto* const name : {"code", "system", "display"}) {
    expect_required(kReason, name, "overrideReasons[0]." + std::string{name}, place);
  }
}

TEST(CheckCard, SUG_01_RequiresTheLabelOfASuggestion) {
  const auto place = [](const Members& suggestion) {
    return with_suggestions("[" + text(suggestion) + "]");
  };
  const Members suggestion{{"label", "\"x\""}, {"isRecommended", "true"}};
  expect_kept(place(suggestion));
  expect_required(suggestion, "label", "suggestions[0].label", place);
}

TEST(CheckCard, SUG_03_TakesABooleanForIsRecommended) {
  for (const auto* const wrong : {"\"true\"", "1", "null"}) {
    expect_dropped(
        with_suggestions(R"([{"label":"a","isRecommended":)" + std::string{wrong} + "}]"),
        "suggestions[0].isRecommended");
  }
}

TEST(CheckCard, SUG_05_RefusesEmptyActions) {
  for (const auto* const wrong : {"[]", "null", "{}", "5"}) {
    expect_dropped(with_suggestions(R"([{"label":"a","actions":)" + std::string{wrong} + "}]"),
                   "suggestions[0].actions");
  }
}

TEST(CheckCard, SUG_09_RefusesActionSelectionBehaviorUnlessTheClientKnowsIt) {
  const auto place = [](const char* value) {
    return with_suggestions(R"([{"label":"a","actionSelectionBehavior":)" + std::string{value} +
                            "}]");
  };
  const std::string where = "suggestions[0].actionSelectionBehavior";
  expect_dropped(place(R"("any")"), where);
  auto knows = rules();
  knows.action_selection_behavior = true;
  for (const auto* const good : {R"("all")", R"("any")", R"("at-most-one")"}) {
    expect_kept(place(good), knows);
  }
  expect_dropped(place(R"("some")"), where, knows);
}

TEST(CheckCard, LINK_01_LINK_02_LINK_03_RequiresLabelUrlAndType) {
  expect_kept(with_link(kLink));
  for (const auto* const name : {"label", "url", "type"}) {
    expect_required(kLink, name, "links[0]." + std::string{name}, with_link);
  }
  expect_dropped(with_link(with(kLink, "type", R"("relative")")), "links[0].type");
}

TEST(CheckCard, LINK_04_LINK_05_TakesAppContextAsTextInASmartLinkOnly) {
  const auto smart = with(kLink, "type", R"("smart")");
  expect_kept(with_link(with(smart, "appContext", R"("{\"a\":1}")")));
  expect_dropped(with_link(with(kLink, "appContext", R"("x")")), "links[0].appContext");
  for (const auto* const wrong : {"null", "\"\"", R"({"a":1})", "5"}) {
    expect_dropped(with_link(with(smart, "appContext", wrong)), "links[0].appContext");
  }
}

TEST(CheckCard, LINK_06_TakesABooleanForAutolaunchable) {
  expect_kept(with_link(with(kLink, "autolaunchable", "true")));
  for (const auto* const wrong : {"\"true\"", "1", "null"}) {
    expect_dropped(with_link(with(kLink, "autolaunchable", wrong)), "links[0].autolaunchable");
  }
}

TEST(CheckCard, LINK_09_RefusesLaunchParametersInASmartLink) {
  const auto smart = with(kLink, "type", R"("smart")");
  expect_kept(with_link(with(smart, "url", R"("https://example.org/launch?issue=1&x=iss")")));
  expect_kept(with_link(with(kLink, "url", R"("https://example.org/?iss=1")")));
  for (const auto* const wrong :
       {R"("https://example.org/launch?iss=x")", R"("https://example.org/launch?a=1&launch=2")"}) {
    expect_dropped(with_link(with(smart, "url", wrong)), "links[0].url");
  }
}

TEST(CheckCard, LINK_10_LinksToPermittedHostsOnly) {
  for (const auto* const good : {R"("https://EXAMPLE.org/a")", R"("https://example.org:8443")",
                                 R"("http://localhost:4433/x")"}) {
    expect_kept(with_link(with(kLink, "url", good)));
  }
  for (const auto* const wrong :
       {R"("http://example.org/a")", R"("https://www.example.org")",
        R"("https://example.org.evil.com")", R"("https://example.org@evil.com/")",
        R"("https://evil.com/example.org")", R"x("javascript:alert(1)")x", R"("data:text/html,x")",
        R"("//example.org")", R"("/a")", R"("https://example.org\\@evil.com")",
        R"("file:///etc/passwd")"}) {
    expect_dropped(with_link(with(kLink, "url", wrong)), "links[0].url");
  }
  auto none = rules();
  none.link_hosts.clear();
  expect_dropped(with_link(kLink), "links[0].url", none);
}

TEST(CheckCard, GEN_04_GEN_05_RefusesNullAndEmptyMembersAnywhere) {
  for (const auto* const empty : {"null", "\"\"", "[]", "{}"}) {
    expect_dropped(with(kCard, "unknown", empty), "unknown");
    expect_dropped(with_link(with(kLink, "unknown", empty)), "links[0].unknown");
    expect_dropped(with(kCard, "unknown", R"({"a":[1,)" + std::string{empty} + "]}"),
                   "unknown.a[1]");
  }
}

TEST(CheckCard, RefusesTheCharacterU0000) {
  expect_dropped(with(kCard, "summary", R"("a\u0000b")"), "summary");
  expect_dropped(with(kCard, "detail", R"("a\u0000b")"), "detail");
}

}  // namespace
}  // namespace cdss::hooks
