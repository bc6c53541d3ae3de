// What each answer of a FHIR server makes of a key.

#include <gtest/gtest.h>

#include "tests/core/fhir_client/fetch_fixture.hpp"

namespace cdss::fhir_client {
namespace {

const std::string kBase = kServer;
const std::string kUrl = kBase + "/Condition?patient=p1";

TEST_F(FetchTest, PF_31_FA_01_FA_02_AsksExactlyTheQueryWithTheToken) {
  server.serve({{kUrl, searchset({condition("a"), condition("b")})},
                {kBase + "/Patient/p1", R"({"resourceType": "Patient", "id": "p1"})"}});
  const auto fetched = fetch({conditions(), patient()});
  ASSERT_EQ(fetched.size(), 2U);
  EXPECT_EQ(fetched[0].key, "conditions");
  EXPECT_EQ(fetched[0].state, cdss_key_present);
  EXPECT_EQ(fetched[0].reason, "");
  EXPECT_EQ(ids(fetched[0]), "a b");
  EXPECT_EQ(fetched[1].key, "patient");
  EXPECT_EQ(fetched[1].state, cdss_key_present);
  EXPECT_EQ(ids(fetched[1]), "p1");
  ASSERT_EQ(server.asked.size(), 2U);
  EXPECT_EQ(server.asked[0].url, kUrl);
  EXPECT_EQ(server.asked[1].url, kBase + "/Patient/p1");
  for (const auto& ask : server.asked) {
    EXPECT_EQ(ask.authorization, std::string{"Bearer "} + kToken);
    EXPECT_EQ(ask.accept, "application/fhir+json");
    EXPECT_EQ(ask.form, "");
    EXPECT_FALSE(ask.loopback);
    EXPECT_FALSE(ask.private_network);
  }
}

struct Row {
  const char* what;
  std::optional<Result<http::Reply>> answer;
  cdss_key_state search;  // Condition?patient=p1
  cdss_key_state read;    // Encounter/e1
  const char* outcome;
};

std::optional<Result<http::Reply>> status(int status) {
  return FakeServer::reply(status, R"({"resourceType": "OperationOutcome", "issue": []})");
}
std::optional<Result<http::Reply>> ok(std::string body) {
  return FakeServer::reply(200, std::move(body));
}

const std::vector<Row>& rows() {
  constexpr auto kPresent = cdss_key_present;
  constexpr auto kEmpty = cdss_key_empty;
  constexpr auto kGone = cdss_key_unavailable;
  static const std::vector<Row> kRows{
      {"matches", ok(searchset({condition("a")})), kPresent, kGone, "ok"},
      {"no matches", ok(searchset({})), kEmpty, kGone, "ok"},
      {"no entry", ok(R"({"resourceType": "Bundle", "type": "searchset", "total": 0})"), kEmpty,
       kGone, "ok"},
      {"the resource", ok(R"({"resourceType": "Encounter", "id": "e1"})"), kGone, kPresent, "ok"},
      {"another id", ok(R"({"resourceType": "Encounter", "id": "e2"})"), kGone, kGone, "ok"},
      {"no id", ok(R"({"resourceType": "Encounter"})"), kGone, kGone, "ok"},
      {"another type", ok(R"({"resourceType": "Group", "id": "e1"})"), kGone, kGone, "ok"},
      {"matches of another type", ok(searchset({R"({"resourceType": "Group", "id": "g"})"})), kGone,
       kGone, "ok"},
      {"a warning beside them",
       ok(searchset({condition("a"), R"({"resourceType": "OperationOutcome", "issue": [
           {"severity": "warning", "code": "x"}]})"})),
       kPresent, kGone, "ok"},
      {"a warning alone", ok(searchset({R"({"resourceType": "OperationOutcome", "issue": [
           {"severity": "information", "code": "x"}]})"})),
       kEmpty, kGone, "ok"},
      {"an error beside them",
       ok(searchset({condition("a"), R"({"resourceType": "OperationOutcome", "issue": [
           {"severity": "error", "code": "x"}]})"})),
       cdss_key_truncated, kGone, "ok"},
      {"an error among nothing", ok(searchset({R"({"resourceType": "OperationOutcome", "issue": [
           {"severity": "error", "code": "x"}]})"})),
       kGone, kGone, "ok"},
      {"fewer than counted", ok(searchset({condition("a")}, "", R"(, "total": 3)")),
       cdss_key_truncated, kGone, "ok"},
      {"an OperationOutcome", ok(R"({"resourceType": "OperationOutcome", "issue": [
           {"severity": "information"}]})"),
       kGone, kGone, "ok"},
      {"a collection", ok(R"({"resourceType": "Bundle", "type": "collection"})"), kGone, kGone,
       "ok"},
      {"a Bundle without type", ok(R"({"resourceType": "Bundle"})"), kGone, kGone, "ok"},
      {"a broken Bundle", ok(R"({"resourceType": "Bundle", "type": "searchset", "entry": 5})"),
       kGone, kGone, "ok"},
      {"a page of HTML", ok("<html>please log in</html>"), kGone, kGone, "ok"},
      {"nothing", ok(""), kGone, kGone, "ok"},
      {"half of it", ok(searchset({condition("a")}).substr(0, 60)), kGone, kGone, "ok"},
      {"no object", ok("[]"), kGone, kGone, "ok"},
      {"null", ok("null"), kGone, kGone, "ok"},
      {"a member twice", ok(R"({"resourceType": "Bundle", "type": "searchset", "type": "x"})"),
       kGone, kGone, "ok"},
      {"created", status(201), kGone, kGone, "rejected"},
      {"accepted", status(202), kGone, kGone, "rejected"},
      {"no content", status(204), kGone, kGone, "rejected"},
      {"moved", status(301), kGone, kGone, "redirect"},
      {"found", status(302), kGone, kGone, "redirect"},
      {"see other", status(307), kGone, kGone, "redirect"},
      {"not modified", status(304), kGone, kGone, "redirect"},
      {"bad request", status(400), kGone, kGone, "rejected"},
      {"unauthorized", status(401), kGone, kGone, "refused"},
      {"forbidden", status(403), kGone, kGone, "refused"},
      {"not found", status(404), kGone, kEmpty, "not_found"},
      {"gone", status(410), kGone, kEmpty, "not_found"},
      {"not allowed", status(405), kGone, kGone, "rejected"},
      {"too many", status(429), kGone, kGone, "too_many"},
      {"failed", status(500), kGone, kGone, "failed"},
      {"bad gateway", status(502), kGone, kGone, "failed"},
      {"overloaded", status(503), kGone, kGone, "failed"},
      {"refused", FakeServer::error(Errc::unavailable), kGone, kGone, "unreachable"},
      {"late", FakeServer::error(Errc::timed_out), kGone, kGone, "late"},
      {"too long", FakeServer::error(Errc::out_of_range), kGone, kGone, "too_long"},
      {"no HTTP", FakeServer::error(Errc::malformed), kGone, kGone, "malformed"},
      {"an address", FakeServer::error(Errc::unsupported), kGone, kGone, "forbidden_address"},
      {"silence", std::nullopt, kGone, kGone, "late"},
  };
  return kRows;
}

