// What a client can get wrong, through the running program: each is a clear 4xx that names the
// element and repeats nothing of the body, and the server goes on.

#include <gtest/gtest.h>

#include "core/json/document.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

constexpr std::string_view kService = "/cds-services/hip-replacement";

std::string call(std::string_view hook, std::string_view context, std::string_view prefetch) {
  return R"({"hook": ")" + std::string{hook} +
         R"(", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": )" +
         std::string{context} + R"(, "prefetch": )" + std::string{prefetch} + "}";
}

constexpr std::string_view kContext = R"({"userId": "Practitioner/1", "patientId": "secret-id"})";
constexpr std::string_view kPrefetch =
    R"({"patient": {"resourceType": "Patient", "id": "secret-id"},
    "conditions": null, "procedures": null})";

class BadInput : public ::testing::Test {
 protected:
  void SetUp() override { EXPECT_EQ(good().status, 200); }
  void TearDown() override {
    EXPECT_TRUE(server_.is_running());
    const auto answer = good();
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(server_.log().find("secret"), std::string::npos);
  }

  HttpAnswer good() { return http_.post(kService, call("patient-view", kContext, kPrefetch)); }

  static void expect_outcome(const HttpAnswer& answer, int status, std::string_view names) {
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_EQ(answer.body.find("secret"), std::string::npos) << answer.body;
    EXPECT_NE(answer.header.find("Content-Type: application/json"), std::string::npos);
    const auto document = Document::parse(answer.body);
    ASSERT_TRUE(document) << answer.body;
    EXPECT_EQ(document->root().text_or_empty("resourceType"), "OperationOutcome");
    std::string diagnostics;
    for (const View issue : document->root().at("issue")->elements()) {
      diagnostics += issue.text_or_empty("diagnostics");
      diagnostics += '\n';
    }
    EXPECT_NE(diagnostics.find(names), std::string::npos) << diagnostics;
  }

  RunningServer server_{R"("limits": {"body_bytes": 100000})"};
  HttpClient http_{server_.port()};
};

TEST_F(BadInput,
       GEN_09_GEN_11_REQ_24_PF_32_PF_35_ERR_01_ERR_05_ERR_08_IsRefusedWithTheElementNamed) {
  const std::string deep(1'000'000, '[');
  const struct {
    std::string body;
    int status;
    std::string_view names;
  } rows[] = {
      {"", 400, "byte 0"},
      {"secret", 400, "byte 0"},
      {"[\"secret\"]", 400, "object"},
      {R"({"hook": "patient-view", "hook": "secret"})", 400, "hook"},
      {"{\"hook\": \"\xff secret\"}", 400, "UTF-8"},
      {"\xEF\xBB\xBF{}", 400, "byte order mark"},
      {std::string{"{\"secret\0\": 1}", 14}, 400, "NUL"},
      {std::string(90'000, '['), 400, "levels deep"},
      {std::string(100'001, ' '), 413, ""},
      {deep, 413, ""},
      {R"({"hook": "patient-view"})", 400, "hookInstance"},
      {call("org.example.chart-print", kContext, "{}"), 400, "hook"},
      {call("patient-view", R"({"userId": "Practitioner/1"})", "{}"), 400, "context.patientId"},
      {call("patient-view", R"({"userId": "x", "patientId": "secret-id"})", "{}"), 400,
       "context.userId"},
      {call("patient-view", R"({"userId": "Practitioner/1", "patientId": "Patient/secret-id"})",
            "{}"),
       400, "context.patientId"},
      {call("patient-view", kContext, "[]"), 400, "prefetch"},
      {call("patient-view", kContext, R"({"patient": "secret"})"), 400, "prefetch.patient"},
      {call("patient-view", kContext, "{}"), 412, "prefetch.patient"},
      {call("patient-view", kContext, R"({"patient": null, "conditions": null})"), 412,
       "prefetch.patient"},
      {call("patient-view", kContext,
            R"({"patient": {"resourceType": "Patient", "id": "secret-id"}})"),
       412, "prefetch.conditions"},
      {call("patient-view", kContext,
            R"({"patient": {"resourceType": "Patient", "id": "secret-2"}})"),
       400, "prefetch.patient"},
      {call("patient-view", kContext,
            R"({"conditions": {"resourceType": "Bundle", "entry": [{"resource":
        {"resourceType": "Condition", "subject": {"reference": "Patient/secret-2"}}}]}})"),
       400, "prefetch.conditions.entry[0].resource.subject"},
  };
  for (const auto& [body, status, names] : rows) {
    SCOPED_TRACE(body.substr(0, 200));
    expect_outcome(http_.post(kService, body), status, names);
  }
  const auto log = server_.log();
  EXPECT_NE(log.find(R"("event":"record_incomplete")"), std::string::npos)
      << "who runs the service sees what an EHR does not send";
  EXPECT_NE(log.find(R"("where":"prefetch.patient")"), std::string::npos);
}

TEST_F(BadInput, GEN_01_DISC_23_REQ_17_REQ_23_ERR_03_AtAnotherAddressOrMethodOrTypeIsToldSo) {
  const auto body = call("patient-view", kContext, kPrefetch);
  expect_outcome(http_.post("/cds-services/secret", body), 404, "/cds-services");
  expect_outcome(http_.post("/cds-services/", body), 404, "/cds-services");
  expect_outcome(http_.post("/cds-services/hip-replacement/secret", body), 404, "/cds-services");
  expect_outcome(http_.get("/secret"), 404, "/cds-services");
  const auto wrong_method = http_.get(kService);
  expect_outcome(wrong_method, 405, "method");
  EXPECT_NE(wrong_method.header.find("Allow: POST"), std::string::npos);
  expect_outcome(http_.post("/cds-services", body), 405, "method");
  expect_outcome(http_.post(kService, body, "text/plain"), 415, "application/json");
  expect_outcome(http_.post(kService, body, ""), 415, "application/json");
  expect_outcome(http_.post(kService, body, "application/json; charset=latin1"), 415, "UTF-8");
  EXPECT_EQ(http_.post(kService, body, "Application/JSON; charset=UTF-8").status, 200);
}

TEST_F(BadInput, PF_41_APageOfSeveralIsUsedAndSaidToBePartial) {
  const auto answer = http_.post(kService, call("patient-view", kContext, R"({"procedures": null,
    "patient": {"resourceType": "Patient", "id": "secret-id"},
    "conditions": {"resourceType": "Bundle", "link": [{"relation": "next", "url": "https://ehr.example/2"}],
      "entry": [{"resource": {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/secret-id"}}}]}})"));
  EXPECT_EQ(answer.status, 200) << answer.body;
  const auto document = Document::parse(answer.body);
  ASSERT_TRUE(document);
  const auto extension = document->root().at("extension");
  ASSERT_TRUE(extension);
  const auto missing = extension->at("org.psoas-cds.assessment")->at("missing");
  ASSERT_TRUE(missing) << answer.body;
  std::string all;
  for (const View key : missing->elements()) {
    all += std::string{key.raw_text()} + ' ';
  }
  EXPECT_NE(all.find("conditions"), std::string::npos) << all;
}

TEST_F(BadInput, OfAnotherPatientIsLoggedAsASafetyEvent) {
  http_.post(kService, call("patient-view", kContext,
                            R"({"patient": {"resourceType": "Patient", "id": "p2"}})"));
  EXPECT_NE(server_.log().find("\"event\":\"safety_wrong_patient\""), std::string::npos);
}

}  // namespace
}  // namespace cdss::test
