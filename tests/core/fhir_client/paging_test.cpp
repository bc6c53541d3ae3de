// Searches that come in pages.

#include <gtest/gtest.h>

#include "core/json/json_writer.hpp"
#include "tests/core/fhir_client/fetch_fixture.hpp"

namespace cdss::fhir_client {
namespace {

const std::string kBase = kServer;
const std::string kUrl = kBase + "/Condition?patient=p1";

std::string page(int number) {
  return kBase + "?_getpages=x&page=" + std::to_string(number);
}

/// A query whose first page the client sent: conditions s1 and s2.
Query continued(const std::string& next = page(2)) {
  Query query = conditions();
  query.first_page = std::make_shared<const Document>(
      *Document::parse(searchset({condition("s1"), condition("s2")}, next)));
  return query;
}

TEST_F(FetchTest, PF_40_FA_02_FollowsPagesWithTheTokenOnEach) {
  server.serve({{kUrl, searchset({condition("a")}, page(2), R"(, "total": 3)")},
                {page(2), searchset({condition("b")}, "/fhir/Condition?page=3", R"(, "total": 3)")},
                {kBase + "/Condition?page=3", searchset({condition("c")})}});
  const auto fetched = fetch({conditions()});
  EXPECT_EQ(fetched[0].state, cdss_key_present);
  EXPECT_EQ(fetched[0].reason, "");
  EXPECT_EQ(ids(fetched[0]), "a b c");
  EXPECT_EQ(fetched[0].document->root().text_or_empty("type"), "searchset");
  ASSERT_EQ(server.asked.size(), 3U);
  for (const auto& ask : server.asked) {
    EXPECT_EQ(ask.authorization, std::string{"Bearer "} + kToken);
  }
}

TEST_F(FetchTest, PF_40_GoesOnFromThePageThatTheClientSent) {
  server.serve(
      {{page(2), searchset({condition("b")}, page(3))}, {page(3), searchset({condition("c")})}});
  const auto fetched = fetch({continued()});
  EXPECT_EQ(fetched[0].state, cdss_key_present);
  EXPECT_EQ(ids(fetched[0]), "s1 s2 b c");
  EXPECT_EQ(server.asked.size(), 2U);
}

TEST_F(FetchTest, PF_41_PF_43_SaysThatPagesAreMissing) {
  const struct {
    const char* what;
    std::map<std::string, std::string> pages;
    const char* reason;
    std::size_t asked;
  } rows[] = {
      {"an error on the second",
       {{kUrl, searchset({condition("a")}, page(2))}},
       "only a part of it could be read: the FHIR server does not have it",
       2},
      {"no JSON on the second",
       {{kUrl, searchset({condition("a")}, page(2))}, {page(2), "<html>"}},
       "only a part of it could be read: the FHIR server answered with what is no JSON, or too "
       "much of it",
       2},
      {"no searchset on the second",
       {{kUrl, searchset({condition("a")}, page(2))},
        {page(2), R"({"resourceType": "Bundle", "type": "history"})"}},
       "only a part of it could be read: the FHIR server answered something else than what was "
       "asked for",
       2},
      {"elsewhere",
       {{kUrl, searchset({condition("a")}, "https://evil.example.org/fhir?page=2")}},
       "only a part of it could be read: the link to its next page leads elsewhere",
       1},
      {"out of the base",
       {{kUrl, searchset({condition("a")}, "https://ehr.example.org/other?page=2")}},
       "only a part of it could be read: the link to its next page leads elsewhere",
       1},
      {"itself",
       {{kUrl, searchset({condition("a")}, kUrl)}},
       "only a part of it could be read: its pages lead back to one that was read",
       1},
      {"a circle",
       {{kUrl, searchset({condition("a")}, page(2))},
        {page(2), searchset({condition("b")}, page(3))},
        {page(3), searchset({condition("c")}, page(2))}},
       "only a part of it could be read: its pages lead back to one that was read",
       3},
  };
  for (const auto& [what, pages, reason, asked] : rows) {
    SCOPED_TRACE(what);
    server.asked.clear();
    server.serve(pages);
    const auto fetched = fetch({conditions()});
    EXPECT_EQ(fetched[0].state, cdss_key_truncated);
    EXPECT_EQ(fetched[0].reason, reason);
    EXPECT_TRUE(ids(fetched[0]).starts_with('a'));
    EXPECT_EQ(server.asked.size(), asked);
  }
}

TEST_F(FetchTest, PF_43_NeverAsksAForeignPage) {
  for (const char* link :
       {"https://evil.example.org/fhir/Condition?page=2",
        "http://ehr.example.org/fhir/Condition?page=2",
        "https://ehr.example.org:8443/fhir/Condition?page=2", "//evil.example.org/fhir/Condition",
        "https://169.254.169.254/latest", "https://ehr.example.org@evil.example.org/fhir/Condition",
        "https://ehr.example.org/fhir/../admin", "file:///etc/passwd"}) {
    SCOPED_TRACE(link);
    server.asked.clear();
    server.serve({{kUrl, searchset({condition("a")}, link)}});
    EXPECT_EQ(fetch({conditions()})[0].state, cdss_key_truncated);
    EXPECT_EQ(server.asked.size(), 1U);
    server.asked.clear();
    const auto fetched = fetch({continued(link)});
    EXPECT_EQ(fetched[0].state, cdss_key_truncated);
    EXPECT_EQ(fetched[0].reason, "the link to its next page leads elsewhere");
    EXPECT_FALSE(fetched[0].document);
    EXPECT_TRUE(server.asked.empty());
  }
}

TEST_F(FetchTest, PF_43_ReadsSoManyPagesAndNoMore) {
  limits.pages = 3;
  int number = 1;
  server.behaviour = [&](const http::Client::Question&) {
    ++number;
    return FakeServer::reply(200,
                             searchset({condition("c" + std::to_string(number))}, page(number)));
  };
  auto fetched = fetch({conditions()});
  EXPECT_EQ(fetched[0].state, cdss_key_truncated);
  EXPECT_EQ(fetched[0].reason,
            "only a part of it could be read: it has more pages than may be read");
  EXPECT_EQ(ids(fetched[0]), "c2 c3 c4");
  EXPECT_EQ(server.asked.size(), 3U);
  server.asked.clear();
  fetched = fetch({continued(page(1))});
  EXPECT_EQ(ids(fetched[0]), "s1 s2 c5 c6 c7");
  EXPECT_EQ(server.asked.size(), 3U);
}

TEST_F(FetchTest, PF_43_ReadsSoManyBytesAndNoMore) {
  const std::string long_page = searchset({condition(std::string(900, 'a'))}, page(2));
  limits.bytes = 1'500;
  server.serve({{kUrl, long_page}, {page(2), searchset({condition(std::string(900, 'b'))})}});
  const auto fetched = fetch({conditions()});
  EXPECT_EQ(fetched[0].state, cdss_key_truncated);
  EXPECT_EQ(fetched[0].reason,
            "only a part of it could be read: it is more than may be read for one call");
  ASSERT_EQ(server.asked.size(), 2U);
  EXPECT_EQ(server.asked[0].body_bytes, 1'500U);
  EXPECT_EQ(server.asked[1].body_bytes, 1'500U - long_page.size());
}

TEST_F(FetchTest, PF_43_BytesCountOverAllKeys) {
  const std::string answer = searchset({condition(std::string(900, 'a'))});
  limits.bytes = static_cast<std::int64_t>(answer.size());
  limits.parallel = 1;
  server.serve({{kUrl, answer}, {kUrl + "&b", answer}});
  const auto fetched = fetch({conditions(), conditions("Condition?patient=p1&b")});
  EXPECT_EQ(fetched[0].state, cdss_key_present);
  EXPECT_EQ(fetched[1].state, cdss_key_unavailable);
  EXPECT_EQ(server.asked.size(), 1U);
}

TEST_F(FetchTest, EmptyPagesWithAnErrorAreNoKnowledge) {
  server.serve({{kUrl, searchset({}, page(2))}});
  const auto fetched = fetch({conditions()});
  EXPECT_EQ(fetched[0].state, cdss_key_unavailable);
  EXPECT_EQ(fetched[0].reason, "the FHIR server does not have it");
  server.serve({{kUrl, searchset({}, page(2))}, {page(2), searchset({})}});
  EXPECT_EQ(fetch({conditions()})[0].state, cdss_key_empty);
  server.serve({{kUrl, searchset({}, page(2))}, {page(2), searchset({condition("b")})}});
  EXPECT_EQ(ids(fetch({conditions()})[0]), "b");
}

TEST_F(FetchTest, TakesOnceWhatMovedToTheNextPage) {
  server.serve({{kUrl, searchset({condition("a"), condition("b")}, page(2), R"(, "total": 3)")},
                {page(2), searchset({condition("b"), condition("c")})}});
  auto fetched = fetch({conditions()});
  EXPECT_EQ(fetched[0].state, cdss_key_present);
  EXPECT_EQ(ids(fetched[0]), "a b c");
  // One that is counted and did not come is missing, however often another came.
  server.serve({{kUrl, searchset({condition("a"), condition("b")}, page(2), R"(, "total": 4)")},
                {page(2), searchset({condition("b"), condition("c")})}});
  fetched = fetch({conditions()});
  EXPECT_EQ(fetched[0].state, cdss_key_truncated);
}

TEST_F(FetchTest, KeepsNumbersAndTextsOfAllPagesAsTheyWere) {
  const std::string odd =
      R"({"resourceType":"Condition","id":"a","x":[1.50,1e2,"\u00e9\n\"",null,true,{},[]]})";
  server.serve({{kUrl, searchset({odd}, page(2))}, {page(2), searchset({condition("b")})}});
  const auto fetched = fetch({conditions()});
  ASSERT_EQ(ids(fetched[0]), "a b");
  const View root = fetched[0].document->root();
  std::string text;
  for (const View entry : root.find("entry")->elements()) {
    json::append_value(text, *entry.find("resource"));
    break;
  }
  EXPECT_EQ(text,
            "{\"resourceType\":\"Condition\",\"id\":\"a\",\"x\":[1.50,1e2,\"\xc3\xa9\\n\\\"\","
            "null,true,{},[]]}");
}

}  // namespace
}  // namespace cdss::fhir_client
