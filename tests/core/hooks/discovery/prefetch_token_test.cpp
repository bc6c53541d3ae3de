// The tokens of CDS Hooks 3.0: today() and its subset of FHIRPath.

#include <chrono>

#include "core/hooks/discovery/prefetch_template.hpp"
#include "tests/core/hooks/support.hpp"

namespace cdss::hooks {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_days kToday{2024y / 9 / 13};

/// The drafts of the example in CDS Hooks 3.0, ids shortened, and what the rows need beside them.
const char* const kOrderSign = R"({
  "userId": "PractitionerRole/role-1", "patientId": "p1", "encounterId": "e1",
  "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [
    {"fullUrl": "urn:uuid:0001", "resource": {"resourceType": "MedicationRequest", "id": "m1",
      "status": "draft", "intent": "order", "medicationReference": {"reference": "Medication/eVBXv.s1hQ3"},
      "subject": {"reference": "Patient/p1"}, "requester": {"reference": "Practitioner/dr-1"},
      "dispenseRequest": {"numberOfRepeatsAllowed": 2}}},
    {"resource": {"resourceType": "MedicationRequest", "id": "m2", "status": "draft", "intent": "order",
      "medicationReference": {"reference": "https://ehr.example.org/fhir/Medication/em-Ig3/_history/4"},
      "subject": {"reference": "Patient/p1"}, "requester": {"reference": "PractitionerRole/role-1"}}},
    {"resource": {"resourceType": "MedicationRequest", "id": "m3",
      "medicationCodeableConcept": {"text": "aspirin"}, "requester": {"display": "Dr. No"}}},
    {"resource": {"resourceType": "ServiceRequest", "id": "s1",
      "contained": [{"resourceType": "Condition", "id": "c", "recorder": {"reference": "Practitioner/dr-2"}},
                    {"resourceType": "Condition", "id": "d", "evidence": [{"detail": [{"reference": "#c"}]}]}],
      "reasonReference": [{"reference": "#c"}, {"reference": "Condition/hip"}],
      "basedOn": [{"reference": "urn:uuid:0001"}],
      "performer": [{"reference": "Practitioner/dr,$|\\1"}], "doNotPerform": true,
      "quantityQuantity": {"value": 1.50},
      "replaces": [{"reference": "urn:uuid:gone"}], "locationReference": [{"reference": "#gone"}],
      "supportingInfo": [{"reference": "https://other.example.org/Condition/1"}]}}]}})";

/// What a template expands to in one call, or what went wrong in brackets.
std::string expand(const std::string& text, const TemplateValues& values, const char* hook) {
  const auto parsed = PrefetchTemplate::parse(text, hook, PrefetchTokens::fhirpath);
  if (!parsed) {
    ADD_FAILURE() << text << ": " << parsed.error().message;
    return {};
  }
  const auto query = parsed->expand(values);
  return query ? *query : "[" + query.error().where + ": " + query.error().message + "]";
}

/// The value that one token has at order-sign.
std::string value_of(const std::string& token, std::span<const PriorKey> prior = {}) {
  const auto context = parse(kOrderSign);
  const auto query = expand("Task?focus={{" + token + "}}",
                            {.context = context.root(),
                             .today = kToday,
                             .prior = prior,
                             .fhir_server = "https://ehr.example.org/fhir/"},
                            "order-sign");
  constexpr std::string_view kBefore = "Task?focus=";
  return query.starts_with(kBefore) ? query.substr(kBefore.size()) : query;
}

struct Row {
  const char* token;
  const char* value;
};

TEST(PrefetchToken, PF_10_CountsDaysFromToday) {
  const Row rows[] = {
      {"today()", "2024-09-13"},
      {"today() - 90 days", "2024-06-15"},
      {"today() + 365 days", "2025-09-13"},
      {"today()-1 days", "2024-09-12"},
      {"today() + 0 days", "2024-09-13"},
      {"today() - 197 days", "2024-02-29"},
      {"today() - 99999 days", "1750-11-30"},
  };
  for (const auto& [token, value] : rows) {
    EXPECT_EQ(value_of(token), value) << token;
  }
  const auto context = parse(R"({"patientId": "1288992"})");
  EXPECT_EQ(expand("Observation?patient={{context.patientId}}&category=laboratory&date=gt{{today() "
                   "- 90 days}}",
                   {.context = context.root(), .today = kToday}, "patient-view"),
            "Observation?patient=1288992&category=laboratory&date=gt2024-06-15");
  EXPECT_EQ(expand("Observation?date=gt{{today()}}", {.context = context.root()}, "patient-view"),
            "[today(): needs to know what day it is]");
  EXPECT_EQ(expand("Observation?date=gt{{today() + 99999 days}}",
                   {.context = context.root(), .today = std::chrono::sys_days{9998y / 1 / 1}},
                   "patient-view"),
            "[today() + 99999 days: gives a day that FHIR cannot write]");
}

