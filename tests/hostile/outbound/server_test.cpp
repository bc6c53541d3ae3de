// Calls with hostile FHIR servers and next links, made to the running program.

#include <algorithm>
#include <atomic>

#include <gtest/gtest.h>

#include "tests/hostile/outbound/inputs.hpp"
#include "tests/hostile/outbound/stage.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::hostile {
namespace {

constexpr std::string_view kService = "/cds-services/psoas-likelihood";
constexpr const char* kBearer = "Authorization: Bearer token-of-one-call\r\n";

/// Whether it is a first page of the FHIR server that is read: next links say page=2.
bool is_first_page(std::string_view target) {
  return target.find("page=") == std::string_view::npos;
}

/// What the registered FHIR server says: a patient, or a page of one resource of the type asked
/// for, with a link to a next page unless `next` is empty.
std::string fhir_answer(std::string_view target, const std::string& next) {
  constexpr std::string_view kBase = "/fhir/r4/";
  const auto relative = target.substr(std::min(kBase.size(), target.size()));
  const std::string type{relative.substr(0, relative.find_first_of("/?"))};
  const std::string resource =
      R"({"resourceType":")" + type + R"(","id":"x1","subject":{"reference":"Patient/p1"}})";
  const std::string link =
      next.empty() ? "" : R"("link":[{"relation":"next","url":)" + json_string(next) + "}],";
  return http::test::answer(relative == "Patient/p1"
                                ? R"({"resourceType":"Patient","id":"p1","birthDate":"1956-03-12"})"
                                : R"({"resourceType":"Bundle","type":"searchset",)" + link +
                                      R"("entry":[{"resource":)" + resource + "}]}",
                            200, "Content-Type: application/fhir+json\r\n");
}

std::string call(const std::string& server, const std::string& prefetch = "{}") {
  return R"({"hook":"patient-view","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","fhirServer":)" +
         json_string(server) +
         R"(,"fhirAuthorization":{"access_token":"token-of-one-call","token_type":"Bearer",)"
         R"("expires_in":300,"scope":"patient/*.read","subject":"us"},)"
         R"("context":{"userId":"Practitioner/1","patientId":"p1"},"prefetch":)" +
         prefetch + "}";
}

bool is_below_base(std::string_view target) {
  constexpr std::string_view kBase = "/fhir/r4";
  const auto rest = target.substr(std::min(kBase.size(), target.size()));
  return target.starts_with(kBase) && (rest.empty() || rest.front() == '/' || rest.front() == '?');
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

/// The program, with a client whose FHIR server is the registered one.
class HostileOutboundServer : public testing::Test {
 protected:
  std::string home() const { return stage_.fill("http://127.0.0.1:{P}/fhir/r4"); }

  /// What the registered server is asked for during one call.
  std::vector<std::string> asked(const std::string& body) {
    stage_.take_asked();
    const auto answer = http_.post(kService, body);
    EXPECT_TRUE(answer.status == 200 || answer.status == 400 || answer.status == 412)
        << answer.status;
    EXPECT_EQ(answer.body.find("token-of-one-call"), std::string::npos);
    auto targets = stage_.take_asked();
    EXPECT_TRUE(std::ranges::all_of(targets, is_below_base));
    EXPECT_TRUE(stage_.is_quiet());
    asked_in_all_ += targets.size();
    return targets;
  }

  void TearDown() override {
    EXPECT_EQ(stage_.strays(), 0);
    EXPECT_EQ(stage_.stray_bytes(), "");
    EXPECT_EQ(count(stage_.received(), kBearer), asked_in_all_) << "each with the token";
    EXPECT_EQ(server_.log().find("token-of-one-call"), std::string::npos);
    EXPECT_TRUE(server_.is_running());
  }

  std::atomic<const OutboundInput*> next_{nullptr};  // on each first page
  Stage stage_{[this](const Stage& stage, std::string_view target) {
    const OutboundInput* const next = next_;
    const bool has_next = next != nullptr && is_first_page(target);
    return fhir_answer(target, has_next ? stage.fill(next->text) : "");
  }};
  test::RunningServer server_{R"("fhir": {"fetch_ms": 5000})", "",
                              R"({"id": "ehr", "authentication": "none", "fhir_servers": [")" +
                                  home() +
                                  R"(", "https://fhir.example.org/fhir"], )"
                                  R"("allow_http_on_loopback": true})"};
  test::HttpClient http_{server_.port()};
  std::size_t asked_in_all_ = 0;
};

TEST_F(HostileOutboundServer, FA_12_AsksNoServerButARegisteredOne) {
  for (const auto& row : fhir_servers()) {
    SCOPED_TRACE(row.why + (": " + row.text.substr(0, 200)));
    EXPECT_EQ(asked(call(stage_.fill(row.text))).empty(), !row.leads_home);
  }
}

TEST_F(HostileOutboundServer, PF_43_FollowsNoNextLinkAwayFromTheServer) {
  const auto without = asked(call(home())).size();
  ASSERT_GT(without, 1U);
  for (const auto& row : next_links()) {
    SCOPED_TRACE(row.why + (": " + row.text.substr(0, 200)));
    next_ = &row;
    const auto targets = asked(call(home()));
    EXPECT_EQ(targets.size() > without, row.leads_home);
    EXPECT_EQ(std::ranges::all_of(targets, is_first_page), !row.leads_home);
    next_ = nullptr;
  }
}

TEST_F(HostileOutboundServer, PF_43_FollowsNoNextLinkOfAPageThatTheClientSent) {
  for (const auto& row : next_links()) {
    SCOPED_TRACE(row.why + (": " + row.text.substr(0, 200)));
    const std::string page =
        R"({"resourceType":"Bundle","type":"searchset","link":[{"relation":"next","url":)" +
        json_string(stage_.fill(row.text)) +
        R"(}],"entry":[{"resource":{"resourceType":"Condition","id":"c1",)"
        R"("subject":{"reference":"Patient/p1"}}}]})";
    const auto targets = asked(call(home(), R"({"conditions":)" + page + "}"));
    EXPECT_EQ(std::ranges::all_of(targets, is_first_page), !row.leads_home);
  }
}

}  // namespace
}  // namespace cdss::hostile
