#include "core/record/patient_guard.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/json/document.hpp"
#include "core/json/document_builder.hpp"
#include "fhir/compartment/patient_compartment.hpp"

namespace cdss::record {
namespace {

/// A patient-view call about patient p1 with these prefetch members, and members of the context and
/// of the call.
Document call(const std::string& prefetch, const std::string& of_context = "",
              const std::string& of_call = "") {
  auto document = Document::parse(R"({"hook": "patient-view",
    "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": {"userId": "Practitioner/1", "patientId": "p1")" +
                                  of_context + "}" + of_call + R"(,
    "prefetch": {)" + prefetch + "}}");
  EXPECT_TRUE(document) << document.error().message;
  return *std::move(document);
}

/// The paths of what is to be left out of a call with these prefetch members.
std::vector<std::string> left_out_of(const Document& document) {
  const auto request = hooks::read_request(document.root());
  EXPECT_TRUE(request) << request.error().where << ' ' << request.error().message;
  const auto excluded = check_patient(*request);
  EXPECT_TRUE(excluded) << excluded.error().where << ' ' << excluded.error().message;
  std::vector<std::string> paths;
  for (const auto node : excluded ? excluded->nodes : std::vector<std::uint32_t>{}) {
    paths.push_back(View{document.c_document(), node}.path());
  }
  return paths;
}

TEST(PatientGuard, PF_45_AcceptsWhatIsShownToBeThisPatients) {
  for (
      const char* prefetch : {
          R"("p": {"resourceType": "Patient", "id": "p1"})",
          R"("p": {"resourceType": "Patient", "id": "p1", "link": [{"type": "replaces", "other": {"reference": "Patient/old"}}]})",
          R"("p": {"resourceType": "Bundle", "entry": [{"fullUrl": "https://ehr.example/fhir/Patient/p1", "resource": {"resourceType": "Patient"}}]})",
          R"("c": {"resourceType": "Condition", "subject": {"reference": "Patient/p1"}})",
          R"("c": {"resourceType": "Condition", "subject": {"reference": "Patient/p1", "type": "Patient", "identifier": {"value": "x"}, "display": "x"}})",
          R"("c": {"resourceType": "Condition", "subject": {"reference": "https://ehr.example/fhir/Patient/p1/_history/2"}})",
          R"("c": {"resourceType": "Condition", "patient": {"reference": "Patient/p1"}})",
          R"("c": {"resourceType": "Bundle", "entry": [
              {"fullUrl": "urn:uuid:a1", "resource": {"resourceType": "Patient", "id": "p1"}},
              {"resource": {"resourceType": "Condition", "subject": {"reference": "urn:uuid:a1"}}}]})",
          R"("c": {"resourceType": "Observation", "subject": {"reference": "Patient/p1"}, "focus": [{"reference": "Patient/child"}]})",
          R"("c": {"resourceType": "Coverage", "beneficiary": {"reference": "Patient/p1"}, "subscriber": {"reference": "Patient/parent"}})",
          R"("c": {"resourceType": "Condition", "subject": {"reference": "Patient/p1"}, "contained": [
              {"resourceType": "Patient", "id": "asserter"}, {"resourceType": "Observation", "id": "o"}]})",
          R"("c": {"resourceType": "Appointment", "participant": [{"actor": {"reference": "Practitioner/1"}}, {"actor": {"reference": "Patient/p1"}}]})",
          R"("c": {"resourceType": "Person", "link": [{"target": {"reference": "Patient/old"}}, {"target": {"reference": "Patient/p1"}}]})",
          R"("c": {"resourceType": "Provenance", "target": [{"reference": "Patient/p1"}, {"reference": "Observation/1"}]})",
          R"("c": {"resourceType": "Parameters", "parameter": [{"name": "return", "resource": {"resourceType": "Patient", "id": "p1"}}]})",
          R"("c": {"resourceType": "Medication", "code": {"text": "ibuprofen"}})",
          R"("c": {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]})",
          R"("c": {"resourceType": "Bundle", "entry": []})",
          R"("c": {}, "d": null)",
      }) {
    SCOPED_TRACE(prefetch);
    EXPECT_EQ(left_out_of(call(prefetch)), std::vector<std::string>{});
  }
}

