#include "core/fhir_client/query.hpp"

#include <gtest/gtest.h>

#include "core/fhir_client/fetch.hpp"
#include "tests/core/fhir_client/call.hpp"

namespace cdss::fhir_client {
namespace {

using namespace std::chrono_literals;

/// A service that wants one thing, and what it would ask for.
struct Service {
  explicit Service(const char* query, const char* resource = "Condition",
                   const char* hook = "patient-view", const char* key = "conditions")
      : prefetch{*hooks::PrefetchTemplate::parse(query, hook)},
        wanted{{.key = key, .resource = resource, .query = &prefetch}} {}

  hooks::PrefetchTemplate prefetch;
  std::vector<record::PrefetchKey> wanted;
};

struct Plan {
  std::vector<Query> queries;
  record::PatientRecord record;
};

Plan plan(const CallText& text, const Service& service, const config::Client& client = ehr()) {
  const Call call{text};
  const auto access = FhirAccess::grant(call.request, client, false, FhirAccess::Time{} + 1h);
  record::PatientRecord record = record::read_record(call.request, service.wanted);
  auto queries = plan_fetch(record, call.request, service.wanted, access);
  for (record::KeyRecord& key : record.keys) {
    key.value.reset();  // it borrows from the call
  }
  return {std::move(queries), std::move(record)};
}

const Service& conditions_service() {
  static const Service kService{"Condition?patient={{context.patientId}}"};
  return kService;
}

/// What is asked for a template with the tokens of CDS Hooks 3.0, when the key "conditions" was
/// sent as `prefetch`; or why it is not.
std::string asked_with(const char* query, const char* resource, const std::string& prefetch) {
  const auto first =
      *hooks::PrefetchTemplate::parse("Condition?patient={{context.patientId}}", "patient-view");
  const auto second =
      hooks::PrefetchTemplate::parse(query, "patient-view", hooks::PrefetchTokens::fhirpath);
  EXPECT_TRUE(second) << second.error().message;
  const std::vector<record::PrefetchKey> wanted{
      {.key = "conditions", .resource = "Condition", .query = &first},
      {.key = "second", .resource = resource, .query = &*second}};
  const Call call{{.prefetch = prefetch, .scope = "user/*.read"}};
  const auto access = FhirAccess::grant(call.request, ehr(), false, FhirAccess::Time{} + 1h);
  auto record = record::read_record(call.request, wanted);
  const auto queries = plan_fetch(record, call.request, wanted, access,
                                  std::chrono::sys_days{2024y / std::chrono::September / 13});
  return queries.empty() || queries.back().key != "second" ? record.find("second")->reason
                                                           : queries.back().relative;
}

TEST(PlanFetch, PF_10_PF_12_FillsTheTokensOf3_0FromTheDayAndFromWhatWasSent) {
  const std::string sent =
      R"("conditions": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType":
      "Condition", "id": "c1", "encounter": {"reference": "https://ehr.example.org/fhir/Encounter/e1"}}}]})";
  const char* const encounters =
      "Encounter?_id={{%conditions.entry.resource.encounter.resolve().id}}";
  const char* const recent =
      "Observation?patient={{context.patientId}}&date=gt{{today() - 90 days}}";
  EXPECT_EQ(asked_with(encounters, "Encounter", sent), "Encounter?_id=e1");
  EXPECT_EQ(asked_with(recent, "Observation", ""), "Observation?patient=p1&date=gt2024-06-15");
  EXPECT_EQ(asked_with(encounters, "Encounter", R"("conditions": null)"),
            "not sent, and the keys that it depends on do not say what to ask for");
  EXPECT_EQ(asked_with(encounters, "Encounter", ""), "not sent") << "the conditions come first";
}

