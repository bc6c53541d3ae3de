#include "core/hooks/card/action_check.hpp"
#include "core/hooks/card/response.hpp"
#include "tests/core/hooks/support.hpp"

namespace cdss::hooks {
namespace {

constexpr const char* kOrder =
    R"({"resourceType":"ServiceRequest","id":"s1","subject":{"reference":"Patient/p1"},)"
    R"("_note":[null,{"id":"x"}]})";

const Members kCreate{
    {"type", R"("create")"}, {"description", R"("Order a CRP")"}, {"resource", kOrder}};
const Members kUpdate = with(kCreate, "type", R"("update")");
const Members kDelete{{"type", R"("delete")"},
                      {"description", R"("Remove the order")"},
                      {"resourceId", R"("ServiceRequest/s1")"}};

void expect_accepted(const Members& action) {
  SCOPED_TRACE(text(action));
  const auto document = parse(text(action));
  const auto checked = check_action(document.root(), {.id = "p1"});
  EXPECT_TRUE(checked) << checked.error().where << ": " << checked.error().message;
}

void expect_refused(const Members& action, const std::string& where) {
  SCOPED_TRACE(text(action));
  const auto document = parse(text(action));
  const auto checked = check_action(document.root(), {.id = "p1"});
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().where, where);
}

/// {absent, null, empty, wrong type}
void expect_required(const Members& action, const std::string& name) {
  expect_refused(without(action, name), name);
  for (const auto* const wrong : {"null", "\"\"", "5", "[]"}) {
    expect_refused(with(action, name, wrong), name);
  }
}

TEST(Action, ACT_01_RequiresAType) {
  for (const auto& action : {kCreate, kUpdate, kDelete}) {
    expect_accepted(action);
    expect_required(action, "type");
    expect_refused(with(action, "type", R"("patch")"), "type");
  }
}

TEST(Action, ACT_02_SUG_12_RequiresADescription) {
  for (const auto& action : {kCreate, kUpdate, kDelete}) {
    expect_required(action, "description");
  }
}

TEST(Action, ACT_03_ACT_04_RequiresAWholeResourceToCreateOrUpdate) {
  for (const auto& action : {kCreate, kUpdate}) {
    expect_required(action, "resource");
    expect_refused(with(action, "resource", R"("ServiceRequest/s1")"), "resource");
    for (const auto* const wrong :
         {R"({"id":"s1"})", R"({"resourceType":5,"id":"s1"})", R"({"resourceType":"","id":"s1"})",
          R"({"resourceType":"service-request","id":"s1"})"}) {
      expect_refused(with(action, "resource", wrong), "resource.resourceType");
    }
    expect_refused(with(action, "resourceId", R"("ServiceRequest/s1")"), "resourceId");
  }
}

TEST(Action, ACT_05_RequiresTheIdOfWhatIsUpdated) {
  expect_accepted(
      with(kCreate, "resource", R"({"resourceType":"Task","for":{"reference":"Patient/p1"}})"));
  expect_refused(
      with(kUpdate, "resource", R"({"resourceType":"Task","for":{"reference":"Patient/p1"}})"),
      "resource.id");
  for (const auto* const id : {"null", "\"\"", "5", R"("Task/1")", R"("..")"}) {
    expect_refused(
        with(kUpdate, "resource", R"({"resourceType":"Task","id":)" + std::string{id} + "}"),
        "resource.id");
  }
}

TEST(Action, ACT_06_ACT_08_ACT_09_ACT_10_DeletesByAReferenceAlone) {
  expect_required(kDelete, "resourceId");
  for (const auto* const wrong : {R"("s1")", R"("https://fhir.example.org/ServiceRequest/s1")",
                                  R"("ServiceRequest/s1/_history/1")"}) {
    expect_refused(with(kDelete, "resourceId", wrong), "resourceId");
  }
  expect_refused(with(kDelete, "resource", kOrder), "resource");
  expect_refused(with(kDelete, "resource", R"("ServiceRequest/s1")"), "resource");
}

TEST(Action, RefusesAnotherPatient) {
  const struct {
    const char* resource;
    const char* where;  // null: accepted
  } rows[] = {
      {R"({"resourceType":"Task","for":{"reference":"Patient/p1"}})", nullptr},
      {R"({"resourceType":"Task","for":{"reference":"Patient/p1/_history/2"}})", nullptr},
      {R"({"resourceType":"Task","for":{"reference":"https://f.example.org/r4/Patient/p1"}})",
       nullptr},
      {R"({"resourceType":"Medication","manufacturer":{"reference":"Organization/p2"}})", nullptr},
      {R"({"resourceType":"Appointment","participant":[{"actor":{"reference":"Patient/p1"}},)"
       R"({"actor":{"reference":"Practitioner/1"}}]})",
       nullptr},
      {R"({"resourceType":"Appointment","participant":[{"actor":{"reference":"Practitioner/1"}}]})",
       "resource"},
      {R"({"resourceType":"Device","owner":{"reference":"Organization/p2"}})", "resource"},
      {R"({"resourceType":"Group","member":[{"entity":{"reference":"Patient/p1"}}]})", "resource"},
      {R"({"resourceType":"Odd"})", "resource"},
      {R"({"resourceType":"Task","for":{"type":"Group","reference":"Patient/p1"}})", "resource"},
      {R"({"resourceType":"Task","for":{"reference":"Patient/p1"},"contained":)"
       R"([{"resourceType":"Task","for":"Patient/p2"}]})",
       "resource.contained[0].for"},
      {R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"p2"}}]})",
       "resource.entry[0].resource"},
      {R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Task"}}]})",
       "resource.entry[0]"},
      {R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Task","for":)"
       R"({"reference":"Patient/p1"}}}]})",
       nullptr},
      {R"({"resourceType":"Account","subject":[{"reference":"Patient/p1"}]})", nullptr},
      {R"({"resourceType":"Device","patient":{"reference":" patient//p1/"}})", nullptr},
      {R"({"resourceType":"Task","for":{"reference":"Patient/p2"}})", "resource.for.reference"},
      {R"({"resourceType":"Task","for":{"reference":"Patient/p1x"}})", "resource.for.reference"},
      {R"({"resourceType":"Task","for":{"reference":"Patient/"}})", "resource.for.reference"},
      {R"({"resourceType":"Task","for":{"reference":"https://f.example.org/Patient/p2"}})",
       "resource.for.reference"},
      {R"({"resourceType":"Task","for":{"reference":"Group/g1"}})", "resource.for.reference"},
      {R"({"resourceType":"Task","for":{"reference":"#contained"}})", "resource.for.reference"},
      {R"({"resourceType":"Task","for":{"reference":"Patient?identifier=1"}})",
       "resource.for.reference"},
      {R"({"resourceType":"Observation","subject":{"reference":"Patient/p2"}})",
       "resource.subject.reference"},
      {R"({"resourceType":"AllergyIntolerance","patient":{"reference":"Patient/p2"}})",
       "resource.patient.reference"},
      {R"({"resourceType":"Claim","beneficiary":{"reference":"Patient/p2"}})",
       "resource.beneficiary.reference"},
      {R"({"resourceType":"Appointment","participant":[{"actor":{"reference":"Patient/p1"}},)"
       R"({"actor":{"reference":"Patient/p2"}}]})",
       "resource.participant[1].actor.reference"},
      {R"({"resourceType":"Basic","author":{"reference":"Patient?identifier=1"}})",
       "resource.author.reference"},
      {R"({"resourceType":"Patient"})", "resource"},
      {R"({"resourceType":"Patient","id":"p1"})", "resource"},
  };
  for (const auto& [resource, where] : rows) {
    if (where == nullptr) {
      expect_accepted(with(kCreate, "resource", resource));
    } else {
      expect_refused(with(kCreate, "resource", resource), where);
    }
  }
  expect_accepted(with(kUpdate, "resource", R"({"resourceType":"Patient","id":"p1"})"));
  expect_refused(with(kUpdate, "resource", R"({"resourceType":"Patient","id":"p2"})"), "resource");
  expect_refused(with(kDelete, "resourceId", R"("Patient/p2")"), "resourceId");
  expect_refused(with(kDelete, "resourceId", R"("Patient/p1")"), "resourceId");
}

