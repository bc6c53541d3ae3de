// Searching one patient's record: each kind of parameter, and what is refused with its reason.

#include "core/fhir_search/local_search.hpp"

#include <set>

#include <gtest/gtest.h>

#include "core/fhir_search/local_parameter.hpp"
#include "fhir/types/resource_types.hpp"

namespace cdss::fhir_search {
namespace {

const char* const kRecord[] = {
    R"({"resourceType": "Observation", "id": "o1", "status": "final",
        "subject": {"reference": "Patient/p1"}, "performer": [{"reference": "Practitioner/d1"}],
        "category": [{"coding": [{"system": "http://cat", "code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "1988-5"}, {"code": "crp"}]},
        "effectiveDateTime": "2024-06-15", "meta": {"lastUpdated": "2024-06-16T08:00:00Z"},
        "valueCodeableConcept": {"coding": [{"system": "s|1", "code": "a,b"}]}})",
    R"({"resourceType": "Observation", "id": "o2", "status": "amended",
        "subject": {"reference": "https://ehr.example.org/fhir/Patient/p1/_history/3"},
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "1988-5"}]},
        "effectivePeriod": {"start": "2024-07-01", "end": "2024-07-31"},
        "component": [{"code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]}}]})",
    R"({"resourceType": "Observation", "id": "o3", "status": "final",
        "subject": {"reference": "Group/p1"}, "effectivePeriod": {"start": "2023"}})",
    R"({"resourceType": "Observation", "id": "o4", "status": "final",
        "subject": {"reference": "Patient/p1"}, "effectiveInstant": "2024-06-15T10:00:00+02:00"})",
    R"({"resourceType": "Observation", "id": "o5", "subject": {"reference": "Patient/p1"},
        "effectiveDateTime": "2024-06-15T09:30:00+02:00"})",
    R"({"resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"},
        "clinicalStatus": {"coding": [{"system": "http://cs", "code": "active"}]},
        "onsetDateTime": "2019", "identifier": [{"system": "urn:x", "value": "77"}]})",
    R"({"resourceType": "QuestionnaireResponse", "id": "q1", "subject": {"reference": "Patient/p1"},
        "questionnaire": "https://example.org/Questionnaire/hip|2.0", "authored": "2024-01-02"})",
    R"({"resourceType": "QuestionnaireResponse", "id": "q2", "subject": {"reference": "Patient/p1"},
        "questionnaire": "https://example.org/Questionnaire/hip-exam"})",
    R"({"resourceType": "Appointment", "id": "a1", "start": "2026-11-30T09:00:00Z",
        "participant": [{"actor": {"reference": "Practitioner/p1"}}, {"actor": {"reference": "Patient/p1"}}]})",
    R"({"resourceType": "Appointment", "id": "a2", "participant": [{"actor": {"reference": "Practitioner/p1"}}]})",
    R"({"resourceType": "Patient", "id": "p1", "active": true, "birthDate": "1956-03"})",
};

std::vector<LocalEntry> record() {
  std::vector<LocalEntry> entries;
  for (const char* const text : kRecord) {
    LocalEntry entry{.text = text, .document = *Document::parse(text), .type = {}, .id = {}};
    entry.type = entry.document->root().text_or_empty("resourceType");
    entry.id = entry.document->root().text_or_empty("id");
    entries.push_back(std::move(entry));
  }
  return entries;
}

/// The ids that a search finds, with a space between; or what it says in brackets.
std::string found(const std::string& query) {
  const auto answer = answer_locally(query, record());
  if (!answer) {
    return "[" + answer.error().where + ": " + answer.error().message + "]";
  }
  const auto document = *Document::parse(*answer);
  std::string ids;
  if (const auto entries = document.root().find("entry")) {
    for (const View entry : entries->elements()) {
      ids += (ids.empty() ? "" : " ") + std::string{entry.at("resource")->text_or_empty("id")};
    }
  }
  return ids;
}

struct Row {
  const char* query;
  const char* ids;
};

