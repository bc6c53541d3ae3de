#include "plugins/rules/safety.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "plugins/rules/red_flags.hpp"
#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::Errc;
using cdss::rules::Safety;
using cdss::rules::SafetyRules;
using cdss::rules::Treatment;
using cdss::test::ConditionText;
using cdss::test::day;
using cdss::test::icd;
using cdss::test::kMan;
using cdss::test::parsed;
using cdss::test::ReadRecord;
using cdss::test::RecordBuilder;
using cdss::test::snomed;

constexpr std::string_view kEgfr = "98979-8";
constexpr std::string_view kPerSurface = "mL/min/{1.73_m2}";
constexpr std::string_view kCrp = "1988-5";
constexpr std::string_view kEsr = "30341-2";
constexpr std::string_view kPlatelets = "777-3";
constexpr std::string_view kPregnancyStatus = "82810-3";
constexpr std::string_view kPregnant = "77386006";
constexpr std::string_view kNotPregnant = "60001007";

Safety safety_of(const RecordBuilder& record, std::string_view patient = kMan,
                 std::string_view left_out = {}) {
  const ReadRecord read{record, patient, left_out};
  return find_safety(read.facts(), find_red_flags(read.facts()));
}

/// "avoid", "caution", or "none" when the rule does not hold.
std::string effect_of(const Safety& safety, std::string_view id) {
  for (const auto& one : safety.found) {
    if (one.row->id == id) {
      return std::string{to_string(one.effect)};
    }
  }
  return "none";
}

/// The rules that hold, in their order: "NS01 NS09".
std::string ids_of(const Safety& safety) {
  std::string ids;
  for (const auto& one : safety.found) {
    ids += (ids.empty() ? "" : " ") + one.row->id;
  }
  return ids;
}

/// "NS01 avoid, NS09 caution".
std::string effects_of(const Safety& safety) {
  std::string text;
  for (const auto& one : safety.found) {
    text += (text.empty() ? "" : ", ") + one.row->id + ' ' + std::string{to_string(one.effect)};
  }
  return text;
}

std::string person(std::string_view gender, std::string_view birth_date) {
  std::string text = R"({"resourceType":"Patient","id":"p")";
  if (!gender.empty()) {
    text += R"(,"gender":")" + std::string{gender} + '"';
  }
  if (!birth_date.empty()) {
    text += R"(,"birthDate":")" + std::string{birth_date} + '"';
  }
  return text + '}';
}

struct Case {
  const char* evidence;
  const char* id;
  const char* effect;
  void (*fill)(RecordBuilder&);
};

void expect_effects(std::span<const Case> cases) {
  for (const auto& one : cases) {
    SCOPED_TRACE(one.evidence);
    RecordBuilder record;
    one.fill(record);
    EXPECT_EQ(effect_of(safety_of(record), one.id), one.effect);
  }
}

