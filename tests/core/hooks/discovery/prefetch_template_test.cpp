#include "core/hooks/discovery/prefetch_template.hpp"

#include "tests/core/hooks/support.hpp"

namespace cdss::hooks {
namespace {

void expect_refused(const char* text, Errc code, const char* hook = "patient-view") {
  SCOPED_TRACE(text);
  const auto parsed = PrefetchTemplate::parse(text, hook);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, code) << parsed.error().message;
}

void expect_accepted(const char* text, const char* hook = "patient-view") {
  const auto parsed = PrefetchTemplate::parse(text, hook);
  EXPECT_TRUE(parsed) << text << ": " << parsed.error().message;
}

/// The expansion over `context`, or where it failed in brackets.
std::string expand(const char* text, const std::string& context, const char* hook) {
  const auto parsed = PrefetchTemplate::parse(text, hook);
  if (!parsed) {
    ADD_FAILURE() << text << ": " << parsed.error().message;
    return {};
  }
  const auto document = parse(context);
  const auto query = parsed->expand(document.root());
  return query ? *query : "[" + query.error().where + "]";
}

TEST(PrefetchTemplate, PF_02_IsAReadOrASearchByRelativeUrl) {
  const auto read = PrefetchTemplate::parse("Patient/{{context.patientId}}", "patient-view");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->resource_type(), "Patient");
  EXPECT_FALSE(read->is_search());
  const auto search = PrefetchTemplate::parse("Condition?patient=1", "patient-view");
  ASSERT_TRUE(search);
  EXPECT_EQ(search->resource_type(), "Condition");
  EXPECT_TRUE(search->is_search());
  const auto user = PrefetchTemplate::parse("{{context.userId}}", "patient-view");
  ASSERT_TRUE(user);
  EXPECT_EQ(user->resource_type(), "");
  EXPECT_FALSE(user->is_search());
  expect_accepted("ValueSet/hip-codes");
  for (const auto* const text :
       {"", "/Patient/1", "https://fhir.example.org/Patient/1", "Patient", "Patient/", "Patient/..",
        "Patient/1/_history/2", "Patient/1?x=1", "Patient?", "?patient=1",
        "Patient/a{{context.patientId}}", "{{context.userId}}?x=1", "{{context.userId}}/x",
        "patient/1", "Patient?a=1#b"}) {
    SCOPED_TRACE(text);
    EXPECT_FALSE(PrefetchTemplate::parse(text, "patient-view"));
  }
  expect_refused("MedicationOrder?patient=1", Errc::unsupported);
}

TEST(PrefetchTemplate, PF_03_DelimitsTokensWithDoubleBraces) {
  expect_refused("Patient/{{context.patientId}", Errc::malformed);
  expect_refused("Patient/{context.patientId}", Errc::malformed);
  expect_refused("Patient/{{context.patientId", Errc::malformed);
  expect_refused("Patient/{{ context.patientId }}", Errc::unsupported);
  expect_refused("Patient/{{}}", Errc::unsupported);
}

TEST(PrefetchTemplate, PF_04_PF_05_NamesContextTokensInFull) {
  expect_refused("Patient/{{patientId}}", Errc::unsupported);
  expect_refused("Patient/{{Patient.id}}", Errc::unsupported);
  expect_refused("Patient/{{context}}", Errc::unsupported);
  expect_refused("Patient/{{context.}}", Errc::unsupported);
}

TEST(PrefetchTemplate, PF_06_PF_18_TakesFieldsThatTheHookPermits) {
  expect_accepted("Encounter/{{context.encounterId}}", "encounter-start");
  expect_accepted("{{context.performer}}", "order-dispatch");
  expect_accepted("Location/{{context.wardId}}", "org.example.bed-assign");
  const std::pair<const char*, const char*> rows[] = {
      {"order-sign", "Patient/{{context.draftOrders.entry.resource.subject}}"},
      {"order-sign", "Task?focus={{context.draftOrders}}"},
      {"order-select", "Task?focus={{context.selections}}"},
      {"appointment-book", "Task?focus={{context.appointments}}"},
      {"order-dispatch", "Task?focus={{context.fulfillmentTasks}}"},
      {"order-dispatch", "{{context.userId}}"},
      {"patient-view", "Task?focus={{context.wardId}}"},
      {"patient-view", "Task?focus={{%patient.id}}"},
      {"patient-view", "Observation?date=gt{{today() - 90 days}}"},
  };
  for (const auto& [hook, text] : rows) {
    expect_refused(text, Errc::unsupported, hook);
  }
  expect_refused("Patient/{{context.userId}}", Errc::malformed);
  expect_refused("{{context.patientId}}", Errc::malformed);
}

TEST(PrefetchTemplate, PF_07_TakesTheFourUserTokens) {
  for (const auto* const text :
       {"Practitioner/{{userPractitionerId}}", "PractitionerRole?_id={{userPractitionerRoleId}}",
        "Patient/{{userPatientId}}", "RelatedPerson/{{userRelatedPersonId}}"}) {
    expect_accepted(text);
    expect_accepted(text, "order-dispatch");
  }
  expect_refused("Practitioner/{{userpractitionerid}}", Errc::unsupported);
  expect_refused("Practitioner/{{userDeviceId}}", Errc::unsupported);
  expect_refused("{{userPractitionerId}}", Errc::malformed);
}