TEST(LocalSearch, FindsByReference) {
  const Row rows[] = {
      {"Observation?patient=p1", "o1 o2 o4 o5"},
      {"Observation?patient=Patient/p1", "o1 o2 o4 o5"},
      {"Observation?patient=Group/p1", ""},
      {"Observation?subject=p1", "o1 o2 o3 o4 o5"},
      {"Observation?subject=Group/p1", "o3"},
      {"Observation?patient=p2", ""},
      {"Observation?patient=p2,p1&performer=Practitioner/d1", "o1"},
      {"Observation?performer=https://ehr.example.org/fhir/Practitioner/d1", "o1"},
      {"Appointment?patient=p1", "a1"},
      {"Appointment?actor=p1", "a1 a2"},
      {"Appointment?practitioner=p1", "a1 a2"},
  };
  for (const auto& [query, ids] : rows) {
    EXPECT_EQ(found(query), ids) << query;
  }
}

TEST(LocalSearch, FindsByToken) {
  const Row rows[] = {
      {"Observation?code=1988-5", "o1 o2"},
      {"Observation?code=http://loinc.org|1988-5", "o1"},
      {"Observation?code=http://loinc.org%7C1988-5", "o1"},
      {"Observation?code=http://loinc.org|", "o1"},
      {"Observation?code=|crp", "o1"},
      {"Observation?code=|1988-5", ""},
      {"Observation?code=crp,8480-6", "o1"},
      {"Observation?combo-code=crp,8480-6", "o1 o2"},
      {"Observation?component-code=8480-6", "o2"},
      {"Observation?code=CRP", ""},
      {"Observation?status=final", "o1 o3 o4"},
      {"Observation?status=final,amended&category=laboratory", "o1"},
      {"Observation?value-concept=s%5C|1|a%5C,b", "o1"},
      {"Observation?value-concept=a,b", ""},
      {"Observation?_id=o1,o3", "o1 o3"},
      {"Condition?clinical-status=active", "c1"},
      {"Condition?clinical-status=http://cs|active&patient=p1", "c1"},
      {"Condition?clinical-status=resolved", ""},
      {"Condition?identifier=urn:x|77", "c1"},
      {"Patient?active=true&_id=p1", "p1"},
      {"Patient?active=false", ""},
      {"QuestionnaireResponse?questionnaire=https://example.org/Questionnaire/hip", "q1"},
      {"QuestionnaireResponse?questionnaire=https://example.org/Questionnaire/hip|2.0", "q1"},
      {"QuestionnaireResponse?questionnaire=https://example.org/Questionnaire/hip|1.0", ""},
      {"QuestionnaireResponse?questionnaire=https://example.org/Questionnaire/hip-exam", "q2"},
  };
  for (const auto& [query, ids] : rows) {
    EXPECT_EQ(found(query), ids) << query;
  }
}

TEST(LocalSearch, ComparesRunsOfDays) {
  const Row rows[] = {
      {"Observation?date=2024-06-15", "o1 o4 o5"},
      {"Observation?date=eq2024-06", "o1 o4 o5"},
      {"Observation?date=2024", "o1 o2 o4 o5"},
      {"Observation?date=gt2024-06-15", "o2 o3"},
      {"Observation?date=ge2024-06-15", "o1 o2 o3 o4 o5"},
      {"Observation?date=lt2024-06-15", "o3"},
      {"Observation?date=le2024-06-15", "o1 o3 o4 o5"},
      {"Observation?date=gt2024-07-15", "o2 o3"},
      {"Observation?date=gt2024-07", "o3"},
      {"Observation?date=ge2024-07-01&date=le2024-07-31", "o2 o3"},
      {"Observation?date=2024-07-01", ""},
      {"Observation?date=lt2022,gt2024-07", "o3"},
      {"Observation?_lastUpdated=ge2024-06-16", "o1"},
      {"Condition?onset-date=2019", "c1"},
      {"Condition?onset-date=2019-05", ""},
      {"Condition?onset-date=gt2019-05", "c1"},
      {"Condition?onset-date=lt2019-05-01", "c1"},
      {"Patient?birthdate=lt1957", "p1"},
      {"QuestionnaireResponse?authored=ge2024", "q1"},
  };
  for (const auto& [query, ids] : rows) {
    EXPECT_EQ(found(query), ids) << query;
  }
}