TEST(Safety, HoldsKidneyFunctionAgainstAnNsaid) {
  constexpr Case kCases[] = {
      {"NS01 below 30", "NS01", "avoid", [](auto& r) { r.result(kEgfr, "29", kPerSurface); }},
      {"NS01 below 30, per minute", "NS01", "avoid",
       [](auto& r) { r.result(kEgfr, "29.9", "mL/min"); }},
      {"NS01 at 30", "NS01", "none", [](auto& r) { r.result(kEgfr, "30", kPerSurface); }},
      {"NS01 '<30'", "NS01", "avoid", [](auto& r) { r.result(kEgfr, "<30", kPerSurface); }},
      {"NS01 '<60' leaves it open", "NS01", "none",
       [](auto& r) { r.result(kEgfr, "<60", kPerSurface); }},
      {"NS01 in another unit is not known", "NS01", "none",
       [](auto& r) { r.result(kEgfr, "29", "mg/L"); }},
      {"NS01 of 366 days ago is not known", "NS01", "none",
       [](auto& r) { r.result(kEgfr, "29", kPerSurface, 366); }},
      {"NS01 of 365 days ago", "NS01", "avoid",
       [](auto& r) { r.result(kEgfr, "29", kPerSurface, 365); }},
      {"NS01 coded, though eGFR is 40", "NS01", "avoid",
       [](auto& r) { r.condition(icd("N18.4")).result(kEgfr, "40", kPerSurface); }},
      {"NS01 coded and provisional", "NS01", "avoid",
       [](auto& r) {
         auto stage = icd("N18.5");
         stage.verification_status = "provisional";
         r.condition(stage);
       }},
      {"NS01 refuted", "NS01", "none",
       [](auto& r) {
         auto stage = icd("N18.5");
         stage.verification_status = "refuted";
         r.condition(stage);
       }},
      {"NS02 at 30", "NS02", "caution", [](auto& r) { r.result(kEgfr, "30", kPerSurface); }},
      {"NS02 at 59", "NS02", "caution", [](auto& r) { r.result(kEgfr, "59", kPerSurface); }},
      {"NS02 at 60", "NS02", "none", [](auto& r) { r.result(kEgfr, "60", kPerSurface); }},
      {"NS02 '<60'", "NS02", "caution", [](auto& r) { r.result(kEgfr, "<60", kPerSurface); }},
      {"NS02 gives way to NS01", "NS02", "none",
       [](auto& r) { r.result(kEgfr, "29", kPerSurface); }},
      {"NS02 coded, though eGFR is 70", "NS02", "caution",
       [](auto& r) { r.condition(icd("N18.31")).result(kEgfr, "70", kPerSurface); }},
      {"NS10 with eGFR 59", "NS10", "caution",
       [](auto& r) { r.medication("29046").result(kEgfr, "59", kPerSurface); }},
      {"NS10 with eGFR 60", "NS10", "none",
       [](auto& r) { r.medication("29046").result(kEgfr, "60", kPerSurface); }},
      {"NS10 with coded kidney disease", "NS10", "caution",
       [](auto& r) { r.medication("Ramipril 5 mg").condition(snomed("709044004")); }},
      {"NS10 needs the ACE inhibitor", "NS10", "none",
       [](auto& r) { r.condition(snomed("709044004")); }},
  };
  expect_effects(kCases);
}

TEST(Safety, HoldsConditionsAgainstAnNsaid) {
  constexpr Case kCases[] = {
      {"NS03 active ulcer", "NS03", "avoid", [](auto& r) { r.condition(icd("K25.9")); }},
      {"NS03 active bleeding", "NS03", "avoid", [](auto& r) { r.condition(icd("K92.1")); }},
      {"NS03 resolved ulcer", "NS03", "caution",
       [](auto& r) {
         auto ulcer = snomed("13200003");
         ulcer.clinical_status = "resolved";
         r.condition(ulcer);
       }},
      {"NS03 personal history", "NS03", "caution", [](auto& r) { r.condition(icd("Z87.11")); }},
      {"NS03 active wins over history", "NS03", "avoid",
       [](auto& r) { r.condition(icd("Z87.11")).condition(icd("K26.0")); }},
      {"NS03 refuted", "NS03", "none",
       [](auto& r) {
         auto ulcer = icd("K25.9");
         ulcer.verification_status = "refuted";
         r.condition(ulcer);
       }},
      {"NS05 steroid coded", "NS05", "caution", [](auto& r) { r.condition(icd("Z79.52")); }},
      {"NS05 antiplatelet coded", "NS05", "caution", [](auto& r) { r.condition(icd("Z79.02")); }},
      {"NS06 heart failure", "NS06", "avoid", [](auto& r) { r.condition(icd("I50.22")); }},
      {"NS06 differential", "NS06", "avoid",
       [](auto& r) {
         auto failure = icd("I50.9");
         failure.verification_status = "differential";
         r.condition(failure);
       }},
      {"NS06 resolved", "NS06", "none",
       [](auto& r) {
         auto failure = icd("I50.9");
         failure.clinical_status = "resolved";
         r.condition(failure);
       }},
      {"NS08 coded allergy", "NS08", "avoid", [](auto& r) { r.condition(icd("Z88.6")); }},
      {"NS08 asthma", "NS08", "avoid", [](auto& r) { r.condition(snomed("407674008")); }},
      {"NS13 cirrhosis", "NS13", "avoid", [](auto& r) { r.condition(icd("K74.60")); }},
      {"NS13 unspecified liver disease", "NS13", "none",
       [](auto& r) { r.condition(icd("K76.9")); }},
      {"AP02 liver disease", "AP02", "avoid", [](auto& r) { r.condition(icd("K76.9")); }},
      {"AP02 cirrhosis", "AP02", "avoid", [](auto& r) { r.condition(snomed("19943007")); }},
      {"AP02 alcohol dependence", "AP02", "avoid", [](auto& r) { r.condition(icd("F10.20")); }},
      {"AP02 alcohol abuse is not coded here", "AP02", "none",
       [](auto& r) { r.condition(icd("F10.10")); }},
  };
  expect_effects(kCases);
}

