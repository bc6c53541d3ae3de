// What the client sent, against what its FHIR server does, against how much the service needs it:
// every combination, from the request to what a plugin is told.

#include <gtest/gtest.h>

#include "tests/core/fhir_client/fetch_fixture.hpp"

namespace cdss::fhir_client {
namespace {

const std::string kBase = kServer;
const std::string kUrl = kBase + "/Condition?patient=p1";
const std::string kNext = kBase + "?_getpages=2";

/// What a call becomes: whether it is refused, and what is known of its one key.
struct Seen {
  bool is_foreign = false;  // another patient's: 400
  record::KeyRecord key{.key = {}, .value = {}};
  std::size_t asked = 0;
};

/// What a service that wants these resources would get: 412 when it requires them and there is
/// nothing to work on (PF-32), 200 when it only wants them (PF-33).
int status_of(const Seen& seen, std::string_view resource, bool is_required) {
  if (seen.is_foreign) {
    return 400;
  }
  const bool has_some = seen.key.state != cdss_key_unavailable &&
                        !(resource == "Patient" && seen.key.state == cdss_key_empty);
  return is_required && !has_some ? 412 : 200;
}

class StateTable : public FetchTest {
 protected:
  Seen see(const std::string& prefetch, const record::PrefetchKey& wanted) {
    const Call call{{.prefetch = prefetch}};
    const std::vector<record::PrefetchKey> all{wanted};
    auto record = record::read_record(call.request, all);
    const auto granted = FhirAccess::grant(call.request, client, false, scheduler->now());
    EXPECT_TRUE(granted);
    auto queries = plan_fetch(record, call.request, all, granted);
    server.asked.clear();
    if (queries.empty()) {
      return {.key = record.keys[0]};
    }
    auto fetched = fetch(std::move(queries));
    const auto added = add_fetched(record, std::move(fetched), all, call.request);
    Seen seen{.is_foreign = !added, .key = record.keys[0], .asked = server.asked.size()};
    if (added) {
      EXPECT_NE(seen.key.fetch, record::FetchState::asked);
      if (seen.key.document > 0) {
        EXPECT_EQ(seen.key.value->document().nodes,
                  record.documents.at(seen.key.document - 1).c_document().nodes);
      }
    } else {
      EXPECT_TRUE(added.error().where.starts_with("fetched." + std::string{wanted.key}))
          << added.error().where;
    }
    seen.key.value.reset();  // it borrows from what goes now
    return seen;
  }