/// What is asked after the conditions of a call without prefetch were fetched with this outcome.
std::string asked_after(cdss_key_state state, const char* bundle) {
  const auto first =
      *hooks::PrefetchTemplate::parse("Condition?patient={{context.patientId}}", "patient-view");
  const auto second = *hooks::PrefetchTemplate::parse(
      "Encounter?_id={{%conditions.entry.resource.encounter.resolve().id}}", "patient-view",
      hooks::PrefetchTokens::fhirpath);
  const std::vector<record::PrefetchKey> wanted{
      {.key = "conditions", .resource = "Condition", .query = &first},
      {.key = "encounters", .resource = "Encounter", .query = &second}};
  const Call call{{.scope = "user/*.read"}};
  const auto access = FhirAccess::grant(call.request, ehr(), false, FhirAccess::Time{} + 1h);
  auto record = record::read_record(call.request, wanted);
  EXPECT_EQ(plan_fetch(record, call.request, wanted, access).size(), 1U);
  EXPECT_TRUE(plan_fetch(record, call.request, wanted, access).empty()) << "it is being asked";
  std::vector<QueryResult> fetched;
  fetched.push_back({.key = "conditions", .state = state, .reason = "x", .document = {}});
  if (bundle != nullptr) {
    fetched.back().document = *Document::parse(bundle);
  }
  EXPECT_TRUE(add_fetched(record, std::move(fetched), wanted, call.request));
  const auto queries = plan_fetch(record, call.request, wanted, access);
  EXPECT_TRUE(plan_fetch(record, call.request, wanted, access).empty());
  return queries.empty() ? record.find("encounters")->reason : queries.front().relative;
}

TEST(PlanFetch, PF_12_AsksInASecondRoundForWhatTheFirstOneTells) {
  constexpr const char* kFound = R"({"resourceType": "Bundle", "entry": [{"resource":
      {"resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"},
       "encounter": {"reference": "Encounter/e1"}}}]})";
  const std::string kUnknown =
      "not sent, and the keys that it depends on do not say what to ask for";
  EXPECT_EQ(asked_after(cdss_key_present, kFound), "Encounter?_id=e1");
  EXPECT_EQ(asked_after(cdss_key_truncated, kFound), kUnknown) << "a part is not all of it";
  EXPECT_EQ(asked_after(cdss_key_empty, nullptr), kUnknown);
  EXPECT_EQ(asked_after(cdss_key_unavailable, nullptr), kUnknown);
}

TEST(PlanFetch, PF_31_PF_34_PF_35_PF_38_PF_40_PF_45_AsksForWhatIsLacking) {
  const std::string resource = R"({"resource": {"resourceType": "Condition"}})";
  const struct {
    const char* what;
    std::string sent;
    bool asked, from_next_page;
  } rows[] = {
      {"absent", "", true, false},
      {"null", R"("conditions": null)", false, false},
      {"empty", R"("conditions": {"resourceType": "Bundle", "entry": []})", false, false},
      {"all", R"("conditions": {"resourceType": "Bundle", "entry": [)" + resource + "]}", false,
       false},
      {"an OperationOutcome",
       R"("conditions": {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]})",
       false, false},
      {"an OperationOutcome in a Bundle",
       R"("conditions": {"resourceType": "Bundle", "entry": [)" + resource +
           R"(, {"resource": {"resourceType": "OperationOutcome",
        "issue": [{"severity": "error"}]}}]})",
       false, false},
      {"a first page",
       R"("conditions": {"resourceType": "Bundle", "link": [{"relation": "next",
        "url": "https://ehr.example.org/fhir/Condition?page=2"}], "entry": [)" +
           resource + "]}",
       true, true},
      {"fewer than counted",
       R"("conditions": {"resourceType": "Bundle", "total": 5, "entry": [)" + resource + "]}", true,
       false},
      {"another type", R"("conditions": {"resourceType": "Patient", "id": "p1"})", true, false},
      {"no Bundle", R"("conditions": {"resourceType": "Bundle", "entry": 5})", true, false},
  };
  for (const auto& [what, sent, asked, from_next_page] : rows) {
    SCOPED_TRACE(what);
    const auto made = plan({.prefetch = sent}, conditions_service());
    ASSERT_EQ(made.queries.size(), asked ? 1U : 0U);
    if (asked) {
      EXPECT_EQ(made.queries[0].key, "conditions");
      EXPECT_EQ(made.queries[0].relative, "Condition?patient=p1");
      EXPECT_EQ(made.queries[0].resource, "Condition");
      EXPECT_TRUE(made.queries[0].is_search);
      EXPECT_FALSE(made.queries[0].is_filtered);
      EXPECT_EQ(made.queries[0].first_page != nullptr, from_next_page);
    }
  }
}

TEST(PlanFetch, AsksNothingWithoutAccessAndSaysWhy) {
  const struct {
    CallText call;
    const char* reason;
  } rows[] = {
      {{.server = "", .token = ""}, "not sent, and the client named no FHIR server to ask"},
      {{.token = ""}, "not sent, and the client sent no token for its FHIR server"},
      {{.server = "https://evil.example.org"},
       "not sent, and the FHIR server it named is none that its profile registers"},
  };
  for (const auto& [call, reason] : rows) {
    const auto made = plan(call, conditions_service());
    EXPECT_TRUE(made.queries.empty());
    EXPECT_EQ(made.record.keys[0].state, cdss_key_unavailable);
    EXPECT_EQ(made.record.keys[0].reason, reason);
  }
}