TEST(Safety, HoldsMedicinesAndAllergiesAgainstAnAnalgesic) {
  constexpr Case kCases[] = {
      {"NS04 by ingredient code", "NS04", "avoid", [](auto& r) { r.medication("1364430"); }},
      {"NS04 by product name", "NS04", "avoid",
       [](auto& r) { r.medication("Eliquis 5 mg oral tablet"); }},
      {"NS04 coded", "NS04", "avoid", [](auto& r) { r.condition(icd("Z79.01")); }},
      {"NS04 stopped", "NS04", "none", [](auto& r) { r.medication("11289", "stopped"); }},
      {"NS05 prednisone", "NS05", "caution", [](auto& r) { r.medication("8640"); }},
      {"NS05 clopidogrel", "NS05", "caution", [](auto& r) { r.medication("32968"); }},
      {"NS05 aspirin", "NS05", "caution", [](auto& r) { r.medication("Aspirin 81 mg"); }},
      {"NS05 triamcinolone is not taken by mouth", "NS05", "none",
       [](auto& r) { r.medication("triamcinolone cream"); }},
      {"NS08 by code", "NS08", "avoid", [](auto& r) { r.allergy("5640"); }},
      {"NS08 by name", "NS08", "avoid", [](auto& r) { r.allergy("Aspirin"); }},
      {"NS08 by class", "NS08", "avoid", [](auto& r) { r.allergy("NSAIDs"); }},
      {"NS08 another allergy", "NS08", "none", [](auto& r) { r.allergy("Penicillin"); }},
      {"NS11 lithium", "NS11", "caution", [](auto& r) { r.medication("Lithium carbonate"); }},
      {"NS11 methotrexate", "NS11", "caution", [](auto& r) { r.medication("6851"); }},
      {"NS12 ibuprofen", "NS12", "avoid", [](auto& r) { r.medication("5640"); }},
      {"NS12 aspirin", "NS12", "avoid", [](auto& r) { r.medication("243670"); }},
      {"NS12 product name", "NS12", "avoid",
       [](auto& r) { r.medication("Meloxicam 15 MG Oral Tablet"); }},
      {"NS12 completed", "NS12", "none", [](auto& r) { r.medication("5640", "completed"); }},
      {"AP03", "AP03", "avoid", [](auto& r) { r.allergy("161"); }},
      {"AP03 another allergy", "AP03", "none", [](auto& r) { r.allergy("5640"); }},
      {"AP04 both", "AP04", "caution", [](auto& r) { r.medication("11289").medication("161"); }},
      {"AP04 warfarin alone", "AP04", "none", [](auto& r) { r.medication("11289"); }},
      {"AP04 another anticoagulant", "AP04", "none",
       [](auto& r) { r.medication("1364430").medication("161"); }},
      {"AP05", "AP05", "caution", [](auto& r) { r.medication("Percocet"); }},
      {"AP05 stopped", "AP05", "none", [](auto& r) { r.medication("161", "stopped"); }},
  };
  expect_effects(kCases);
}

