// What has to be known before an analgesic is suggested.

#include <vector>

#include "tests/plugins/rules/safety/safety_cases.hpp"

namespace {

using cdss::rules::Treatment;
using cdss::test::icd;
using cdss::test::kEgfr;
using cdss::test::kMan;
using cdss::test::kNotPregnant;
using cdss::test::kPerSurface;
using cdss::test::kPregnancyStatus;
using cdss::test::kPregnant;
using cdss::test::person;
using cdss::test::quantity;
using cdss::test::RecordBuilder;
using cdss::test::safety_of;

std::string joined(const std::vector<std::string_view>& ids) {
  std::string text;
  for (const auto id : ids) {
    text += (text.empty() ? "" : " ") + std::string{id};
  }
  return text;
}

TEST(Safety, SaysWhatHasToBeKnownBeforeAnNsaid) {
  const struct {
    const char* evidence;
    std::string patient;
    std::string_view left_out;
    RecordBuilder record;
    const char* unknown;
  } rows[] = {
      {"all is known", std::string{kMan}, {}, {}, ""},
      {"j.7 conditions", std::string{kMan}, "conditions", {}, "conditions"},
      {"j.7 medications", std::string{kMan}, "medications", {}, "medications"},
      {"j.7 allergies", std::string{kMan}, "allergies", {}, "allergies"},
      {"results not seen", std::string{kMan}, "results", {}, "results"},
      {"statements are optional", std::string{kMan}, "statements", {}, ""},
      {"no patient", std::string{kMan}, "patient", {}, "adult_age egfr pregnancy_status"},
      {"under 18", person("male", "2009-01-01"), {}, {}, "adult_age"},
      {"j.7 eGFR from 60 years", person("male", "1966-11-21"), {}, {}, "egfr"},
      {"j.7 eGFR below 60 years", person("male", "1966-11-22"), {}, {}, ""},
      {"j.7 eGFR known",
       person("male", "1966-11-21"),
       {},
       RecordBuilder{}.result(kEgfr, "80", kPerSurface),
       ""},
      {"eGFR '>59' is not below 30",
       person("male", "1966-11-21"),
       {},
       RecordBuilder{}.result(kEgfr, ">59", kPerSurface),
       ""},
      {"eGFR '<60' may be below 30",
       std::string{kMan},
       {},
       RecordBuilder{}.result(kEgfr, "<60", kPerSurface),
       "egfr"},
      {"eGFR in no unit that is known",
       std::string{kMan},
       {},
       RecordBuilder{}.result(kEgfr, "80", "mg/L"),
       "egfr"},
      {"j.7 kidney disease",
       std::string{kMan},
       {},
       RecordBuilder{}.condition(icd("N18.31")),
       "egfr"},
      {"j.7 diabetes", std::string{kMan}, {}, RecordBuilder{}.condition(icd("E11.9")), "egfr"},
      {"j.7 heart failure", std::string{kMan}, {}, RecordBuilder{}.condition(icd("I50.9")), "egfr"},
      {"ACE inhibitor for hypertension",
       std::string{kMan},
       {},
       RecordBuilder{}.medication("29046"),
       "egfr"},
      {"j.7 woman of 12-55", person("female", "1971-11-21"), {}, {}, "pregnancy_status"},
      {"j.7 woman of 56", person("female", "1970-11-21"), {}, {}, ""},
      {"j.7 girl of 12", person("female", "2014-11-21"), {}, {}, "adult_age pregnancy_status"},
      {"j.7 girl of 11", person("female", "2014-11-22"), {}, {}, "adult_age"},
      {"j.7 gender not given", person("", "1990-11-21"), {}, {}, "pregnancy_status"},
      {"j.7 gender other", person("other", "1990-11-21"), {}, {}, "pregnancy_status"},
      {"j.7 not pregnant",
       person("female", "1990-11-21"),
       {},
       RecordBuilder{}.coded_result(kPregnancyStatus, kNotPregnant),
       ""},
      {"j.7 pregnancy possible",
       person("female", "1990-11-21"),
       {},
       RecordBuilder{}.coded_result(kPregnancyStatus, "261665006"),
       "pregnancy_status"},
      {"a condition without a code that is read",
       std::string{kMan},
       {},
       RecordBuilder{}.condition({.system = "urn:local", .code = "77"}),
       "unread_condition"},
      {"one that is past",
       std::string{kMan},
       {},
       RecordBuilder{}.condition(
           {.system = "urn:local", .code = "77", .clinical_status = "resolved"}),
       ""},
      {"j.7 unreadable medicine",
       std::string{kMan},
       {},
       RecordBuilder{}.medication("999999999"),
       "unreadable_medicine"},
      {"unreadable medicine no longer taken",
       std::string{kMan},
       {},
       RecordBuilder{}.medication("999999999", "stopped"),
       ""},
      {"unreadable medicine that is perhaps taken",
       std::string{kMan},
       {},
       RecordBuilder{}.medication("999999999", "unknown"),
       "unreadable_medicine"},
      {"ACE inhibitor on hold",
       std::string{kMan},
       {},
       RecordBuilder{}.medication("29046", "on-hold"),
       "egfr"},
      {"unreadable allergy",
       std::string{kMan},
       {},
       RecordBuilder{}.allergy("999999999"),
       "unreadable_allergy"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto safety = safety_of(row.record, row.patient, row.left_out);
    EXPECT_EQ(joined(safety.unknown_for_nsaid), row.unknown);
    EXPECT_EQ(safety.may_suggest(Treatment::nsaid),
              row.unknown == std::string{} && !safety.withholds(Treatment::nsaid));
  }
}

TEST(Safety, SaysWhatHasToBeKnownBeforeAcetaminophen) {
  const struct {
    const char* evidence;
    std::string_view left_out;
    RecordBuilder record;
    const char* unknown;
  } rows[] = {
      {"all is known", {}, {}, ""},
      {"results have no say", "results", {}, ""},
      {"conditions", "conditions", {}, "conditions"},
      {"medications", "medications", {}, "medications"},
      {"allergies", "allergies", {}, "allergies"},
      {"a condition without a code that is read",
       {},
       RecordBuilder{}.condition({.system = "urn:local", .code = "77"}),
       "unread_condition"},
      {"j.7 unreadable medicine",
       {},
       RecordBuilder{}.medication("999999999"),
       "unreadable_medicine"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto safety = safety_of(row.record, kMan, row.left_out);
    EXPECT_EQ(joined(safety.unknown_for_acetaminophen), row.unknown);
    EXPECT_EQ(safety.may_suggest(Treatment::acetaminophen), row.unknown == std::string{});
  }
}

// Not to know is never safer than to know: whatever the record holds, taking a need away opens no
// medicine.
TEST(Safety, NeverOpensAMedicineWhenANeedIsTakenAway) {
  void (*const kRecords[])(RecordBuilder&) = {
      [](auto&) {},
      [](auto& r) { r.result(kEgfr, "25", kPerSurface); },
      [](auto& r) { r.condition(icd("N18.4")); },
      [](auto& r) { r.condition(icd("I50.9")).result(kEgfr, "90", kPerSurface); },
      [](auto& r) { r.condition(icd("K70.30")); },
      [](auto& r) { r.medication("11289"); },
      [](auto& r) { r.medication("5640").allergy("161"); },
      [](auto& r) { r.medication("999999999"); },
      [](auto& r) { r.allergy("999999999"); },
      [](auto& r) { r.coded_result(kPregnancyStatus, kPregnant); },
      [](auto& r) {
        r.coded_result(kPregnancyStatus, kPregnant).item("gestational_weeks", quantity("10", "wk"));
      },
      [](auto& r) { r.condition(icd("Z3A.30")); },
  };
  const std::string patients[] = {
      std::string{kMan},  person("female", "1996-01-01"), person("female", "1950-01-01"),
      person("", "1980"), person("male", "2010-01-01"),   person("male", ""),
  };
  int compared = 0;
  for (const auto& fill : kRecords) {
    for (const auto& patient : patients) {
      RecordBuilder record;
      fill(record);
      const auto whole = safety_of(record, patient);
      for (const char* key : {"patient", "conditions", "procedures", "results", "examination",
                              "questionnaire", "medications", "allergies"}) {
        const auto less = safety_of(record, patient, key);
        for (const auto treatment : {Treatment::nsaid, Treatment::acetaminophen}) {
          EXPECT_LE(less.may_suggest(treatment), whole.may_suggest(treatment))
              << key << ' ' << to_string(treatment) << ' ' << patient;
          ++compared;
        }
      }
    }
  }
  EXPECT_EQ(compared, 12 * 6 * 8 * 2);
}

}  // namespace