TEST(PlanFetch, FA_10_AsksNothingThatTheScopesExclude) {
  const auto made = plan({.scope = "patient/Observation.rs"}, conditions_service());
  EXPECT_TRUE(made.queries.empty());
  EXPECT_EQ(made.record.keys[0].reason, "not sent, and the client's token does not cover it");
  const auto part = plan({.scope = "patient/Condition.rs?category=x"}, conditions_service());
  ASSERT_EQ(part.queries.size(), 1U);
  EXPECT_TRUE(part.queries[0].is_filtered);
}

TEST(PlanFetch, PF_08_AsksNothingThatTheCallDoesNotFill) {
  const Service user{"Practitioner/{{userPractitionerId}}", "Practitioner"};
  EXPECT_EQ(plan({}, user).queries.size(), 1U);
  const Service patient{"Patient/{{userPatientId}}", "Patient"};
  const auto made = plan({}, patient);
  EXPECT_TRUE(made.queries.empty());
  EXPECT_EQ(made.record.keys[0].reason, "not sent, and the call does not say what to ask for");
}

TEST(PlanFetch, FA_12_AsksForIdsThatFhirPermitsOnly) {
  const Service read{"Patient/{{context.patientId}}", "Patient"};
  EXPECT_EQ(plan({.patient = "A-1.b"}, read).queries.at(0).relative, "Patient/A-1.b");
  EXPECT_EQ(plan({.patient = std::string(64, 'a')}, conditions_service()).queries.size(), 1U);
  for (const char* id : {".", "..", "p_1", "p%2e", "a~b"}) {
    SCOPED_TRACE(id);
    const auto body = CallText{.patient = id}.text();
    const auto document = Document::parse(body);
    ASSERT_TRUE(document);
    if (!hooks::read_request(document->root())) {
      continue;  // refused before
    }
    EXPECT_TRUE(plan({.patient = id}, read).queries.empty());
    const auto made = plan({.patient = id}, conditions_service());
    EXPECT_TRUE(made.queries.empty());
    EXPECT_EQ(made.record.keys[0].reason,
              "not sent, and an id in the call is not one that FHIR permits");
  }
}

constexpr const char* kDrafts = R"(, "draftOrders": {"resourceType": "Bundle", "entry": [
  {"resource": {"resourceType": "ServiceRequest", "id": "draft-1"}},
  {"resource": {"resourceType": "MedicationRequest", "id": "draft-2"}}]})";

TEST(PlanFetch, REQ_20_NeverReadsADraft) {
  const struct {
    const char* query;
    const char* resource;
    bool asked;
  } rows[] = {
      {"ServiceRequest/draft-1", "ServiceRequest", false},
      {"ServiceRequest/other", "ServiceRequest", true},
      {"MedicationRequest/draft-1", "MedicationRequest", true},
      {"ServiceRequest?_id=draft-1", "ServiceRequest", false},
      {"ServiceRequest?_id=other,draft-1", "ServiceRequest", false},
      {"ServiceRequest?_id=other%2Cdraft-1", "ServiceRequest", false},
      {"ServiceRequest?status=active&_id=draft-1", "ServiceRequest", false},
      {"ServiceRequest?_id=draft-10", "ServiceRequest", true},
      {"ServiceRequest?patient={{context.patientId}}", "ServiceRequest", true},
  };
  for (const auto& [query, resource, asked] : rows) {
    SCOPED_TRACE(query);
    const Service service{query, resource, "order-sign", "orders"};
    const auto made = plan({.context = kDrafts, .hook = "order-sign"}, service);
    EXPECT_EQ(made.queries.size(), asked ? 1U : 0U);
    if (!asked) {
      EXPECT_EQ(made.record.keys[0].reason,
                "not sent, and it is a draft that the FHIR server need not know");
    }
  }
}

TEST(PlanFetch, AsksForNothingOfAnotherTypeThanTheKeyHolds) {
  const Service user{"{{context.userId}}", "Patient"};
  const auto made = plan({}, user);
  EXPECT_TRUE(made.queries.empty());
  EXPECT_EQ(made.record.keys[0].reason,
            "not sent, and the call refers to something of another type");
}

}  // namespace
}  // namespace cdss::fhir_client