TEST(Safety, HoldsPregnancyAgainstAnNsaid) {
  const struct {
    const char* evidence;
    const char* rules;
    void (*fill)(RecordBuilder&);
  } rows[] = {
      {"NS07 at 20 weeks", "NS07 avoid, IJ10 caution",
       [](auto& r) {
         r.condition(icd("Z33.1"))
             .item(
                 "gestational_weeks",
                 R"("valueQuantity":{"value":20,"system":"http://unitsofmeasure.org","code":"wk"})");
       }},
      {"NS07b at 19 weeks", "NS07b caution, IJ10 caution",
       [](auto& r) {
         r.condition(icd("Z33.1"))
             .item(
                 "gestational_weeks",
                 R"("valueQuantity":{"value":19,"system":"http://unitsofmeasure.org","code":"wk"})");
       }},
      {"NS07 at 19 weeks a week ago", "NS07 avoid, IJ10 caution",
       [](auto& r) {
         r.condition(icd("Z33.1"))
             .item(
                 "gestational_weeks",
                 R"("valueQuantity":{"value":19,"system":"http://unitsofmeasure.org","code":"wk"})",
                 7);
       }},
      {"NS07 week by code", "NS07 avoid, IJ10 caution",
       [](auto& r) { r.condition(icd("Z3A.28")); }},
      {"NS07b week by code", "NS07b caution, IJ10 caution",
       [](auto& r) { r.condition(icd("Z3A.12")); }},
      {"NS07 week not known", "NS07 avoid, IJ10 caution",
       [](auto& r) { r.condition(snomed(kPregnant)); }},
      {"coded 301 days ago", "",
       [](auto& r) {
         auto pregnancy = snomed(kPregnant);
         pregnancy.more = R"("recordedDate":")" + day(301) + '"';
         r.condition(pregnancy);
       }},
      {"NS07 by status", "NS07 avoid, IJ10 caution",
       [](auto& r) { r.coded_result(kPregnancyStatus, kPregnant, 280); }},
      {"no longer known after 280 days", "",
       [](auto& r) { r.coded_result(kPregnancyStatus, kPregnant, 281); }},
      {"not pregnant", "", [](auto& r) { r.coded_result(kPregnancyStatus, kNotPregnant); }},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    RecordBuilder record;
    row.fill(record);
    EXPECT_EQ(effects_of(safety_of(record, person("female", "1996-02-03"))), row.rules);
  }
}

TEST(Safety, HoldsAgeAgainstAnNsaidWhenItMayBeSixtyFive) {
  const struct {
    const char* evidence;
    const char* birth_date;
    const char* effect;
  } rows[] = {
      {"NS09 65 today", "1961-11-21", "caution"},
      {"NS09 65 tomorrow", "1961-11-22", "none"},
      {"NS09 perhaps 65: the more cautious reading", "1961", "caution"},
      {"NS09 at most 64", "1962", "none"},
      {"NS09 no birth date", "", "none"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(effect_of(safety_of({}, person("male", row.birth_date)), "NS09"), row.effect);
  }
}

TEST(Safety, HoldsInfectionAndBleedingAgainstAnInjection) {
  constexpr Case kCases[] = {
      {"IJ01 fever measured", "IJ01", "avoid", [](auto& r) { r.result("8310-5", "38.0", "Cel"); }},
      {"IJ01 below fever", "IJ01", "none", [](auto& r) { r.result("8310-5", "37.9", "Cel"); }},
      {"IJ01 fever in Fahrenheit", "IJ01", "avoid",
       [](auto& r) { r.result("8310-5", "100.4", "[degF]"); }},
      {"IJ01 fever coded", "IJ01", "avoid", [](auto& r) { r.condition(icd("R50.9")); }},
      {"IJ01 CRP at 10", "IJ01", "none", [](auto& r) { r.result(kCrp, "10", "mg/L"); }},
      {"IJ01 CRP above 10", "IJ01", "avoid", [](auto& r) { r.result(kCrp, "10.1", "mg/L"); }},
      {"IJ01 CRP in mg/dL", "IJ01", "avoid", [](auto& r) { r.result(kCrp, "1.1", "mg/dL"); }},
      {"IJ01 CRP '<10'", "IJ01", "none", [](auto& r) { r.result(kCrp, "<10", "mg/L"); }},
      {"IJ01 ESR without a prosthesis", "IJ01", "none",
       [](auto& r) { r.result(kEsr, "31", "mm/h"); }},
      {"IJ01 ESR above 30 with one", "IJ01", "avoid",
       [](auto& r) { r.condition(icd("Z96.641")).result(kEsr, "31", "mm/h"); }},
      {"IJ01 ESR at 30 with one", "IJ01", "none",
       [](auto& r) { r.condition(icd("Z96.641")).result(kEsr, "30", "mm/h"); }},
      {"IJ01 by a red flag", "IJ01", "avoid", [](auto& r) { r.condition(icd("K68.12")); }},
      {"IJ01 not by any red flag", "IJ01", "none", [](auto& r) { r.condition(icd("M87.051")); }},
      {"IJ02 fracture", "IJ02", "avoid", [](auto& r) { r.condition(icd("S72.001A")); }},
      {"IJ02 haematoma", "IJ02", "avoid", [](auto& r) { r.condition(icd("K66.1")); }},
      {"IJ02 neither", "IJ02", "none", [](auto& r) { r.condition(icd("M16.11")); }},
      {"IJ04 anticoagulant", "IJ04", "caution", [](auto& r) { r.medication("11289"); }},
      {"IJ04 aspirin", "IJ04", "caution", [](auto& r) { r.medication("1191"); }},
      {"IJ04 antiplatelet coded", "IJ04", "caution", [](auto& r) { r.condition(icd("Z79.82")); }},
      {"IJ04 another NSAID", "IJ04", "none", [](auto& r) { r.medication("5640"); }},
      {"IJ08 platelets 49", "IJ08", "avoid",
       [](auto& r) { r.result(kPlatelets, "49", "10*3/uL"); }},
      {"IJ08 platelets 49 in other units", "IJ08", "avoid",
       [](auto& r) { r.result(kPlatelets, "49000", "/uL"); }},
      {"IJ08 platelets 50", "IJ08", "none", [](auto& r) { r.result(kPlatelets, "50", "10*3/uL"); }},
      {"IJ08 bleeding disorder", "IJ08", "avoid", [](auto& r) { r.condition(icd("D66")); }},
      {"IJ08 INR does not count", "IJ08", "none",
       [](auto& r) { r.result("6301-6", "4", "{INR}"); }},
      {"IJ08 allergy to a corticosteroid", "IJ08", "avoid",
       [](auto& r) { r.allergy("Triamcinolone"); }},
      {"IJ08 allergy to lidocaine", "IJ08", "avoid", [](auto& r) { r.allergy("6387"); }},
      {"IJ08 another allergy", "IJ08", "none", [](auto& r) { r.allergy("Latex"); }},
      {"IJ09 immunosuppression", "IJ09", "caution", [](auto& r) { r.condition(icd("B20")); }},
      {"IJ09 resolved", "IJ09", "none",
       [](auto& r) {
         auto therapy = snomed("86553008");
         therapy.clinical_status = "inactive";
         r.condition(therapy);
       }},
      {"IJ03 diabetes", "IJ03", "caution", [](auto& r) { r.condition(icd("E11.65")); }},
      {"IJ03 HbA1c alone is no diabetes", "IJ03", "none",
       [](auto& r) { r.result("4548-4", "9.1", "%"); }},
  };
  expect_effects(kCases);
}

TEST(Safety, TakesAMedicineOfUnclearStatusForTakenWhereThatProtects) {
  const struct {
    const char* medicine;
    const char* rules;
  } rows[] = {
      {"11289", "NS04 avoid, IJ04 caution"},
      {"apixaban", "NS04 avoid, IJ04 caution"},
      {"clopidogrel", "NS05 caution, IJ04 caution"},
      {"naproxen", "NS12 avoid"},
      {"acetaminophen", "AP05 caution"},
      {"lithium", "NS11 caution"},
      {"levothyroxine", ""},
  };
  for (const auto& row : rows) {
    for (const char* status : {"active", "on-hold", "unknown", "no such status", ""}) {
      SCOPED_TRACE(std::string{row.medicine} + ' ' + status);
      EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.medication(row.medicine, status))), row.rules);
    }
    for (const char* status : {"stopped", "completed", "cancelled", "entered-in-error", "draft"}) {
      SCOPED_TRACE(std::string{row.medicine} + ' ' + status);
      EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.medication(row.medicine, status))), "");
    }
  }
  const auto safety = safety_of(RecordBuilder{}.medication("11289", "unknown"));
  ASSERT_FALSE(safety.found.empty());
  EXPECT_EQ(text_of(safety.found[0].reasons[0]),
            "warfarin, recorded with unclear status (MedicationRequest/m1, " + day(1) + ')');
  EXPECT_EQ(effects_of(
                safety_of(RecordBuilder{}.medication("29046", "on-hold").condition(icd("N18.30")))),
            "NS02 caution, NS10 caution");
}

