// The shapes of each resource in R4, R5 and STU3.

#include "fhir/types/resource.hpp"

#include <string>

#include <gtest/gtest.h>

#include "fhir/resources/allergy_intolerance.hpp"
#include "fhir/resources/condition.hpp"
#include "fhir/resources/observation.hpp"
#include "fhir/resources/patient.hpp"
#include "fhir/resources/procedure.hpp"
#include "tests/fhir/codings.hpp"
#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr sys_days day(int y, unsigned m, unsigned d) {
  return year_month_day{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

TEST(Resource, NamesItselfForEvidence) {
  const auto document = json(R"({"resourceType": "Patient", "id": "abc"})");
  EXPECT_EQ(Patient::read(document.root())->reference(), "Patient/abc");
  const auto draft = json(R"({"resourceType": "Patient"})");
  EXPECT_EQ(Patient::read(draft.root())->reference(), "");
}

TEST(Resource, OfAnotherTypeOrNoneIsRefused) {
  for (const char* const text :
       {R"({"resourceType": "Group"})", "{}", "[]", "null", R"({"resourceType": ["Patient"]})",
        R"({"resourceType": "patient"})"}) {
    SCOPED_TRACE(text);
    const auto document = json(text);
    const auto patient = Patient::read(document.root());
    ASSERT_FALSE(patient);
    EXPECT_EQ(patient.error().code, Errc::malformed);
  }
}

TEST(Resource, PassesOverUnknownMembersExtensionsAndNulls) {
  const auto document = json(R"({"resourceType": "Patient", "id": "p", "gender": null,
    "_birthDate": {"extension": [{"url": "u"}]}, "birthDate": "1950-07", "unheard": [1, {}],
    "deceased": 3, "deceasedlower": 4})");
  const auto patient = Patient::read(document.root());
  ASSERT_TRUE(patient);
  EXPECT_EQ(patient->gender, Gender::absent);
  ASSERT_TRUE(patient->birth_date);
  EXPECT_EQ(patient->birth_date->last_day(), day(1950, 7, 31));
  EXPECT_FALSE(patient->is_deceased());
}

TEST(Patient, IsDeceasedByDateOrByWord) {
  const struct {
    const char* member;
    bool deceased, dated;
  } rows[] = {{R"("deceasedBoolean": true)", true, false},
              {R"("deceasedBoolean": false)", false, false},
              {R"("deceasedDateTime": "2020-01-02T03:04:05Z")", true, true}};
  for (const auto& [member, deceased, dated] : rows) {
    SCOPED_TRACE(member);
    const auto document = json(std::string{R"({"resourceType": "Patient", )"} + member + '}');
    const auto patient = Patient::read(document.root());
    ASSERT_TRUE(patient);
    EXPECT_EQ(patient->is_deceased(), deceased);
    EXPECT_EQ(patient->deceased.has_day(), dated);
  }
}

TEST(Patient, IsReadMemberByMember) {
  const struct {
    const char* members;
    Gender gender;
    bool has_birth_date, deceased;
  } rows[] = {
      {R"("gender": "M", "birthDate": "1960")", Gender::male, true, false},
      {R"("gender": "Female", "birthDate": "1960")", Gender::female, true, false},
      {R"("gender": "f")", Gender::female, false, false},
      {R"("gender": "MALE")", Gender::male, false, false},
      {R"("gender": {"coding": [{"code": "F"}]})", Gender::female, false, false},
      {R"("gender": "other")", Gender::other, false, false},
      {R"("gender": "X")", Gender::unknown, false, false},
      {R"("gender": "")", Gender::unknown, false, false},
      {R"("gender": 1, "birthDate": "1960")", Gender::unknown, true, false},
      {R"("birthDate": "01/02/1960", "gender": "male")", Gender::male, false, false},
      {R"("birthDate": 1960, "gender": "male")", Gender::male, false, false},
      {R"("deceasedBoolean": "true")", Gender::absent, false, true},
      {R"("deceasedBoolean": "True", "birthDate": 7)", Gender::absent, false, true},
      {R"("deceasedBoolean": 1)", Gender::absent, false, true},
      {R"("deceasedBoolean": 0)", Gender::absent, false, false},
      {R"("deceasedBoolean": "false")", Gender::absent, false, false},
      {R"("deceasedDateTime": "last year")", Gender::absent, false, true},
      {R"("deceasedDateTime": 2020, "deceasedBoolean": false)", Gender::absent, false, true},
      {R"("deceasedBoolean": true, "deceasedDateTime": "?")", Gender::absent, false, true},
  };
  for (const auto& [members, gender, has_birth_date, deceased] : rows) {
    SCOPED_TRACE(members);
    const auto document = json(std::string{R"({"resourceType": "Patient", )"} + members + '}');
    const auto patient = Patient::read(document.root());
    ASSERT_TRUE(patient);
    EXPECT_EQ(patient->gender, gender);
    EXPECT_EQ(patient->birth_date.has_value(), has_birth_date);
    EXPECT_EQ(patient->is_deceased(), deceased);
  }
}