TEST(PatientGuard, PF_45_LeavesOutWhatCannotBeShownToBeThisPatients) {
  const struct {
    const char* prefetch;
    const char* path;
  } rows[] = {
      {R"("p": {"resourceType": "Patient"})", "prefetch.p"},
      {R"("c": {"resourceType": "Condition"})", "prefetch.c"},
      {R"("c": {"resourceType": "Condition", "subject": null})", "prefetch.c"},
      {R"("c": {"resourceType": "Condition", "subject": {}})", "prefetch.c"},
      {R"("c": {"resourceType": "Condition", "subject": {"reference": "Group/1"}})", "prefetch.c"},
      {R"("c": {"resourceType": "Condition", "subject": {"reference": "p1"}})", "prefetch.c"},
      {R"("c": {"resourceType": "Condition", "subject": {"reference": "Patient?identifier=1"}})",
       "prefetch.c"},
      {R"("c": {"resourceType": "Condition", "subject": {"reference": "Patient/p1", "type": "Group"}})",
       "prefetch.c"},
      {R"("c": {"resourceType": "Condition", "subject": {"identifier": {"value": "x"}}})",
       "prefetch.c"},
      {R"("c": {"resourceType": "Condition", "subject": [{"reference": "Patient/p1"}, {"reference": "Group/1"}]})",
       "prefetch.c"},
      {R"("c": {"resourceType": "Condition", "subject": {"reference": "#x"}, "contained": [{"resourceType": "Patient", "id": "x"}]})",
       "prefetch.c"},
      {R"("c": {"resourceType": "Bundle", "entry": [{"fullUrl": "urn:uuid:a1", "resource": {"resourceType": "Organization"}},
          {"resource": {"resourceType": "Condition", "subject": {"reference": "urn:uuid:a1"}}}]})",
       "prefetch.c.entry[1]"},
      {R"("c": {"resourceType": "Bundle", "entry": {"resource": {"resourceType": "Condition"}}})",
       "prefetch.c.entry"},
      {R"("c": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Bundle", "entry": [
          {"resource": {"resourceType": "Condition"}}]}}]})",
       "prefetch.c.entry[0].resource.entry[0]"},
      {R"("c": {"resourceType": "Parameters", "parameter": [{"part": [{"resource": {"resourceType": "Condition"}}]}]})",
       "prefetch.c.parameter[0].part[0]"},
      {R"("c": {"resourceType": "Odd", "entry": [{"resource": {"resourceType": "Condition"}}]})",
       "prefetch.c"},
      {R"("c": {"resourceType": "Device"})", "prefetch.c"},
      {R"("c": {"resourceType": "Group", "member": [{"entity": {"reference": "Patient/p1"}}]})",
       "prefetch.c"},
      {R"("c": {"resourceType": "Person", "link": [{"target": {"reference": "Practitioner/1"}}]})",
       "prefetch.c"},
      {R"("c": {"resourceType": "Appointment", "participant": [{"actor": {"reference": "Practitioner/1"}}]})",
       "prefetch.c"},
      {R"("c": {"resourceType": "Binary"})", "prefetch.c"},
  };
  for (const auto& [prefetch, path] : rows) {
    SCOPED_TRACE(prefetch);
    EXPECT_EQ(left_out_of(call(prefetch)), std::vector<std::string>{path});
  }
}

TEST(PatientGuard, NamesTheKeysThatHoldLessAndWhatIsLeftIsInOrder) {
  const Document document = call(R"("a": {"resourceType": "Condition"}, "b": null,
      "c": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition"}},
        {"resource": {"resourceType": "Condition", "subject": {"reference": "Patient/p1"}}}]})");
  const auto request = hooks::read_request(document.root());
  ASSERT_TRUE(request);
  const auto excluded = check_patient(*request);
  ASSERT_TRUE(excluded);
  EXPECT_EQ(excluded->keys, (std::vector<std::string>{"a", "c"}));
  EXPECT_EQ(excluded->nodes.size(), 2U);
  EXPECT_EQ(excluded->drafts, 0U);
  const auto less = copy_of(document.root(), excluded->nodes);
  ASSERT_TRUE(less);
  EXPECT_EQ(left_out_of(*less), std::vector<std::string>{});
  const View prefetch = *less->root().at("prefetch");
  EXPECT_FALSE(prefetch.find("a"));
  EXPECT_EQ(prefetch.at("c")->at("entry")->size(), 1U);
}