TEST(Safety, AdvisesByTheEffectOfTheRule) {
  const auto advice = [](const ConditionText& ulcer) {
    const auto safety = safety_of(RecordBuilder{}.condition(ulcer));
    return safety.found.empty() ? std::string{} : safety.found.front().advice();
  };
  auto past = icd("K25.4");
  EXPECT_EQ(advice(past), "Do not use an NSAID.");
  past.clinical_status = "resolved";
  EXPECT_EQ(advice(past),
            "Weigh an NSAID against the risk of bleeding, and protect the stomach if it is used.");
  EXPECT_EQ(advice(icd("I50.9")),
            cdss::test::ShippedRules::get().knowledge->safety.find("NS06")->advice);
}

TEST(Safety, HoldsNoGelAgainstAnNsaidButAnAllergyToIt) {
  EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.medication("Voltaren 1 % gel"))), "");
  EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.medication("Voltaren 50 mg"))), "NS12 avoid");
  EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.medication("prednisolone eye drops"))), "");
  EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.allergy("Voltaren 1 % gel"))), "NS08 avoid");
}

std::string quantity(std::string_view value, std::string_view unit) {
  return R"("valueQuantity":{"value":)" + std::string{value} +
         R"(,"system":"http://unitsofmeasure.org","code":")" + std::string{unit} + R"("})";
}