TEST(Patient, IsReplacedByALinkThatSaysSo) {
  const struct {
    const char* link;
    bool is_replaced;
  } rows[] = {
      {R"([{"other": {"reference": "Patient/q"}, "type": "replaced-by"}])", true},
      {R"([{"type": "seealso"}, {"type": "replaced-by"}])", true},
      {R"({"type": "replaced-by"})", true},
      {R"([{"type": "replaces"}])", false},
      {R"([{"type": 7}, "replaced-by"])", false},
  };
  for (const auto& [link, is_replaced] : rows) {
    SCOPED_TRACE(link);
    const auto document = json(std::string{R"({"resourceType": "Patient", "link": )"} + link + '}');
    const auto patient = Patient::read(document.root());
    ASSERT_TRUE(patient);
    EXPECT_EQ(patient->is_replaced, is_replaced);
  }
}

/// Is a resource of that type with these members refused, and where?
template <class T>
void expect_refused(const std::string& members, std::string_view where) {
  SCOPED_TRACE(T::kType);
  const auto document = json(R"({"resourceType": ")" + std::string{T::kType} +
                             R"(", "status": "final")" + members + '}');
  const auto read = T::read(document.root());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::unsupported);
  EXPECT_EQ(read.error().where, where);
}

TEST(Resource, IsNotReadWhenItsMeaningMayBeAnother) {
  const struct {
    const char *members, *where;
  } rows[] = {
      {R"(, "modifierExtension": [{"url": "urn:x", "valueBoolean": true}])", "modifierExtension"},
      {R"(, "modifierExtension": {"url": "urn:x"})", "modifierExtension"},
      {R"(, "implicitRules": "urn:rules")", "implicitRules"},
  };
  for (const auto& [members, where] : rows) {
    SCOPED_TRACE(members);
    expect_refused<Patient>(members, where);
    expect_refused<Condition>(members, where);
    expect_refused<Procedure>(members, where);
    expect_refused<Observation>(members, where);
  }
  const auto plain = json(
      R"({"resourceType": "Condition", "modifierExtension": [], "implicitRules": null, "extension": [{}]})");
  EXPECT_TRUE(Condition::read(plain.root()));
}

TEST(Observation, IsReadWhenItsFocusIsThePatientAlone) {
  const auto read = [](std::string_view focus) {
    const auto document = json(R"({"resourceType": "Observation", "status": "final",
                 "subject": {"reference": "Patient/p"}, "focus": )" +
                               std::string{focus} + '}');
    return Observation::read(document.root()).has_value();
  };
  for (const auto* own : {"null", "[]", R"([{"reference": "Patient/p"}])",
                          R"([{"reference": "https://ehr.example/fhir/Patient/p"}])"}) {
    EXPECT_TRUE(read(own)) << own;
  }
  for (const auto* other :
       {R"([{"reference": "Patient/q"}])", R"([{"reference": "RelatedPerson/p"}])",
        R"([{"reference": "Patient/p"}, {"reference": "Device/d"}])", R"([{"display": "baby"}])",
        R"({"identifier": {"value": "7"}})"}) {
    EXPECT_FALSE(read(other)) << other;
  }
}

TEST(Condition, IsReadInR4AndStu3) {
  const auto document = json(R"({"resourceType": "Condition", "id": "c",
    "code": {"coding": [{"system": "http://snomed.info/sct", "code": "239872002"}]},
    "bodySite": [{"coding": [{"system": "http://snomed.info/sct", "code": "287579007"}]}],
    "onsetAge": {"value": 50, "code": "a"},
    "abatementPeriod": {"end": "2023-04"}, "recordedDate": "2022-01-01"})");
  const auto condition = Condition::read(document.root());
  ASSERT_TRUE(condition);
  EXPECT_TRUE(condition->code.has(snomed("239872002")));
  EXPECT_TRUE(any_has(condition->body_site, snomed("287579007")));
  EXPECT_EQ(condition->onset.form, EventTime::Form::undated);
  EXPECT_EQ(condition->abatement.latest, day(2023, 4, 30));
  ASSERT_TRUE(condition->recorded_date);
  const auto stu3 = json(R"({"resourceType": "Condition", "clinicalStatus": "active",
    "verificationStatus": "confirmed", "assertedDate": "2019-03"})");
  const auto older = Condition::read(stu3.root());
  ASSERT_TRUE(older);
  EXPECT_TRUE(older->is_active() && older->is_confirmed());
  EXPECT_EQ(older->recorded_date->first_day(), day(2019, 3, 1));
}

TEST(Condition, OfDstu2IsRefusedByName) {
  const auto document =
      json(R"({"resourceType": "Condition", "patient": {"reference": "Patient/p"}})");
  const auto condition = Condition::read(document.root());
  ASSERT_FALSE(condition);
  EXPECT_EQ(condition.error().code, Errc::unsupported);
  EXPECT_EQ(condition.error().where, "patient");
}