TEST(Action, MustSayByAReferenceWhosePatientsTheResourceIs) {
  const struct {
    const char* resource;
    const char* where;
  } rows[] = {
      {R"({"resourceType":"Task"})", "resource.for"},
      {R"({"resourceType":"Observation"})", "resource.subject"},
      {R"({"resourceType":"ServiceRequest","patient":{"reference":"Patient/p1"}})",
       "resource.subject"},
      {R"({"resourceType":"AllergyIntolerance"})", "resource.patient"},
      {R"({"resourceType":"Coverage"})", "resource.beneficiary"},
      {R"({"resourceType":"Observation","subject":null})", "resource.subject"},
      {R"({"resourceType":"Observation","subject":"Patient/p1"})", "resource.subject"},
      {R"({"resourceType":"Observation","subject":{"display":"x"}})", "resource.subject"},
      {R"({"resourceType":"Observation","subject":{"identifier":{"value":"p1"}}})",
       "resource.subject"},
      {R"({"resourceType":"Observation","subject":{"reference":5}})", "resource.subject.reference"},
      {R"({"resourceType":"Observation","subject":{"reference":"p1"}})",
       "resource.subject.reference"},
      {R"({"resourceType":"Account","subject":[]})", "resource.subject"},
      {R"({"resourceType":"Account","subject":[{"reference":"Patient/p1"},{"display":"x"}]})",
       "resource.subject[1]"},
      {R"({"resourceType":"Basic","subject":{"identifier":{"value":"p1"}}})", "resource.subject"},
  };
  for (const auto& [resource, where] : rows) {
    expect_refused(with(kCreate, "resource", resource), where);
  }
}

