#include "core/record/patient_record.hpp"

#include <gtest/gtest.h>

#include "core/base/document.hpp"

namespace cdss::record {
namespace {

/// A patient-view call about patient p1 with these prefetch members.
Document call(const std::string& prefetch, const std::string& more = "") {
  auto document = Document::parse(R"({"hook": "patient-view",
    "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": {"userId": "Practitioner/1", "patientId": "p1")" +
                                  more + R"(},
    "prefetch": {)" + prefetch + "}}");
  EXPECT_TRUE(document) << document.error().message;
  return *std::move(document);
}

constexpr Wanted kConditions[] = {{.key = "conditions", .resource = "Condition"}};

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

TEST(PatientGuard, PF_45_AcceptsWhatIsThisPatientsOrCannotBeTold) {
  for (
      const char* prefetch : {
          R"("patient": {"resourceType": "Patient", "id": "p1"})",
          R"("patient": {"resourceType": "Patient"})",
          R"("c": {"resourceType": "Condition", "subject": {"reference": "Patient/p1"}})",
          R"("c": {"resourceType": "Condition", "subject": {"reference": "https://ehr.example/fhir/Patient/p1/_history/2"}})",
          R"("c": {"resourceType": "Condition", "subject": {"reference": "urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"}})",
          R"("c": {"resourceType": "Condition", "subject": {"identifier": {"value": "x"}}})",
          R"("c": {"resourceType": "Condition"})",
      }) {
    SCOPED_TRACE(prefetch);
    const Document document = call(prefetch);
    const auto request = hooks::read_request(document.root());
    ASSERT_TRUE(request);
    EXPECT_TRUE(check_patient(*request));
  }
}

TEST(PatientGuard, PF_45_RefusesAnotherPatientsResourceWhereverItStands) {
  const struct {
    const char* prefetch;
    const char* more;
    const char* where;
  } rows[] = {
      {R"("patient": {"resourceType": "Patient", "id": "p2"})", "", "prefetch.patient"},
      {R"("c": {"resourceType": "Condition", "subject": {"reference": "Patient/p2"}})", "",
       "prefetch.c.subject"},
      {R"("unasked": {"resourceType": "AllergyIntolerance", "patient": {"reference": "https://x.example/Patient/p2"}})",
       "", "prefetch.unasked.patient"},
      {R"("c": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition"}}, {"resource":
          {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Coverage",
           "beneficiary": {"reference": "Patient/p2"}}}]}}]})",
       "", "prefetch.c.entry[1].resource.entry[0].resource.beneficiary"},
      {R"("patient": {"resourceType": "Patient", "id": 5})", "", "prefetch.patient"},
      {R"("c": {"resourceType": "Group", "subject": [{"reference": "Patient/p1"}, {"reference": "Patient/p2"}]})",
       "", "prefetch.c.subject[1]"},
      {R"("c": {"resourceType": "Task", "for": {"reference": "Patient/p2"}})", "",
       "prefetch.c.for"},
      {R"("c": {"resourceType": "Appointment", "participant": [{"actor": {"reference": "Patient/p2"}}]})",
       "", "prefetch.c.participant[0].actor"},
      // An object where FHIR has an array, which readers take for its one element.
      {R"("c": {"resourceType": "Bundle", "entry": {"resource": {"resourceType": "Condition",
          "subject": {"reference": "Patient/p2"}}}})",
       "", "prefetch.c.entry.resource.subject"},
      {R"("c": {"resourceType": "Appointment", "participant": {"actor": {"reference": "Patient/p2"}}})",
       "", "prefetch.c.participant.actor"},
  };
  for (const auto& [prefetch, more, where] : rows) {
    SCOPED_TRACE(prefetch);
    const Document document = call(prefetch, more);
    const auto request = hooks::read_request(document.root());
    ASSERT_TRUE(request);
    const auto checked = check_patient(*request);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().where, where);
  }
}

TEST(PatientGuard, PF_45_LooksAtEveryResourceOfTheContext) {
  const struct {
    const char* hook;
    const char* field;
    const char* where;
  } rows[] = {
      {"order-sign",
       R"("draftOrders": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "ServiceRequest",
          "subject": {"reference": "Patient/p2"}}}]})",
       "context.draftOrders.entry[0].resource.subject"},
      {"problem-list-item-create",
       R"("conditions": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition",
          "subject": {"reference": "Patient/p2"}}}]})",
       "context.conditions.entry[0].resource.subject"},
      {"allergyintolerance-create",
       R"("allergyIntolerance": {"resource": {"resourceType": "AllergyIntolerance",
          "patient": {"reference": "Patient/p2"}}})",
       "context.allergyIntolerance.resource.patient"},
      {"order-dispatch",
       R"("order": "ServiceRequest/1", "performer": "Organization/1", "fulfillmentTasks": [
          {"resourceType": "Task", "for": {"reference": "Patient/p2"}}])",
       "context.fulfillmentTasks[0].for"},
      {"order-dispatch",
       R"("order": "ServiceRequest/1", "performer": "Organization/1",
          "task": {"resourceType": "Task", "for": {"reference": "Patient/p2"}})",
       "context.task.for"},
  };
  for (const auto& [hook, field, where] : rows) {
    SCOPED_TRACE(field);
    const auto document =
        Document::parse(R"({"hook": ")" + std::string{hook} +
                        R"(", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {"userId": "Practitioner/1", "patientId": "p1", )" +
                        field + "}}");
    ASSERT_TRUE(document);
    const auto request = hooks::read_request(document->root());
    ASSERT_TRUE(request) << request.error().where << ' ' << request.error().message;
    const auto checked = check_patient(*request);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().where, where);
  }
}

TEST(PatientGuard, PF_45_ReadsAReferenceToAnotherPatientInAnySpelling) {
  for (const char* reference :
       {"Patient/p2", "/Patient/p2", "./Patient/p2", "fhir/Patient/p2", "Patient//p2",
        "Patient/p2/", "Patient/p2?x=1", "Patient/p2#f", "http://h/fhir/Patient/p2",
        "http://h/fhir/Patient/p2/", "HTTP://h/fhir/Patient/p2?x=1", " Patient/p2", "patient/p2",
        "Patient/p:2", "Patient/p1/../p2"}) {
    SCOPED_TRACE(reference);
    const Document document =
        call(R"("c": {"resourceType": "Condition", "subject": {"reference": ")" +
             std::string{reference} + "\"}}");
    const auto request = hooks::read_request(document.root());
    ASSERT_TRUE(request);
    EXPECT_FALSE(check_patient(*request));
  }
}

}  // namespace
}  // namespace cdss::record