TEST(Condition, IsRefusedWithThePathOfWhatIsMalformed) {
  const struct {
    const char *member, *where;
  } rows[] = {
      {R"("onsetDateTime": "spring")", "onsetDateTime"},
      {R"("code": {"coding": [{"code": 1}]})", "code.coding[0].code"},
      {R"("bodySite": ["hip"])", "bodySite[0]"},
      {R"("recordedDate": "2024-02-30")", "recordedDate"},
      {R"("id": 7)", "id"},
  };
  for (const auto& [member, where] : rows) {
    SCOPED_TRACE(member);
    const auto document = json(std::string{R"({"resourceType": "Condition", )"} + member + '}');
    const auto condition = Condition::read(document.root());
    ASSERT_FALSE(condition);
    EXPECT_EQ(condition.error().where, where);
  }
}

TEST(Observation, IsReadWithItsComponents) {
  const auto document = json(R"({"resourceType": "Observation", "id": "o", "status": "final",
    "code": {"coding": [{"system": "http://loinc.org", "code": "85354-9"}]},
    "effectiveInstant": "2024-01-02T03:04:05Z", "issued": "2024-01-03T00:00:00Z",
    "valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": "52101004"}]},
    "component": [
      {"code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
       "valueQuantity": {"value": 120, "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}},
      {"code": {"text": "none"}, "dataAbsentReason": {"coding": [{"code": "unknown"}]}}]})");
  const auto observation = Observation::read(document.root());
  ASSERT_TRUE(observation);
  EXPECT_TRUE(observation->code.has(loinc("85354-9")));
  EXPECT_EQ(observation->effective.earliest, day(2024, 1, 2));
  ASSERT_NE(observation->value_concept(), nullptr);
  EXPECT_TRUE(observation->value_concept()->has(snomed("52101004")));
  ASSERT_EQ(observation->component.size(), 2U);
  const auto* systolic = std::get_if<Quantity>(&observation->component[0].value);
  ASSERT_NE(systolic, nullptr);
  EXPECT_EQ(*systolic->in("mm[Hg]"), 120.0);
  EXPECT_FALSE(is_present(observation->component[1].value));
}

TEST(Procedure, IsReadInR4R5AndStu3) {
  const struct {
    const char* members;
    sys_days first, last;
    bool completed;
  } rows[] = {
      {R"("status": "completed", "performedDateTime": "2024-05")", day(2024, 5, 1),
       day(2024, 5, 31), true},
      {R"("status": "completed", "performedPeriod": {"start": "2024-05-01", "end": "2024-05-02"})",
       day(2024, 5, 1), day(2024, 5, 2), true},
      {R"("status": "completed", "occurrenceDateTime": "2024-05-06")", day(2024, 5, 6),
       day(2024, 5, 6), true},
      {R"("status": "completed", "performedDateTime": "2024-05-06", "notDone": false)",
       day(2024, 5, 6), day(2024, 5, 6), true},
      {R"("notDone": true, "status": "completed", "performedDateTime": "2024-05-06")",
       day(2024, 5, 6), day(2024, 5, 6), false},
      {R"("status": "completed", "performedString": "May", "performedDateTime": "2024-05-06")",
       day(2024, 5, 6), day(2024, 5, 6), true},
      {R"("status": "completed", "performedDateTime": "2024-05-06", "performedString": "May")",
       day(2024, 5, 6), day(2024, 5, 6), true},
  };
  for (const auto& [members, first, last, completed] : rows) {
    SCOPED_TRACE(members);
    const auto document = json(std::string{R"({"resourceType": "Procedure", "code":
      {"coding": {"system": "urn:oid:2.16.840.1.113883.6.96", "code": "52734007"}}, )"} +
                               members + '}');
    const auto procedure = Procedure::read(document.root());
    ASSERT_TRUE(procedure);
    EXPECT_TRUE(procedure->has(snomed("52734007")));
    EXPECT_EQ(procedure->performed.earliest, first);
    EXPECT_EQ(procedure->performed.latest, last);
    EXPECT_EQ(procedure->is_completed(), completed);
  }
}

TEST(AllergyIntolerance, KeepsTheSubstancesOfItsReactions) {
  const auto document = json(R"({"resourceType": "AllergyIntolerance",
    "code": {"text": "NSAID"}, "onsetString": "childhood", "reaction": [{"substance": {"coding":
    [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "5640"}]}}, {}]})");
  const auto allergy = AllergyIntolerance::read(document.root());
  ASSERT_TRUE(allergy);
  EXPECT_TRUE(any_has(allergy->substance, rxnorm("5640")));
  EXPECT_EQ(allergy->onset.form, EventTime::Form::undated);
}

}  // namespace
}  // namespace cdss::fhir