TEST(LocalSearch, SortsByDatesAndCuts) {
  const Row rows[] = {
      {"Observation?patient=p1&_sort=date", "o1 o5 o4 o2"},
      {"Observation?patient=p1&_sort=-date", "o2 o1 o4 o5"},
      {"Observation?code=1988-5&_sort=-date&_count=1", "o2"},
      {"Observation?_sort=_lastUpdated,-date", "o1 o2 o4 o5 o3"},
      {"Observation?patient=p1&_sort=status", "o1 o2 o4 o5"},
      {"Observation?patient=p1&_count=2", "o1 o2"},
      {"Observation?patient=p1&_count=99", "o1 o2 o4 o5"},
  };
  for (const auto& [query, ids] : rows) {
    EXPECT_EQ(found(query), ids) << query;
  }
  const auto cut = answer_locally("Observation?_count=2", record());
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->find("total"), std::string::npos);
}

TEST(LocalSearch, RefusesWhatItCannotAnswer) {
  const struct {
    const char* query;
    const char* where;
    Errc code;
  } rows[] = {
      {"Observation?code:in=https://example.org/ValueSet/x", "code:in", Errc::unsupported},
      {"Observation?code-value-quantity=1", "code-value-quantity", Errc::unsupported},
      {"Condition?date=2024", "date", Errc::unsupported},
      {"Basic?patient=p1", "patient", Errc::unsupported},
      {"Observation?date=ne2024", "date", Errc::unsupported},
      {"Observation?date=sa2024", "date", Errc::unsupported},
      {"Observation?date=ge2024-01-01T10:00:00Z", "date", Errc::unsupported},
      {"Observation?date=ge2024-13", "date", Errc::out_of_range},
      {"Observation?date=ge24", "date", Errc::malformed},
      {"Observation?date=ge", "date", Errc::malformed},
      {"Observation?date=", "date", Errc::malformed},
      {"Observation?code=a,,b", "code", Errc::malformed},
      {"Observation?code=|", "code", Errc::malformed},
      {"Observation?patient=urn:uuid:1", "patient", Errc::malformed},
      {"Observation?patient=Patient?identifier=1", "patient", Errc::malformed},
      {"Observation?_count=0", "_count", Errc::malformed},
      {"Observation?_count=1x", "_count", Errc::malformed},
      {"Observation?_count=1&_sort=status", "_sort", Errc::unsupported},
      {"Observation?_count=1&_sort=-date,status", "_sort", Errc::unsupported},
      {"Observation?_include=x", "_include", Errc::unsupported},
      {"Observation?=1", "", Errc::unsupported},
      {"Observation", "", Errc::malformed},
      {"Observation/o1/_history/1", "", Errc::malformed},
      {"https://ehr.example.org/Observation/o1", "", Errc::malformed},
  };
  for (const auto& [query, where, code] : rows) {
    SCOPED_TRACE(query);
    const auto answer = answer_locally(query, record());
    ASSERT_FALSE(answer) << *answer;
    EXPECT_EQ(answer.error().where, where);
    EXPECT_EQ(answer.error().code, code) << answer.error().message;
    EXPECT_FALSE(answer.error().message.empty());
  }
}

using enum LocalParameterKind;

constexpr LocalParameter kParameters[] = {
#include "core/fhir_search/local_parameters.def"
};

TEST(LocalParameter, IsOfATypeOfR4AndStandsOnce) {
  std::set<std::string> names;
  for (const LocalParameter& row : kParameters) {
    const std::string name = std::string{row.resource} + '?' + std::string{row.name};
    EXPECT_TRUE(row.resource.empty() || fhir::is_r4_resource_type(row.resource)) << name;
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_FALSE(row.paths.empty()) << name;
    const auto element = fhir::patient_element(row.resource);
    if (row.name == "patient" && !element.empty()) {
      EXPECT_EQ(row.paths, element) << name;
      EXPECT_EQ(row.target, "Patient") << name;
    }
  }
}

}  // namespace
}  // namespace cdss::fhir_search