TEST(PrefetchTemplate, PF_20_KeepsToTheSubsetOfSearches) {
  for (const auto* const text : {
           "Observation?patient={{context.patientId}}&code=http://loinc.org|1988-5,http://"
           "loinc.org|30341-2",
           "Observation?subject=Patient/{{context.patientId}}&date=ge2024-01-01&date=lt2025",
           "Condition?patient={{context.patientId}}&code:in=https://example.org/ValueSet/hip",
           "Procedure?patient={{context.patientId}}&date=gt2024&_count=50&_sort=-date",
           "Observation?_id=1&_lastUpdated=ge2024-01-01&code=ne5,approx",
       }) {
    expect_accepted(text);
  }
  for (const auto* const text :
       {"Observation?code:not=1", "Observation?code:text=pain", "Patient?name:exact=x",
        "Observation?patient:Patient=1", "Observation?patient.name=x",
        "Observation?_has:Group:member:_id=1", "MedicationRequest?_include=x",
        "MedicationRequest?_revinclude=x", "Observation?_summary=true", "Observation?_elements=id",
        "Observation?_maxresults=5", "Observation?_filter=x", "Observation?date=ne2024-01-01",
        "Observation?date=sa2024", "Observation?date=eb2024", "Observation?date=ge2023,ap2024",
        "Observation?date=ap{{context.patientId}}"}) {
    expect_refused(text, Errc::unsupported);
  }
  for (const auto* const text :
       {"Observation?code", "Observation?code=", "Observation?=1", "Observation?&code=1",
        "Observation?code=1&", "Observation?_count=0", "Observation?_count=x",
        "Observation?_count=-5", "Observation?a b=1", "Observation?code=a b", "Observation?code=%4",
        "Observation?code=%zz", "Observation?{{context.patientId}}=1", "Observation?code=<x>"}) {
    expect_refused(text, Errc::malformed);
  }
}

TEST(PrefetchTemplate, PF_22_SortsAsFhirDoes) {
  expect_accepted("Observation?patient=1&_sort=-date,status");
  expect_refused("Observation?patient=1&_sort=--date", Errc::malformed);
  expect_refused("Observation?patient=1&_sort=date,", Errc::malformed);
  expect_refused("Observation?patient=1&sort:desc=date", Errc::unsupported);
  expect_refused("Observation?patient=1&_sort:desc=date", Errc::unsupported);
}

TEST(PrefetchTemplate, ExpandsTheTokensOfACall) {
  const std::string context =
      R"({"userId":"Practitioner/dr-1","patientId":"1288992","encounterId":"e.1_x"})";
  const struct {
    const char* text;
    const char* query;
  } rows[] = {
      {"Patient/{{context.patientId}}", "Patient/1288992"},
      {"{{context.userId}}", "Practitioner/dr-1"},
      {"Practitioner/{{userPractitionerId}}", "Practitioner/dr-1"},
      {"Encounter/{{context.encounterId}}", "Encounter/e.1_x"},
      {"Task?requester={{context.userId}}&patient={{context.patientId}}&_sort=-authored-on",
       "Task?requester=Practitioner/dr-1&patient=1288992&_sort=-authored-on"},
      {"Observation?patient=Patient/{{context.patientId}}&code=http://loinc.org|1988-5",
       "Observation?patient=Patient/1288992&code=http://loinc.org%7C1988-5"},
  };
  for (const auto& [text, query] : rows) {
    EXPECT_EQ(expand(text, context, "patient-view"), query);
  }
}

TEST(PrefetchTemplate, EncodesWhatItPutsIn) {
  const auto query = [](const char* value) {
    return expand("Location?name={{context.ward}}", R"({"ward":)" + std::string{value} + "}",
                  "org.example.bed-assign");
  };
  EXPECT_EQ(query(R"("a&_count=1#x y+é%")"), "Location?name=a%26_count%3D1%23x%20y%2B%C3%A9%25");
  EXPECT_EQ(query("12.50"), "Location?name=12.50");
  EXPECT_EQ(query("true"), "Location?name=true");
}

TEST(PrefetchTemplate, PF_08_CannotBeExpandedWithoutItsValue) {
  const char* const role = "PractitionerRole/{{userPractitionerRoleId}}";
  EXPECT_EQ(expand(role, R"({"userId":"PractitionerRole/r"})", "patient-view"),
            "PractitionerRole/r");
  EXPECT_EQ(expand(role, R"({"userId":"Practitioner/r"})", "patient-view"), "[userId]");
  EXPECT_EQ(expand(role, R"({"patientId":"1"})", "order-dispatch"), "[userId]");
  EXPECT_EQ(expand("Encounter/{{context.encounterId}}", R"({"patientId":"1"})", "patient-view"),
            "[encounterId]");
}

TEST(PrefetchTemplate, PutsNoValueWhereItDoesNotFit) {
  const auto query = [](const char* value) {
    return expand("Location/{{context.ward}}", R"({"ward":)" + std::string{value} + "}",
                  "org.example.bed-assign");
  };
  EXPECT_EQ(query("\"w1\""), "Location/w1");
  for (const auto* const value : {R"("../Patient/1")", R"("..")", R"("a?b=1")", R"("a b")"}) {
    EXPECT_EQ(query(value), "[context.ward]") << value;
  }
  for (const auto* const value : {"null", "{}", "[]", "\"\"", R"("\u0000")"}) {
    EXPECT_EQ(query(value), "[ward]") << value;
  }
  EXPECT_EQ(
      expand("{{context.ward}}", R"({"ward":"Location/1/$everything"})", "org.example.bed-assign"),
      "[context.ward]");
}

}  // namespace
}  // namespace cdss::hooks