TEST_F(FetchTest, PF_36_PF_37_PF_39_PF_45_FA_14_MapsEachAnswerToAState) {
  limits.breaker_failures = 1'000;
  for (const auto& [what, answer, search, read, outcome] : rows()) {
    SCOPED_TRACE(what);
    server.behaviour = [&, reply = answer](const http::Client::Question&) { return reply; };
    const auto before = counted(Label::configured(outcome));
    const Query encounter{.key = "encounter",
                          .resource = "Encounter",
                          .is_search = false,
                          .relative = "Encounter/e1"};
    const auto fetched = fetch({conditions(), encounter});
    ASSERT_EQ(fetched.size(), 2U);
    EXPECT_EQ(fetched[0].state, search);
    EXPECT_EQ(fetched[1].state, read);
    EXPECT_EQ(counted(Label::configured(outcome)), before + 2);
    for (const auto& one : fetched) {
      const bool known = one.state == cdss_key_present || one.state == cdss_key_empty;
      EXPECT_EQ(one.reason.empty(), known) << one.reason;
      EXPECT_EQ(one.document.has_value(),
                one.state == cdss_key_present || one.state == cdss_key_truncated);
    }
    EXPECT_LE(took, std::chrono::milliseconds{limits.fetch_ms});
  }
}

TEST_F(FetchTest, APatientWhoIsNotFoundIsNoKnowledge) {
  server.behaviour = [](const http::Client::Question&) { return FakeServer::reply(404, ""); };
  const auto fetched = fetch({patient()});
  EXPECT_EQ(fetched[0].state, cdss_key_unavailable);
  EXPECT_EQ(fetched[0].reason, "the FHIR server does not have it");
}

TEST_F(FetchTest, PF_45_TakesAnotherPatientForTheGuardToFind) {
  server.serve({{kBase + "/Patient/p1", R"({"resourceType": "Patient", "id": "p2"})"}});
  const auto fetched = fetch({patient()});
  EXPECT_EQ(fetched[0].state, cdss_key_present);
  EXPECT_EQ(ids(fetched[0]), "p2");
}

TEST_F(FetchTest, FA_09_APartThatATokenCoversIsNoKnowledge) {
  server.serve({{kUrl, searchset({condition("a")})}});
  Query part = conditions();
  part.is_filtered = true;
  auto fetched = fetch({part});
  EXPECT_EQ(fetched[0].state, cdss_key_truncated);
  EXPECT_EQ(fetched[0].reason,
            "only a part of it could be read: the client's token covers no more");
  EXPECT_EQ(ids(fetched[0]), "a");
  server.serve({{kUrl, searchset({})}});
  fetched = fetch({part});
  EXPECT_EQ(fetched[0].state, cdss_key_unavailable);
  EXPECT_FALSE(fetched[0].document);
}

TEST_F(FetchTest, AsksWithAFormWhereTheUrlWouldBeLong) {
  const std::string codes(1'500, 'a');
  server.serve({{kBase + "/Condition/_search", searchset({condition("a")})}});
  const auto fetched = fetch({conditions("Condition?patient=p1&code=" + codes)});
  EXPECT_EQ(fetched[0].state, cdss_key_present);
  ASSERT_EQ(server.asked.size(), 1U);
  EXPECT_EQ(server.asked[0].form, "patient=p1&code=" + codes);
  EXPECT_EQ(server.asked[0].authorization, std::string{"Bearer "} + kToken);
}

TEST_F(FetchTest, FA_04_LogsNothingOfTokenPatientOrAnswer) {
  for (const auto& row : rows()) {
    server.behaviour = [&](const http::Client::Question&) { return row.answer; };
    fetch({conditions(), patient()});
  }
  const std::string written = lines.str();
  EXPECT_NE(written.find(R"("event":"fhir_server_fault","client":"ehr","key":"conditions")"),
            std::string::npos)
      << written;
  const std::string all = written + metrics.text();
  for (const char* secret : {kToken, "p1", "Bearer", "ehr.example.org", "log in"}) {
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
  }
}

TEST_F(FetchTest, AnswersACallThatAsksForNothing) {
  EXPECT_TRUE(fetch({}).empty());
}

}  // namespace
}  // namespace cdss::fhir_client