TEST(PrefetchToken, PF_09_FollowsPathsThroughTheContext) {
  const Row rows[] = {
      {"context.patientId", "p1"},
      {"context.draftOrders.type", "collection"},
      {"context.draftOrders.entry.resource.id", "m1,m2,m3,s1"},
      {"context.draftOrders.entry.resource.subject", "Patient/p1"},
      {"context.draftOrders.entry.resource.subject.reference", "Patient/p1"},
      {"context.draftOrders.entry.resource.dispenseRequest.numberOfRepeatsAllowed", "2"},
      {"context.draftOrders.entry.resource.doNotPerform", "true"},
      {"context.draftOrders.entry.resource.quantity.value", "1.50"},
      {"context.draftOrders.entry.resource.medication.text", "aspirin"},
      {"context.draftOrders.entry.resource.ofType(ServiceRequest).performer.reference",
       "Practitioner/dr%5C%2C%5C%24%5C%7C%5C%5C1"},
      {"context.userId.resolve().id", "role-1"},
  };
  for (const auto& [token, value] : rows) {
    EXPECT_EQ(value_of(token), value) << token;
  }
}

TEST(PrefetchToken, PF_11_KeepsResourcesOfOneType) {
  const Row rows[] = {
      {"context.draftOrders.entry.resource.ofType(MedicationRequest).id", "m1,m2,m3"},
      {"context.draftOrders.entry.resource.ofType(MedicationRequest).medication.resolve().id",
       "eVBXv.s1hQ3,em-Ig3"},
      {"context.draftOrders.entry.resource.requester.resolve().ofType(Practitioner).id", "dr-1"},
      {"context.draftOrders.entry.resource.ofType(Patient).id",
       "[context.draftOrders.entry.resource.ofType(Patient).id: finds no value in this call]"},
  };
  for (const auto& [token, value] : rows) {
    EXPECT_EQ(value_of(token), value) << token;
  }
  for (const char* const type : {"Nothing", "string", "", "FHIR.Patient", "patient"}) {
    const auto parsed = PrefetchTemplate::parse(
        "Task?focus={{context.draftOrders.entry.resource.ofType(" + std::string{type} + ").id}}",
        "order-sign", PrefetchTokens::fhirpath);
    ASSERT_FALSE(parsed) << type;
    EXPECT_EQ(parsed.error().code, Errc::unsupported) << type;
  }
}

TEST(PrefetchToken, ResolvesWhatIsAtHandAndKnowsTheRestByItsName) {
  const std::string orders = "context.draftOrders.entry.resource.";
  const Row rows[] = {
      {"ofType(ServiceRequest).reasonReference.resolve().id", "c,hip"},
      {"ofType(ServiceRequest).reasonReference.resolve().ofType(Condition).id", "c,hip"},
      {"basedOn.resolve().ofType(MedicationRequest).requester.resolve().id", "dr-1"},
      {"contained.evidence.detail.resolve().recorder.reference", "Practitioner/dr-2"},
      {"basedOn.resolve().subject", "Patient/p1"},
  };
  for (const auto& [path, value] : rows) {
    EXPECT_EQ(value_of(orders + path), value) << path;
  }
  const struct {
    const char* path;
    const char* says;
  } refused[] = {
      {"requester.resolve().active", "needs a resource that is not available"},
      {"replaces.resolve().id", "refers to what is not available"},
      {"location.resolve().id", "refers to what is not available"},
      {"supportingInfo.resolve().id", "refers to what is not available"},
      {"basedOn", "is no value that can stand in a URL"},
      {"medication", "is no value that can stand in a URL"},
      {"dispenseRequest", "is no value that can stand in a URL"},
      {"nothing", "finds no value in this call"},
  };
  for (const auto& [path, says] : refused) {
    EXPECT_NE(value_of(orders + path).find(says), std::string::npos)
        << path << ": " << value_of(orders + path);
  }
}