TEST(PatientGuard, TakesADraftThatNamesNobodyForThisPatients) {
  const struct {
    const char* draft;
    bool stays;
  } rows[] = {
      {R"({"resourceType": "ServiceRequest"})", true},
      {R"({"resourceType": "ServiceRequest", "subject": {"reference": "Patient/p1"}})", true},
      {R"({"resourceType": "Medication"})", true},
      {R"({"resourceType": "Appointment", "participant": [{"actor": {"reference": "Practitioner/1"}}, {"actor": {"display": "x"}}]})",
       true},
      {R"({"resourceType": "ServiceRequest", "subject": {"reference": "Group/1"}})", false},
      {R"({"resourceType": "ServiceRequest", "subject": {"identifier": {"value": "1"}}})", false},
      {R"({"resourceType": "ServiceRequest", "subject": {"reference": "urn:uuid:1"}})", false},
      {R"({"resourceType": "ServiceRequest", "subject": {"display": "x"}})", false},
      {R"({"resourceType": "Appointment", "participant": [{"actor": {"type": "Patient", "display": "x"}}]})",
       false},
      {R"({"resourceType": "Appointment", "participant": [{"actor": {"identifier": {"value": "1"}}}]})",
       false},
  };
  for (const auto& [draft, stays] : rows) {
    SCOPED_TRACE(draft);
    const Document document =
        call("", R"(, "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": )" +
                     std::string{draft} + "}]}");
    EXPECT_EQ(left_out_of(document),
              stays ? std::vector<std::string>{}
                    : std::vector<std::string>{"context.draftOrders.entry[0]"});
  }
}

TEST(PatientGuard, KnowsAnIdOnTheServerOfTheCallOnly) {
  const struct {
    const char* reference;
    bool shown;
  } rows[] = {
      {"Patient/p1", true},
      {"https://ehr.example/a/r4/Patient/p1", true},
      {"http://EHR.example:80/a/r4//Patient/p1/_history/1", true},
      {"https://ehr.example:443/a/r4/Patient/p1", true},
      {"r4/Patient/p1", true},
      {"/a/r4/Patient/p1", true},
      {"https://other.example/a/r4/Patient/p1", false},
      {"https://ehr.example:8443/a/r4/Patient/p1", false},
      {"https://ehr.example/b/r4/Patient/p1", false},
      {"https://ehr.example/a/r4/x/Patient/p1", false},
      {"https://ehr.example/Patient/p1", false},
      {"https://me@ehr.example/a/r4/Patient/p1", false},
      {"b/r4/Patient/p1", false},
      {"/x/a/r4/Patient/p1", false},
      {"//ehr.example/a/r4/Patient/p1", false},
  };
  for (const auto& [reference, shown] : rows) {
    SCOPED_TRACE(reference);
    const Document document =
        call(R"("c": {"resourceType": "Condition", "subject": {"reference": ")" +
                 std::string{reference} + "\"}}",
             "", R"(, "fhirServer": "https://ehr.example/a/r4/")");
    EXPECT_EQ(left_out_of(document).empty(), shown);
  }
}

TEST(PatientGuard, FA_08_RefusesATokenForAnotherPatient) {
  for (const bool same : {true, false}) {
    const Document document =
        call("", "",
             R"(, "fhirServer": "https://ehr.example/fhir", "fhirAuthorization": {
            "access_token": "x", "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.rs",
            "subject": "cds", "patient": ")" +
                 std::string{same ? "p1" : "p2"} + "\"}");
    const auto request = hooks::read_request(document.root());
    ASSERT_TRUE(request);
    const auto checked = check_patient(*request);
    ASSERT_EQ(checked.has_value(), same);
    if (!same) {
      EXPECT_EQ(checked.error().where, "fhirAuthorization.patient");
    }
  }
}

TEST(PatientGuard, JudgesWhatAServerAnswered) {
  const auto document = Document::parse(R"([
      {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition"}},
        {"resource": {"resourceType": "Condition", "subject": {"reference": "https://a.example/Patient/p1"}}},
        {"resource": {"resourceType": "Condition", "subject": {"reference": "https://b.example/Patient/p1"}}}]},
      {"resourceType": "Condition"},
      {"resourceType": "Patient", "id": "p2"}])");
  ASSERT_TRUE(document);
  const fhir::PatientOfCall patient{.id = "p1", .fhir_server = "https://a.example"};
  std::vector<View> values;
  for (const View value : document->root().elements()) {
    values.push_back(value);
  }
  const auto of_bundle =
      fhir::check_patient_compartment(values[0], patient, fhir::Membership::undetermined);
  ASSERT_TRUE(of_bundle);
  ASSERT_EQ(of_bundle->size(), 2U);
  EXPECT_EQ(View(document->c_document(), of_bundle->front()).path(), "[0].entry[0]");
  EXPECT_EQ(View(document->c_document(), of_bundle->back()).path(), "[0].entry[2]");
  const auto of_resource =
      fhir::check_patient_compartment(values[1], patient, fhir::Membership::undetermined);
  ASSERT_TRUE(of_resource);
  EXPECT_EQ(*of_resource, std::vector<std::uint32_t>{values[1].node()});
  EXPECT_FALSE(fhir::check_patient_compartment(values[2], patient, fhir::Membership::undetermined));
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