TEST(Safety, HoldsTimesAndProsthesesAgainstAnInjection) {
  const struct {
    const char* evidence;
    const char* id;
    const char* effect;
    RecordBuilder record;
  } rows[] = {
      {"IJ05 in 90 days", "IJ05", "avoid",
       RecordBuilder{}.item("planned_hip_arthroplasty_days", quantity("90", "d"))},
      {"IJ05 in 91 days", "IJ05", "none",
       RecordBuilder{}.item("planned_hip_arthroplasty_days", quantity("91", "d"))},
      {"IJ05 in 91 days as of yesterday", "IJ05", "avoid",
       RecordBuilder{}.item("planned_hip_arthroplasty_days", quantity("91", "d"), 1)},
      {"IJ07 three", "IJ07", "none", RecordBuilder{}.item("injection_count", quantity("3", "1"))},
      {"IJ07 four", "IJ07", "avoid", RecordBuilder{}.item("injection_count", quantity("4", "1"))},
      {"IJ07 89 days", "IJ07", "avoid",
       RecordBuilder{}.item("days_since_last_injection", quantity("89", "d"))},
      {"IJ07 90 days", "IJ07", "none",
       RecordBuilder{}.item("days_since_last_injection", quantity("90", "d"))},
      {"IJ06 total hip replacement", "IJ06", "caution",
       RecordBuilder{}.procedure({std::string{cdss::test::kSnomedUri}, "52734007", {}})},
      {"IJ06 artificial hip coded", "IJ06", "caution", RecordBuilder{}.condition(icd("Z96.641"))},
      {"IJ06 partial replacement", "IJ06", "caution",
       RecordBuilder{}.procedure({std::string{cdss::test::kPcsUri}, "0SRR0JZ", {}})},
      {"IJ06 native hip", "IJ06", "none", RecordBuilder{}.condition(icd("M16.11"))},
      {"IJ12 90 days", "IJ12", "avoid",
       RecordBuilder{}.procedure({std::string{cdss::test::kSnomedUri}, "52734007",
                                  R"("performedDateTime":")" + day(90) + '"'})},
      {"IJ12 91 days", "IJ12", "none",
       RecordBuilder{}.procedure({std::string{cdss::test::kSnomedUri}, "52734007",
                                  R"("performedDateTime":")" + day(91) + '"'})},
      {"IJ12 some day of August: perhaps 90 days", "IJ12", "avoid",
       RecordBuilder{}.procedure(
           {std::string{cdss::test::kSnomedUri}, "52734007", R"("performedDateTime":"2026-08")"})},
      {"IJ12 day not known", "IJ12", "none",
       RecordBuilder{}.procedure({std::string{cdss::test::kSnomedUri}, "52734007", {}})},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(effect_of(safety_of(row.record), row.id), row.effect);
  }
}

TEST(Safety, GivesReasonsInTheOrderOfTheRows) {
  const auto safety = safety_of(RecordBuilder{}
                                    .condition(icd("N18.4"))
                                    .medication("29046")
                                    .medication("11289")
                                    .result(kEgfr, "27", kPerSurface),
                                person("male", "1950-01-01"));
  EXPECT_EQ(ids_of(safety), "NS01 NS04 NS09 NS10 IJ04");
  for (const auto& one : safety.found) {
    EXPECT_FALSE(one.reasons.empty()) << one.row->id;
  }
  ASSERT_EQ(safety.found[0].reasons.size(), 2U);
  EXPECT_EQ(text_of(safety.found[0].reasons[0]),
            "chronic kidney disease stage 4 or 5 (Condition/c1, N18.4)");
  EXPECT_EQ(safety.found[0].reasons[1].text, "eGFR 27 mL/min/1.73 m\u00b2");
}

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
              row.unknown == std::string{} && !safety.avoids(Treatment::nsaid));
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

TEST(SafetyRules, RefuseWhatIsNotWhole) {
  const std::string limits =
      R"("limits":{"egfr_avoid":30,"egfr_caution":60,"older_age":65,"avoid_weeks":20,
      "platelets":50,"crp_raised":10,"esr_raised":30,"arthroplasty_days":90,"injection_days":90,
      "most_injections":4,"egfr_age":60,"pregnancy_age_from":12,"pregnancy_age_to":55})";
  const auto row = [](std::string_view id, std::string_view treatment, std::string_view effect) {
    return R"({"id":")" + std::string{id} + R"(","treatment":")" + std::string{treatment} +
           R"(","effect":")" + std::string{effect} +
           R"(","text":"t","advice":"a","grade":"C","sources":["ours"]})";
  };
  const struct {
    const char* evidence;
    std::string text;
    Errc code;
    const char* where;
  } rows[] = {
      {"no limits", R"({"rows":[]})", Errc::missing, "limits"},
      {"a limit is missing", R"({"limits":{"egfr_avoid":30},"rows":[]})", Errc::missing,
       "limits.egfr_caution"},
      {"a rule is missing", '{' + limits + R"(,"rows":[]})", Errc::missing, "rows"},
      {"another treatment", '{' + limits + ",\"rows\":[" + row("NS01", "surgery", "avoid") + "]}",
       Errc::malformed, "rows[0].treatment"},
      {"another effect", '{' + limits + ",\"rows\":[" + row("NS01", "nsaid", "stop") + "]}",
       Errc::malformed, "rows[0].effect"},
      {"a rule of no one", '{' + limits + ",\"rows\":[" + row("NS99", "nsaid", "avoid") + "]}",
       Errc::malformed, "rows[0].id"},
      {"twice",
       '{' + limits + ",\"rows\":[" + row("NS01", "nsaid", "avoid") + ',' +
           row("NS01", "nsaid", "avoid") + "]}",
       Errc::malformed, "rows[1].id"},
  };
  for (const auto& one : rows) {
    SCOPED_TRACE(one.evidence);
    const auto document = parsed(one.text);
    const auto rules = SafetyRules::read(document.root());
    ASSERT_FALSE(rules);
    EXPECT_EQ(rules.error().code, one.code);
    EXPECT_EQ(rules.error().where, one.where);
  }
}

TEST(SafetyRules, NameWhatAPersonHasToLookFor) {
  const auto& rules = cdss::test::ShippedRules::get().knowledge->safety;
  for (const char* id : {"NS14", "NS05-SSRI", "NS10-ARB"}) {
    const auto* row = rules.find(id);
    ASSERT_NE(row, nullptr) << id;
    EXPECT_FALSE(row->is_executable) << id;
  }
  for (const char* id : {"AP01", "IJ11"}) {
    const auto* row = rules.find(id);
    ASSERT_NE(row, nullptr) << id;
    EXPECT_TRUE(row->is_always) << id;
  }
}

}  // namespace