TEST(PrefetchToken, PF_12_ReadsEarlierKeys) {
  const auto conditions = parse(R"({"resourceType": "Bundle", "entry": [
    {"resource": {"resourceType": "Condition", "id": "1", "asserter": {"reference": "PractitionerRole/r"}}},
    {"resource": {"resourceType": "Condition", "id": "2", "asserter": {"reference": "Practitioner/a"}}},
    {"resource": {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "Practitioner/b"}}}]})");
  const auto nothing = parse("null");
  const PriorKey prior[] = {{.key = "conditions", .value = conditions.root()},
                            {.key = "unknown", .value = {}},
                            {.key = "none", .value = nothing.root()}};
  const Row rows[] = {
      {"%conditions.entry.resource.asserter.resolve().ofType(PractitionerRole).id", "r"},
      {"%conditions.entry.resource.asserter.resolve().ofType(PractitionerRole).practitioner",
       "Practitioner/b"},
      {"%none.entry.resource.id", "[%none.entry.resource.id: finds no value in this call]"},
      {"%unknown.id", "[prefetch.unknown: is not known, and another key needs it]"},
      {"%other.id", "[prefetch.other: is not known, and another key needs it]"},
  };
  for (const auto& [token, value] : rows) {
    EXPECT_EQ(value_of(token, prior), value) << token;
  }
  EXPECT_EQ(value_of("%conditions.entry.resource.ofType(PractitionerRole).practitioner.resolve().id"
                     "|%conditions.entry.resource.asserter.resolve().ofType(Practitioner).id",
                     prior),
            "b,a");
}

TEST(PrefetchToken, PF_15_JoinsPathsWithAPipeAndNamesEachValueOnce) {
  EXPECT_EQ(value_of("context.patientId|context.encounterId | context.patientId"), "p1,e1");
  const auto context = parse(R"({"selections": ["Task/1", "Task/2", "Task/1"]})");
  EXPECT_EQ(expand("Task?_id=5,{{context.selections}}&status=draft", {.context = context.root()},
                   "order-select"),
            "Task?_id=5,Task/1,Task/2&status=draft");
}

TEST(PrefetchToken, PF_04_PF_06_RefusesTheseTokensInThe2_0Profile) {
  for (const char* const text :
       {"Task?focus={{context.draftOrders.entry.resource.id}}", "Task?focus={{today()}}",
        "Task?focus={{%drafts.id}}", "Task?focus={{context.patientId|context.encounterId}}"}) {
    const auto simple = PrefetchTemplate::parse(text, "order-sign");
    ASSERT_FALSE(simple) << text;
    EXPECT_EQ(simple.error().code, Errc::unsupported) << text;
    EXPECT_TRUE(PrefetchTemplate::parse(text, "order-sign", PrefetchTokens::fhirpath)) << text;
  }
}

TEST(PrefetchToken, PF_09_RefusesWhatTheSubsetDoesNotHave) {
  std::string steps = "context.draftOrders";
  std::string paths = "context.patientId";
  for (int i = 0; i < 32; ++i) {
    steps += ".a";
    paths += "|context.patientId";
  }
  const struct {
    std::string token;
    Errc code;
  } rows[] = {
      {"context.draftOrders.entry[0].resource.id", Errc::malformed},
      {"context.draftOrders.entry.first().resource.id", Errc::unsupported},
      {"context.draftOrders.entry.where(id='1').id", Errc::unsupported},
      {"context.draftOrders.entry.resource.ofType(Patient)", Errc::malformed},
      {"context.draftOrders.entry.resource.subject.resolve()", Errc::malformed},
      {"context.draftOrders.entry.resource.subject.resolve(1).id", Errc::malformed},
      {"context.draftOrders", Errc::malformed},
      {"context", Errc::malformed},
      {"context.", Errc::malformed},
      {"context..id", Errc::malformed},
      {"context.patientId.x", Errc::malformed},
      {"context.ofType(Patient).id", Errc::malformed},
      {"context.wardId", Errc::unsupported},
      {"context.wardId.x", Errc::unsupported},
      {"Patient.id", Errc::unsupported},
      {"patientId", Errc::unsupported},
      {"now()", Errc::unsupported},
      {"", Errc::unsupported},
      {" context.patientId", Errc::unsupported},
      {"context.patientId ", Errc::unsupported},
      {"context.patientId|", Errc::unsupported},
      {"context.patientId + 1", Errc::malformed},
      {"'a'|context.patientId", Errc::unsupported},
      {"today() - 3 months", Errc::unsupported},
      {"today() - 1 years", Errc::unsupported},
      {"today() - 1 day", Errc::unsupported},
      {"today() - days", Errc::unsupported},
      {"today() - 1.5 days", Errc::unsupported},
      {"today() * 2", Errc::unsupported},
      {"today().x", Errc::unsupported},
      {"today() - 100000 days", Errc::out_of_range},
      {"today() - 1 days - 1 days", Errc::unsupported},
      {steps, Errc::out_of_range},
      {paths, Errc::out_of_range},
      {"context." + std::string(1024, 'a'), Errc::out_of_range},
  };
  for (const auto& [token, code] : rows) {
    SCOPED_TRACE(token);
    const auto parsed = PrefetchTemplate::parse("Task?focus={{" + token + "}}", "order-sign",
                                                PrefetchTokens::fhirpath);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, code) << parsed.error().message;
  }
}