  /// @param expected  P present, E empty, U unavailable, T truncated, X another patient's
  void expect(const Seen& seen, char expected, std::string_view resource) {
    ASSERT_EQ(seen.is_foreign, expected == 'X');
    if (seen.is_foreign) {
      EXPECT_EQ(status_of(seen, resource, true), 400);
      EXPECT_EQ(status_of(seen, resource, false), 400);
      return;
    }
    constexpr std::string_view kLetters = "PEUT";  // as cdss_key_state counts
    EXPECT_EQ(kLetters[seen.key.state], expected) << seen.key.reason;
    EXPECT_EQ(seen.key.reason.empty(), seen.key.is_known()) << seen.key.reason;
    const bool nothing = expected == 'U' || (expected == 'E' && resource == "Patient");
    EXPECT_EQ(status_of(seen, resource, true), nothing ? 412 : 200);
    EXPECT_EQ(status_of(seen, resource, false), 200);
  }
};

std::optional<Result<http::Reply>> ok(const std::string& body) {
  return FakeServer::reply(200, body);
}

/// What the server does, the same to every page.
struct Server {
  const char* what;
  FakeServer::Behaviour behaviour;
};

const std::vector<Server>& servers() {
  using Question = http::Client::Question;
  static const std::vector<Server> kServers{
      {"answers", [](const Question&) { return ok(searchset({condition("f")})); }},
      {"finds nothing", [](const Question&) { return ok(searchset({})); }},
      {"refuses", [](const Question&) { return FakeServer::reply(403, ""); }},
      {"fails", [](const Question&) { return FakeServer::reply(500, ""); }},
      {"is away", [](const Question&) { return FakeServer::error(Errc::unavailable); }},
      {"hangs", [](const Question&) { return std::nullopt; }},
      {"lies: another type",
       [](const Question&) { return ok(R"({"resourceType": "Patient", "id": "p1"})"); }},
      {"lies: another patient",
       [](const Question&) { return ok(searchset({condition("f", "p2")})); }},
      {"lies: no JSON", [](const Question&) { return ok("<html>"); }},
      {"lies: endless",
       [number = 100](const Question&) mutable {
         return ok(searchset({condition("f")}, kBase + "?_getpages=" + std::to_string(++number)));
       }},
      {"lies: a circle", [](const Question&) { return ok(searchset({condition("f")}, kNext)); }},
      {"lies: elsewhere",
       [](const Question&) {
         return ok(searchset({condition("f")}, "https://evil.example.org/"));
       }},
  };
  return kServers;
}

TEST_F(StateTable, PF_32_PF_33_PF_46_OfASearch) {
  limits.breaker_failures = 1'000;
  limits.pages = 4;
  const auto prefetch = record::PrefetchKey{.key = "conditions", .resource = "Condition"};
  const auto sent = [](const std::string& value) { return "\"conditions\": " + value; };
  const struct {
    const char* what;
    std::string prefetch;
    std::string expected;  // one letter for each server
    bool asked;
  } rows[] = {
      // answers, nothing, refuses, fails, away, hangs, type, patient, no JSON, endless, circle,
      // elsewhere
      {"all", sent(searchset({condition("s")})), "PPPPPPPPPPPP", false},
      {"null", sent("null"), "EEEEEEEEEEEE", false},
      {"empty", sent(searchset({})), "EEEEEEEEEEEE", false},
      {"OperationOutcome",
       sent(R"({"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]})"),
       "UUUUUUUUUUUU", false},
      {"page", sent(searchset({condition("s")}, kNext)), "PPTTTTTXTTTT", true},
      {"absent", "", "PEUUUUUXUTTT", true},
      {"fewer", sent(searchset({condition("s")}, "", R"(, "total": 7)")), "PTTTTTTXTTTT", true},
      {"another type", sent(R"({"resourceType": "Patient", "id": "p1"})"), "PEUUUUUXUTTT", true},
  };
  const auto prefetch_template =
      hooks::PrefetchTemplate::parse("Condition?patient={{context.patientId}}", "patient-view");
  ASSERT_TRUE(prefetch_template);
  const record::PrefetchKey wanted{
      .key = prefetch.key, .resource = prefetch.resource, .query = &*prefetch_template};
  for (const auto& [what, body, expected, asked] : rows) {
    ASSERT_EQ(expected.size(), servers().size());
    for (std::size_t i = 0; i < servers().size(); ++i) {
      SCOPED_TRACE(std::string{what} + ", server " + servers()[i].what);
      server.behaviour = servers()[i].behaviour;
      const Seen seen = see(body, wanted);
      expect(seen, expected[i], "Condition");
      EXPECT_EQ(seen.asked > 0, asked);
    }
  }
}

TEST_F(StateTable, PF_32_PF_34_PF_45_OfARead) {
  limits.breaker_failures = 1'000;
  const auto prefetch_template =
      hooks::PrefetchTemplate::parse("Patient/{{context.patientId}}", "patient-view");
  ASSERT_TRUE(prefetch_template);
  const record::PrefetchKey wanted{
      .key = "patient", .resource = "Patient", .query = &*prefetch_template};
  const std::string right = R"({"resourceType": "Patient", "id": "p1"})";
  const struct {
    const char* what;
    std::optional<Result<http::Reply>> answer;
    char expected;  // when the client sent nothing
  } answers[] = {
      {"answers", ok(right), 'P'},
      {"does not find it", FakeServer::reply(404, ""), 'U'},
      {"refuses", FakeServer::reply(401, ""), 'U'},
      {"fails", FakeServer::reply(503, ""), 'U'},
      {"is away", FakeServer::error(Errc::unavailable), 'U'},
      {"hangs", std::nullopt, 'U'},
      {"lies: another type", ok(condition("p1")), 'U'},
      {"lies: another patient", ok(R"({"resourceType": "Patient", "id": "p2"})"), 'X'},
      {"lies: no JSON", ok("p1"), 'U'},
  };
  const struct {
    const char* what;
    std::string prefetch;
    char expected;  // 0: as the server answers
  } rows[] = {
      {"sent", "\"patient\": " + right, 'P'},
      {"null", "\"patient\": null", 'E'},
      {"empty", "\"patient\": " + searchset({}), 'E'},
      {"OperationOutcome", R"("patient": {"resourceType": "OperationOutcome"})", 'U'},
      {"absent", "", 0},
      {"another type", "\"patient\": " + condition("x"), 0},
  };
  for (const auto& [what, body, expected] : rows) {
    for (const auto& answer : answers) {
      SCOPED_TRACE(std::string{what} + ", server " + answer.what);
      server.behaviour = [&](const http::Client::Question&) { return answer.answer; };
      const Seen seen = see(body, wanted);
      expect(seen, expected == 0 ? answer.expected : expected, "Patient");
      EXPECT_EQ(seen.asked, expected == 0 ? 1U : 0U);
    }
  }
}

}  // namespace
}  // namespace cdss::fhir_client