TEST(Action, KnowsThePatientOnTheServerOfTheCallOnly) {
  const auto checked = [](const char* server) {
    const auto document = parse(text(
        with(kCreate, "resource",
             R"({"resourceType":"Task","for":{"reference":"https://a.example/Patient/p1"}})")));
    return check_action(document.root(), {.id = "p1", .fhir_server = server}).has_value();
  };
  EXPECT_TRUE(checked("https://a.example"));
  EXPECT_TRUE(checked(""));
  EXPECT_FALSE(checked("https://b.example"));
}

TEST(Action, RefusesHtmlInADescription) {
  expect_accepted(with(kCreate, "description", R"("CRP < 5 mg/L")"));
  for (const auto* const wrong : {R"("a <b>")", R"("</p>")", R"("<!--")"}) {
    expect_refused(with(kCreate, "description", wrong), "description");
  }
}

TEST(Action, KnowsNoPatientWhenTheCallHasNone) {
  const auto document = parse(text(kCreate));
  EXPECT_FALSE(check_action(document.root(), {}));
}

TEST(SystemActions, SYS_01_SYS_03_AreCheckedAsActions) {
  const auto document = parse(R"({"cards":[],"systemActions":[)" + text(kCreate) + "," +
                              text(without(kUpdate, "description")) + "," + text(kDelete) + ",5," +
                              text(with(kCreate, "unknown", "null")) + "]}");
  const auto response = check_response(
      document.root(),
      {.patient_id = "p1", .link_hosts = {}, .explain = false, .client = {.system_actions = true}});
  ASSERT_TRUE(response);
  EXPECT_EQ(response->system_actions.size(), 2U);
  ASSERT_EQ(response->dropped.size(), 3U);
  EXPECT_EQ(response->dropped[0].error.where, "systemActions[1].description");
  EXPECT_EQ(response->dropped[1].error.where, "systemActions[3]");
  EXPECT_EQ(response->dropped[2].error.where, "systemActions[4].unknown");
  const auto body = write_response(*response);
  EXPECT_EQ(body, R"({"cards":[],"systemActions":[{"type":"create","description":"Order a CRP",)"
                  R"("resource":)" +
                      std::string{kOrder} +
                      R"(},{"type":"delete","description":"Remove the order",)"
                      R"("resourceId":"ServiceRequest/s1"}]})");
}

TEST(SystemActions, SYS_04_AreNotSentToAClientThatDidNotAgree) {
  const auto document = parse(R"({"cards":[],"systemActions":[)" + text(kCreate) + "]}");
  const auto response = check_response(document.root(), {.patient_id = "p1", .link_hosts = {}});
  ASSERT_TRUE(response);
  EXPECT_TRUE(response->system_actions.empty());
  ASSERT_EQ(response->dropped.size(), 1U);
  EXPECT_EQ(response->dropped[0].error.code, Errc::unsupported);
  EXPECT_EQ(write_response(*response), R"({"cards":[]})");
}

TEST(SystemActions, AreLeftOutWhenNoArray) {
  const auto document = parse(R"({"cards":[],"systemActions":{"a":1}})");
  const auto response = check_response(
      document.root(),
      {.patient_id = "p1", .link_hosts = {}, .explain = false, .client = {.system_actions = true}});
  ASSERT_TRUE(response);
  ASSERT_EQ(response->dropped.size(), 1U);
  EXPECT_EQ(response->dropped[0].error.where, "systemActions");
}

}  // namespace
}  // namespace cdss::hooks