TEST(PrefetchToken, PF_16_TakesPlainIdentifiersAfterPercent) {
  for (const char* const key : {"a", "_a", "A_1"}) {
    EXPECT_TRUE(PrefetchTemplate::parse("Task?focus={{%" + std::string{key} + ".id}}",
                                        "patient-view", PrefetchTokens::fhirpath))
        << key;
  }
  for (const char* const key : {"", "1a", "a-b", "`a`", "a b", "a%"}) {
    EXPECT_FALSE(PrefetchTemplate::parse("Task?focus={{%" + std::string{key} + ".id}}",
                                         "patient-view", PrefetchTokens::fhirpath))
        << key;
  }
}

TEST(PrefetchToken, PF_17_PutsSeveralValuesOnlyWhereACommaMeansOr) {
  const std::string many = "{{context.draftOrders.entry.resource.id}}";
  const struct {
    std::string text;
    bool fits;
  } rows[] = {
      {"Task?focus=" + many, true},
      {"Task?focus=" + many + "&patient={{context.patientId}}", true},
      {"Task?focus=a," + many + ",b", true},
      {"Task?_id=" + many, true},
      {"Task/" + many, false},
      {many, false},
      {"Task?date=gt" + many, false},
      {"Task?focus=Task/" + many, false},
      {"Task?code=http://loinc.org|" + many, false},
      {"Task?focus=" + many + many, false},
      {"Task?focus=" + many + "x", false},
      {"Task?_count=" + many, false},
      {"Task?_sort=" + many, false},
      {"Task?" + many + "=1", false},
      {"Task/{{today()}}", false},
      {"{{today()}}", false},
      {"{{%a.id}}", false},
      {"Task/{{context.patientId|context.encounterId}}", false},
      {"Task?focus=Task/{{context.patientId}}", true},
  };
  for (const auto& [text, fits] : rows) {
    const auto parsed = PrefetchTemplate::parse(text, "order-sign", PrefetchTokens::fhirpath);
    EXPECT_EQ(parsed.has_value(), fits) << text;
  }
}

TEST(PrefetchToken, NamesTheKeysThatItNeeds) {
  const auto parsed =
      PrefetchTemplate::parse("Task?_id={{%a.id|%b.id|context.patientId}}&focus={{%a.id}}",
                              "patient-view", PrefetchTokens::fhirpath);
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->prior_keys(), (std::vector<std::string>{"a", "b"}));
}

TEST(PrefetchToken, StopsWhereARecordIsTooLarge) {
  std::string drafts = R"({"draftOrders": {"resourceType": "Bundle", "entry": [)";
  for (int i = 0; i < 300; ++i) {
    drafts += (i == 0 ? "" : ",") + (R"({"resource": {"resourceType": "Task", "id": ")" +
                                     std::to_string(i) + R"(", "x": [)");
    for (int j = 0; j < 200; ++j) {
      drafts += (j == 0 ? "" : ",") + std::string{R"({"y": [{"z": "1"},{"z": "1"}]})"};
    }
    drafts += "]}}";
  }
  const auto context = parse(drafts + "]}}");
  const auto says = [&](const char* path) {
    return expand("Task?_id={{context.draftOrders.entry.resource." + std::string{path} + "}}",
                  {.context = context.root()}, "order-sign");
  };
  EXPECT_NE(says("id").find("more values than one search may hold"), std::string::npos);
  EXPECT_NE(says("x.y.z").find("too many steps"), std::string::npos);
}

}  // namespace
}  // namespace cdss::hooks
