// NS01 to NS13, and AP02 to AP05 where a row speaks of both.

#include "tests/plugins/rules/safety/safety_cases.hpp"

namespace {

using cdss::test::day;
using cdss::test::effect_of;
using cdss::test::effects_of;
using cdss::test::expect_effects;
using cdss::test::icd;
using cdss::test::kEgfr;
using cdss::test::kNotPregnant;
using cdss::test::kPerSurface;
using cdss::test::kPregnancyStatus;
using cdss::test::kPregnant;
using cdss::test::person;
using cdss::test::RecordBuilder;
using cdss::test::safety_of;
using cdss::test::SafetyCase;
using cdss::test::snomed;

using cdss::test::ConditionText;
using cdss::test::kSnomedUri;

/// Recorded so many days ago.
ConditionText dated(ConditionText condition, int days_ago) {
  condition.more = R"("recordedDate": ")" + day(days_ago) + '"';
  return condition;
}

TEST(Safety, HoldsKidneyFunctionAgainstAnNsaid) {
  constexpr SafetyCase kCases[] = {
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
      {"NS02 at 30", "NS02", "withhold", [](auto& r) { r.result(kEgfr, "30", kPerSurface); }},
      {"NS02 at 59", "NS02", "withhold", [](auto& r) { r.result(kEgfr, "59", kPerSurface); }},
      {"NS02 at 60", "NS02", "none", [](auto& r) { r.result(kEgfr, "60", kPerSurface); }},
      {"NS02 '<60'", "NS02", "withhold", [](auto& r) { r.result(kEgfr, "<60", kPerSurface); }},
      {"NS02 gives way to NS01", "NS02", "none",
       [](auto& r) { r.result(kEgfr, "29", kPerSurface); }},
      {"NS02 coded, though eGFR is 70", "NS02", "withhold",
       [](auto& r) { r.condition(icd("N18.31")).result(kEgfr, "70", kPerSurface); }},
      {"NS10 with eGFR 59", "NS10", "withhold",
       [](auto& r) { r.medication("29046").result(kEgfr, "59", kPerSurface); }},
      {"NS10 with eGFR 60", "NS10", "none",
       [](auto& r) { r.medication("29046").result(kEgfr, "60", kPerSurface); }},
      {"NS10 with coded kidney disease", "NS10", "withhold",
       [](auto& r) { r.medication("Ramipril 5 mg").condition(snomed("709044004")); }},
      {"NS10 needs the ACE inhibitor", "NS10", "none",
       [](auto& r) { r.condition(snomed("709044004")); }},
      {"NS10 needs a second reason", "NS10", "none",
       [](auto& r) { r.medication("Losartan 50 mg"); }},
      {"NS10 with a diuretic", "NS10", "withhold",
       [](auto& r) { r.medication("Losartan 50 mg").medication("Furosemida 40 mg"); }},
      {"NS10 in one tablet", "NS10", "withhold",
       [](auto& r) { r.medication("Hyzaar 100/25 oral tablet"); }},
      {"NS10 by class of name", "NS10", "withhold",
       [](auto& r) { r.medication("Zofenopril 30 mg").medication("Indapamid 1,5 mg"); }},
      {"NS10 receptor blocker of any name", "NS10", "withhold",
       [](auto& r) { r.medication("Fimasartan 60 mg").medication("Torasemid"); }},
      {"NS10 by RxNorm", "NS10", "withhold",
       [](auto& r) { r.medication("52175").medication("HCTZ 25 mg"); }},
      {"NS10 diuretic alone", "NS10", "none", [](auto& r) { r.medication("Furosemide"); }},
      {"NS01 dialysis coded", "NS01", "avoid", [](auto& r) { r.condition(icd("Z99.2")); }},
      {"NS01 dialysis last week", "NS01", "avoid",
       [](auto& r) {
         r.procedure({.system = std::string{kSnomedUri},
                      .code = "233579007",
                      .performed = R"("performedDateTime":")" + day(7) + '"'});
       }},
      {"NS01 dialysis long ago", "NS01", "none",
       [](auto& r) {
         r.procedure({.system = std::string{kSnomedUri},
                      .code = "233579007",
                      .performed = R"("performedDateTime":")" + day(31) + '"'});
       }},
      {"NS15 kidney injury", "NS15", "avoid", [](auto& r) { r.condition(icd("N17.0")); }},
      {"NS15 within 90 days", "NS15", "avoid",
       [](auto& r) { r.condition(dated(icd("N17.9"), 90)); }},
      {"NS15 before", "NS15", "none", [](auto& r) { r.condition(dated(icd("N17.9"), 91)); }},
      {"NS16 transplant coded", "NS16", "avoid", [](auto& r) { r.condition(icd("Z94.0")); }},
      {"NS16 transplant performed", "NS16", "avoid",
       [](auto& r) {
         r.procedure({.system = std::string{kSnomedUri}, .code = "70536003", .performed = ""});
       }},
      {"NS16 tacrolimus", "NS16", "avoid", [](auto& r) { r.medication("Prograf 1 mg capsule"); }},
      {"NS16 ciclosporin eye drops", "NS16", "none",
       [](auto& r) { r.medication("Cyclosporine ophthalmic emulsion"); }},
  };
  expect_effects(kCases);
}

TEST(Safety, HoldsConditionsAgainstAnNsaid) {
  constexpr SafetyCase kCases[] = {
      {"NS03 active ulcer", "NS03", "avoid", [](auto& r) { r.condition(icd("K25.9")); }},
      {"NS03 active bleeding", "NS03", "avoid", [](auto& r) { r.condition(icd("K92.1")); }},
      {"NS03 resolved ulcer", "NS03", "withhold",
       [](auto& r) {
         auto ulcer = snomed("13200003");
         ulcer.clinical_status = "resolved";
         r.condition(ulcer);
       }},
      {"NS03 personal history", "NS03", "withhold", [](auto& r) { r.condition(icd("Z87.11")); }},
      {"NS03 active wins over history", "NS03", "avoid",
       [](auto& r) { r.condition(icd("Z87.11")).condition(icd("K26.0")); }},
      {"NS03 refuted", "NS03", "none",
       [](auto& r) {
         auto ulcer = icd("K25.9");
         ulcer.verification_status = "refuted";
         r.condition(ulcer);
       }},
      {"NS05 steroid coded", "NS05", "withhold", [](auto& r) { r.condition(icd("Z79.52")); }},
      {"NS05 antiplatelet coded", "NS05", "withhold", [](auto& r) { r.condition(icd("Z79.02")); }},
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
      {"AP02 alcohol abuse", "AP02", "avoid", [](auto& r) { r.condition(icd("F10.10")); }},
      {"AP02 in remission", "AP02", "caution", [](auto& r) { r.condition(icd("F10.21")); }},
      {"AP02 fatty liver alone", "AP02", "none", [](auto& r) { r.condition(icd("K76.0")); }},
      {"NS06 hypertensive heart disease", "NS06", "avoid",
       [](auto& r) { r.condition(icd("I11.0")); }},
      {"NS13 varices", "NS13", "avoid", [](auto& r) { r.condition(icd("I85.00")); }},
      {"NS14 infarction", "NS14", "avoid", [](auto& r) { r.condition(icd("I21.4")); }},
      {"NS14 a year ago", "NS14", "avoid", [](auto& r) { r.condition(dated(icd("I63.9"), 365)); }},
      {"NS14 longer ago", "NS14", "withhold",
       [](auto& r) { r.condition(dated(icd("I63.9"), 366)); }},
      {"NS14 resolved and undated", "NS14", "avoid",
       [](auto& r) {
         auto event = icd("I63.9");
         event.clinical_status = "resolved";
         r.condition(event);
       }},
      {"NS14 old infarction", "NS14", "withhold", [](auto& r) { r.condition(icd("I25.2")); }},
      {"NS14 bypass performed", "NS14", "withhold",
       [](auto& r) {
         r.procedure({.system = std::string{kSnomedUri}, .code = "232717009", .performed = ""});
       }},
      {"NS14 pressure", "NS14", "avoid", [](auto& r) { r.result("8480-6", "160", "mm[Hg]", 30); }},
      {"NS14 pressure, the higher of a day", "NS14", "avoid",
       [](auto& r) {
         r.result("8480-6", "150", "mm[Hg]", 1).result("8480-6", "170", "mm[Hg]", 1);
       }},
      {"NS14 pressure, a newer day is lower", "NS14", "none",
       [](auto& r) {
         r.result("8480-6", "170", "mm[Hg]", 2).result("8480-6", "150", "mm[Hg]", 1);
       }},
      {"NS14 pressure below", "NS14", "none",
       [](auto& r) { r.result("8480-6", "159", "mm[Hg]", 1); }},
      {"NS14 pressure of last month", "NS14", "none",
       [](auto& r) { r.result("8480-6", "190", "mm[Hg]", 31); }},
      {"NS14 transient global amnesia", "NS14", "none", [](auto& r) { r.condition(icd("G45.4")); }},
      {"NS19 haemophilia", "NS19", "avoid", [](auto& r) { r.condition(icd("D66")); }},
      {"NS19 thrombophilia", "NS19", "none", [](auto& r) { r.condition(icd("D68.51")); }},
      {"NS19 thrombocytopenia, platelets not known", "NS19", "avoid",
       [](auto& r) { r.condition(icd("D69.6")); }},
      {"NS19 thrombocytopenia, platelets 99", "NS19", "avoid",
       [](auto& r) { r.condition(icd("D69.6")).result("777-3", "99", "10*3/uL"); }},
      {"NS19 thrombocytopenia, platelets 100", "NS19", "none",
       [](auto& r) { r.condition(icd("D69.59")).result("777-3", "100", "10*3/uL"); }},
      {"NS19 platelets", "NS19", "avoid", [](auto& r) { r.result("777-3", "49", "10*3/uL"); }},
  };
  expect_effects(kCases);
}

TEST(Safety, HoldsMedicinesAndAllergiesAgainstAnAnalgesic) {
  constexpr SafetyCase kCases[] = {
      {"NS04 by ingredient code", "NS04", "avoid", [](auto& r) { r.medication("1364430"); }},
      {"NS04 by product name", "NS04", "avoid",
       [](auto& r) { r.medication("Eliquis 5 mg oral tablet"); }},
      {"NS04 coded", "NS04", "avoid", [](auto& r) { r.condition(icd("Z79.01")); }},
      {"NS04 stopped", "NS04", "none", [](auto& r) { r.medication("11289", "stopped"); }},
      {"NS05 prednisone", "NS05", "withhold", [](auto& r) { r.medication("8640"); }},
      {"NS05 clopidogrel", "NS05", "withhold", [](auto& r) { r.medication("32968"); }},
      {"NS05 sertraline", "NS05", "withhold", [](auto& r) { r.medication("Sertralin 50 mg"); }},
      {"NS05 duloxetine", "NS05", "withhold", [](auto& r) { r.medication("Cymbalta 60 mg"); }},
      {"NS04 brand", "NS04", "avoid", [](auto& r) { r.medication("Marcumar 3 mg"); }},
      {"NS04 French", "NS04", "avoid", [](auto& r) { r.medication("Warfarine 5 mg"); }},
      {"NS04 Previscan", "NS04", "avoid", [](auto& r) { r.medication("Pr\u00e9viscan 20 mg"); }},
      {"NS04 heparin", "NS04", "avoid", [](auto& r) { r.medication("H\u00e9parine calcique"); }},
      {"NS04 heparin flush", "NS04", "none",
       [](auto& r) { r.medication("Heparin lock flush 10 unit/mL"); }},
      {"NS08 French", "NS08", "avoid", [](auto& r) { r.allergy("Ibuprof\u00e8ne"); }},
      {"NS08 German", "NS08", "avoid", [](auto& r) { r.allergy("Acetylsalicyls\u00e4ure (ASS)"); }},
      {"NS08 Italian", "NS08", "avoid", [](auto& r) { r.allergy("acido acetilsalicilico"); }},
      {"NS08 Portuguese", "NS08", "avoid", [](auto& r) { r.allergy("Cetoprofeno"); }},
      {"NS08 Dutch", "NS08", "avoid", [](auto& r) { r.allergy("Carbasalaatcalcium"); }},
      {"NS08 class in French", "NS08", "avoid", [](auto& r) { r.allergy("AINS"); }},
      {"AP03 Italian", "AP03", "avoid", [](auto& r) { r.allergy("Tachipirina"); }},
      {"AP03 French", "AP03", "avoid", [](auto& r) { r.allergy("Parac\u00e9tamol"); }},
      {"NS10 is not in April", "NS10", "none",
       [](auto& r) { r.medication("flu vaccine in April").medication("Furosemide"); }},
      {"NS05 aspirin", "NS05", "withhold", [](auto& r) { r.medication("Aspirin 81 mg"); }},
      {"NS05 triamcinolone is not taken by mouth", "NS05", "none",
       [](auto& r) { r.medication("triamcinolone cream"); }},
      {"NS08 by code", "NS08", "avoid", [](auto& r) { r.allergy("5640"); }},
      {"NS08 by name", "NS08", "avoid", [](auto& r) { r.allergy("Aspirin"); }},
      {"NS08 by class", "NS08", "avoid", [](auto& r) { r.allergy("NSAIDs"); }},
      {"NS08 another allergy", "NS08", "none", [](auto& r) { r.allergy("Penicillin"); }},
      {"NS11 lithium", "NS11", "withhold", [](auto& r) { r.medication("Lithium carbonate"); }},
      {"NS11 methotrexate", "NS11", "withhold", [](auto& r) { r.medication("6851"); }},
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
      {"NS07b at 19 weeks", "NS07b withhold, IJ10 caution",
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
      {"NS07b week by code", "NS07b withhold, IJ10 caution",
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
      {"NS09 75", "1950-11-22", "caution"},
      {"NS09 over 75", "1950-11-21", "withhold"},
      {"NS09 perhaps 65: the more cautious reading", "1961", "caution"},
      {"NS09 at most 64", "1962", "none"},
      {"NS09 no birth date", "", "none"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(effect_of(safety_of({}, person("male", row.birth_date)), "NS09"), row.effect);
  }
}

}  // namespace
