#include "core/record/patient_record.hpp"

#include <gtest/gtest.h>

#include "core/json/document.hpp"

namespace cdss::record {
namespace {

/// A patient-view call about patient p1 with these prefetch members.
Document call(const std::string& prefetch) {
  auto document = Document::parse(R"({"hook": "patient-view",
    "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": {"userId": "Practitioner/1", "patientId": "p1"},
    "prefetch": {)" + prefetch + "}}");
  EXPECT_TRUE(document) << document.error().message;
  return *std::move(document);
}

constexpr PrefetchKey kConditions[] = {{.key = "conditions", .resource = "Condition"}};

TEST(PatientRecord, PF_30_PF_34_PF_35_PF_36_PF_37_PF_39_PF_42_PF_44_PF_45_TellsWhatIsKnownOfAKey) {
  const struct {
    const char* sent;
    cdss_key_state state;
  } rows[] = {
      {R"()", cdss_key_unavailable},
      {R"("other": {"resourceType": "Bundle"})", cdss_key_unavailable},
      {R"("conditions": null)", cdss_key_empty},
      {R"("conditions": {"resourceType": "Bundle", "type": "searchset"})", cdss_key_empty},
      {R"("conditions": {"resourceType": "Bundle", "entry": []})", cdss_key_empty},
      {R"("conditions": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition"}}]})",
       cdss_key_present},
      {R"("conditions": {"resourceType": "Condition", "id": "c"})", cdss_key_present},
      {R"("conditions": {"resourceType": "Patient", "id": "p1"})", cdss_key_unavailable},
      {R"("conditions": {})", cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "entry": 5})", cdss_key_unavailable},
      {R"("conditions": {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]})",
       cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "entry": [
          {"resource": {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}}]})",
       cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "entry": [
          {"resource": {"resourceType": "OperationOutcome", "issue": [{"severity": "warning"}]}}]})",
       cdss_key_empty},
      {R"("conditions": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition"}},
          {"resource": {"resourceType": "OperationOutcome", "issue": [{"severity": "warning"}]}}]})",
       cdss_key_present},
      {R"("conditions": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition"}},
          {"resource": {"resourceType": "OperationOutcome", "issue": [{"severity": "fatal"}]}}]})",
       cdss_key_truncated},
      {R"("conditions": {"resourceType": "Bundle", "link": [{"relation": "next", "url": "http://x/2"}],
          "entry": [{"resource": {"resourceType": "Condition"}}]})",
       cdss_key_truncated},
      {R"("conditions": {"resourceType": "Bundle", "link": [{"relation": "next", "url": "http://x/2"}]})",
       cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "link": [{"relation": "next"}],
          "entry": [{"resource": {"resourceType": "Condition"}}]})",
       cdss_key_truncated},
      {R"("conditions": {"resourceType": "Bundle", "link": [{"relation": "next", "url": ""}]})",
       cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "entry": [
          {"resource": {"resourceType": "Condition"}, "search": {"mode": "outcome"}}]})",
       cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "total": 0})", cdss_key_empty},
      {R"("conditions": {"resourceType": "Bundle", "total": 12})", cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "total": 12, "entry": []})",
       cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "entry": [{"fullUrl": "http://x/Condition/1"}]})",
       cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "entry": [{"resource": {}}]})",
       cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "entry": {}})", cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Observation"}}]})",
       cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "total": 1, "entry": [{"resource": {"resourceType": "Condition"}},
          {"resource": {"resourceType": "Practitioner"}}]})",
       cdss_key_present},
      {R"("conditions": {"resourceType": "Bundle", "total": 2, "entry": [{"resource": {"resourceType": "Condition"}}]})",
       cdss_key_truncated},
      {R"("conditions": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition"}}, {}]})",
       cdss_key_truncated},
  };
  for (const auto& [sent, state] : rows) {
    SCOPED_TRACE(sent);
    const Document document = call(sent);
    const auto request = hooks::read_request(document.root());
    ASSERT_TRUE(request) << request.error().where << ' ' << request.error().message;
    const auto record = read_record(*request, kConditions);
    ASSERT_EQ(record.keys.size(), 1U);
    const KeyRecord& key = record.keys.front();
    EXPECT_EQ(key.state, state);
    EXPECT_EQ(key.reason.empty(), key.is_known());
    EXPECT_EQ(key.value.has_value(), state == cdss_key_present || state == cdss_key_truncated);
    EXPECT_EQ(record.find("conditions"), &key);
    EXPECT_EQ(record.find("other"), nullptr);
  }
}

TEST(PatientRecord, PF_45_TakesOneResourceInThePlaceOfABundleForAPart) {
  const auto body = call(R"("conditions": {"resourceType": "Condition", "id": "c"})");
  const auto request = hooks::read_request(body.root());
  ASSERT_TRUE(request);
  const auto search =
      hooks::PrefetchTemplate::parse("Condition?patient={{context.patientId}}", "patient-view");
  ASSERT_TRUE(search);
  const PrefetchKey wanted[] = {{.key = "conditions", .resource = "Condition", .query = &*search}};
  const auto record = read_record(*request, wanted);
  EXPECT_EQ(record.keys[0].state, cdss_key_truncated);
  EXPECT_EQ(record.keys[0].missing_because, MissingBecause::some);
}

TEST(PatientRecord, PF_45_SaysThatAKeyIsLessThanWhatWasSent) {
  const struct {
    const char* left;  // of what was sent
    cdss_key_state state;
  } rows[] = {
      {R"("conditions": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition"}}]})",
       cdss_key_truncated},
      {R"("conditions": {"resourceType": "Bundle", "total": 2, "entry": []})",
       cdss_key_unavailable},
      {R"("conditions": {"resourceType": "Bundle", "entry": []})", cdss_key_unavailable},
      {R"()", cdss_key_unavailable},
  };
  const std::string excluded[] = {"conditions"};
  for (const auto& [left, state] : rows) {
    SCOPED_TRACE(left);
    const Document document = call(left);
    const auto request = hooks::read_request(document.root());
    ASSERT_TRUE(request);
    const auto record = read_record(*request, kConditions, excluded);
    EXPECT_EQ(record.keys.front().state, state);
    EXPECT_NE(record.keys.front().reason.find("could not be shown"), std::string::npos);
    EXPECT_EQ(record.keys.front().value.has_value(), state == cdss_key_truncated);
  }
}

}  // namespace
}  // namespace cdss::record
