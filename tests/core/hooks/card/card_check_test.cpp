#include "core/hooks/card/card_check.hpp"

#include "core/hooks/card/override_reasons.hpp"
#include "tests/core/hooks/card/answer.hpp"

namespace cdss::hooks {
namespace {

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

TEST(CheckCard, CARD_01_GEN_07_RequiresASummary) {
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

TEST(CheckCard, CARD_14_COD_01_COD_02_RequiresCodeAndSystemOfATopic) {
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

TEST(CheckCard, CARD_22_COD_01_COD_02_COD_03_RequiresCodeSystemAndDisplayOfAnOverrideReason) {
  const auto place = [](const Members& reason) {
    return with(kCard, "overrideReasons", "[" + text(reason) + "]");
  };
  expect_kept(place(kReason));
  for (const auto* const name : {"code", "system", "display"}) {
    expect_required(kReason, name, "overrideReasons[0]." + std::string{name}, place);
  }
}

TEST(CheckCard, CARD_23_TakesReasonsOfTheSuggestedSystemThatItHas) {
  const auto place = [](const std::string& code) {
    const Members reason{{"code", '"' + code + '"'},
                         {"system", '"' + std::string{kNonAdherenceReasons} + '"'},
                         {"display", R"("Text")"}};
    return with(kCard, "overrideReasons", "[" + text(reason) + "]");
  };
  for (const auto* const code : {"cds-not-applicable", "patient-refuses", "comorbidity-disability",
                                 "does-not-align-latest-evidence"}) {
    expect_kept(place(code));
  }
  for (const auto* const code : {"Patient-refuses", "patient-refuse", "other"}) {
    expect_dropped(place(code), "overrideReasons[0].code");
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

TEST(CheckCard, SUG_08_INV_cds_resp_7_TakesThreeWaysToChooseActions) {
  const auto place = [](const char* value) {
    return with_suggestions(R"([{"label":"a","actionSelectionBehavior":)" + std::string{value} +
                            "}]");
  };
  auto knows = rules();
  knows.client.action_selection_behavior = true;
  for (const auto& by : {rules(), knows}) {
    for (const auto* const good : {R"("all")", R"("any")", R"("at-most-one")"}) {
      expect_kept(place(good), by);
    }
    for (const auto* const wrong : {R"("some")", "null", "\"\"", "5"}) {
      expect_dropped(place(wrong), "suggestions[0].actionSelectionBehavior", by);
    }
  }
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
