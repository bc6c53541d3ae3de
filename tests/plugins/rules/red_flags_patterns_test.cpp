// RF03, RF04, RF06, RF10, RF11, RF12, RF15, RF16 by their patterns, and the prompts.

#include "tests/plugins/rules/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

void bleeding_risk(Record& r) {
  r.condition(snomed(kGroinPain)).medication("11289");  // warfarin
}

TEST(RedFlags, OfAHaematomaNeedABleedingRiskPainAndASign) {
  const RedFlagCase cases[] = {
      {"RF03 onset acute", "RF03",
       [](Record& r) {
         bleeding_risk(r);
         r.item("onset", "onset-acute");
       }},
      {"RF03 onset sudden", "RF03",
       [](Record& r) {
         bleeding_risk(r);
         r.item("onset", "onset-sudden");
       }},
      {"RF03 onset subacute", "",
       [](Record& r) {
         bleeding_risk(r);
         r.item("onset", "onset-subacute");
       }},
      {"RF03 onset gradual", "",
       [](Record& r) {
         bleeding_risk(r);
         r.item("onset", "onset-gradual");
       }},
      {"RF03 onset unknown", "", [](Record& r) { bleeding_risk(r); }},
      {"RF03 onset 90 d old", "RF03",
       [](Record& r) {
         bleeding_risk(r);
         r.item("onset", "onset-acute", 90);
       }},
      {"RF03 onset 91 d old", "",
       [](Record& r) {
         bleeding_risk(r);
         r.item("onset", "onset-acute", 91);
       }},
      {"RF03 without pain", "",
       [](Record& r) { r.medication("11289").item("onset", "onset-acute"); }},
      {"RF03 without a bleeding risk", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).item("onset", "onset-acute"); }},
      {"RF03 INR 3", "",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kInr, "3", "{INR}");
       }},
      {"RF03 INR 3.1", "RF03",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kInr, "3.1", "{INR}");
       }},
      {"RF03 INR 3.1, unit 1", "RF03",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kInr, "3.1", "1");
       }},
      {"RF03 INR 91 d old", "",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kInr, "5", "{INR}", 91);
       }},
      {"RF03 Hb 10", "",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kHaemoglobin, "10", "g/dL");
       }},
      {"RF03 Hb 9.9", "RF03",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kHaemoglobin, "9.9", "g/dL");
       }},
      {"RF03 Hb 100 g/L", "",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kHaemoglobin, "100", "g/L");
       }},
      {"RF03 Hb 99 g/L", "RF03",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kHaemoglobin, "99", "g/L");
       }},
      {"RF03 lesion of the femoral nerve", "RF03 RF19",
       [](Record& r) {
         bleeding_risk(r);
         r.condition(icd("G57.21"));
       }},
      {"RF03 bleeding disorder and sudden onset", "RF03",
       [](Record& r) {
         r.condition(snomed(kLowBackPain)).condition(icd("D66")).item("onset", "onset-sudden");
       }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, SeeAFallOfHaemoglobinOfTwoWithinNinetyDays) {
  const struct {
    const char* evidence;
    const char* before;
    int before_days_ago;
    const char* newest;
    const char* unit;
    bool fires;
  } rows[] = {
      {"RF03 by 1.9", "14.0", 20, "12.1", "g/dL", false},
      {"RF03 by 2.0", "14.0", 20, "12.0", "g/dL", true},
      {"RF03 by 2.0, inexact in binary", "16.4", 20, "14.4", "g/dL", true},
      {"RF03 by 2.0, inexact in binary", "17.9", 20, "15.9", "g/dL", true},
      {"RF03 by 1.9, inexact in binary", "16.4", 20, "14.5", "g/dL", false},
      {"RF03 by 20 g/L", "164", 20, "144", "g/L", true},
      {"RF03 risen by 2", "12.0", 20, "14.0", "g/dL", false},
      {"RF03 the first 90 d ago", "14.0", 90, "12.0", "g/dL", true},
      {"RF03 the first 91 d ago", "14.0", 91, "12.0", "g/dL", false},
      {"RF03 both of one day", "14.0", 0, "12.0", "g/dL", false},
      {"RF03 from an open value", ">14.0", 20, "12.0", "g/dL", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    RecordBuilder record;
    bleeding_risk(record);
    record.result(kHaemoglobin, row.newest, row.unit)
        .result(kHaemoglobin, row.before, row.unit, row.before_days_ago);
    const ReadRecord read{record};
    EXPECT_EQ(ids_of(find_red_flags(read.facts())), row.fires ? "RF03" : "");
  }
  RecordBuilder regained;
  bleeding_risk(regained);
  regained.result(kHaemoglobin, "15", "g/dL", 40)
      .result(kHaemoglobin, "12", "g/dL", 20)
      .result(kHaemoglobin, "14", "g/dL");
  const ReadRecord read{regained};
  EXPECT_EQ(ids_of(find_red_flags(read.facts())), "") << "only the two newest are compared";
}

TEST(RedFlags, KnowAnAnticoagulantByCodeNameOrBrand) {
  const struct {
    const char* evidence;
    const char* medication;
    const char* status;
    bool fires;
  } rows[] = {
      {"RxNorm ingredient", "11289", "active", true},
      {"product name", "Warfarin Sodium 5 MG Oral Tablet", "active", true},
      {"brand", "Eliquis 5 mg", "active", true},
      {"free text", "takes rivaroxaban in the evening", "active", true},
      {"part of another word", "nowarfarinx", "active", false},
      {"an antiplatelet", "32968", "active", false},
      {"completed", "11289", "completed", false},
      {"entered in error", "11289", "entered-in-error", false},
      {"on hold", "11289", "on-hold", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const ReadRecord read{RecordBuilder{}
                              .condition(snomed(kGroinPain))
                              .item("onset", "onset-acute")
                              .medication(row.medication, row.status)};
    EXPECT_EQ(ids_of(find_red_flags(read.facts())), row.fires ? "RF03" : "");
  }
  const ReadRecord coded{RecordBuilder{}
                             .condition(snomed(kGroinPain))
                             .item("onset", "onset-acute")
                             .condition(icd("Z79.01"))};
  EXPECT_EQ(ids_of(find_red_flags(coded.facts())), "RF03") << "Z79.01";
}

TEST(RedFlags, OfFractureNervesVesselsAndMalignancyNeedEachPart) {
  constexpr std::string_view kOf51 = R"({"resourceType":"Patient","birthDate":"1975-11-21"})";
  constexpr std::string_view kOf50 = R"({"resourceType":"Patient","birthDate":"1975-11-22"})";
  constexpr std::string_view kOf50Or51 = R"({"resourceType":"Patient","birthDate":"1975"})";
  constexpr std::string_view kOfNoAge = R"({"resourceType":"Patient"})";
  const auto wasting = [](Record& r) {
    r.condition(snomed(kHipPain)).condition(icd("R63.4")).item("night_pain", "true");
  };
  const RedFlagCase cases[] = {
      {"RF04 unable to bear weight, pain", "RF04",
       [](Record& r) { r.condition(snomed(kUnableToBearWeight)).condition(snomed(kGroinPain)); }},
      {"RF04 unable to bear weight", "",
       [](Record& r) { r.condition(snomed(kUnableToBearWeight)); }},
      {"RF04 with knee pain, which is no pain of the rule", "",
       [](Record& r) { r.condition(snomed(kUnableToBearWeight)).condition(snomed(kKneePain)); }},
      {"RF06 back pain, retention", "RF06",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(icd("R33.9")); }},
      {"RF06 sciatica, faecal incontinence", "RF06",
       [](Record& r) { r.condition(icd("M54.31")).condition(icd("R15.9")); }},
      {"RF06 radiculopathy, retention", "RF06",
       [](Record& r) { r.condition(icd("M54.16")).condition(icd("R33.8")); }},
      {"RF06 groin pain, retention", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).condition(icd("R33.9")); }},
      {"RF06 back pain, urinary incontinence", "",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(icd("R32")); }},
      {"RF06 back pain", "", [](Record& r) { r.condition(snomed(kLowBackPain)); }},
      {"RF06 retention", "", [](Record& r) { r.condition(icd("R33.9")); }},
      {"RF10 aortic, pain", "RF10",
       [](Record& r) { r.condition(icd("I71.40")).condition(snomed(kLowBackPain)); }},
      {"RF10 iliac, pain", "RF10",
       [](Record& r) { r.condition(icd("I72.3")).condition(snomed(kGroinPain)); }},
      {"RF10 ruptured, pain", "RF10",
       [](Record& r) { r.condition(icd("I71.30")).condition(snomed(kGroinPain)); }},
      {"RF10 no pain", "", [](Record& r) { r.condition(icd("I71.40")); }},
      {"RF10 thoracic, pain", "",
       [](Record& r) { r.condition(icd("I71.20")).condition(snomed(kGroinPain)); }},
      {"RF11 51 today", "RF11", wasting, kOf51},
      {"RF11 51 tomorrow", "", wasting, kOf50},
      {"RF11 perhaps 51", "RF11", wasting, kOf50Or51},
      {"RF11 age unknown", "", wasting, kOfNoAge},
      {"RF11 rest pain", "RF11",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(icd("R63.4")).item("rest_pain", "true");
       },
       kOf51},
      {"RF11 neither at night nor at rest", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(icd("R63.4")).item("night_pain", "false");
       },
       kOf51},
      {"RF11 no weight loss", "",
       [](Record& r) { r.condition(snomed(kHipPain)).item("night_pain", "true"); }, kOf51},
      {"RF11 no pain", "", [](Record& r) { r.condition(icd("R63.4")).item("night_pain", "true"); },
       kOf51},
      {"RF12 swelling 90 d after replacement", "RF12",
       [](Record& r) {
         replace_hip(r, 90);
         r.condition(snomed("449614009"));
       }},
      {"RF12 swelling 91 d after replacement", "",
       [](Record& r) {
         replace_hip(r, 91);
         r.condition(snomed("449614009"));
       }},
      {"RF12 swelling, day of replacement unknown", "",
       [](Record& r) { r.condition(icd("Z96.641")).condition(snomed("449614009")); }},
      {"RF12 swelling", "", [](Record& r) { r.condition(snomed("449614009")); }},
      {"RF12 replacement", "", [](Record& r) { replace_hip(r, 90); }},
  };
  expect_red_flags(cases);
}

/// "valueQuantity" of so many weeks.
std::string weeks(const char* number) {
  return R"("valueQuantity":{"value":)" + std::string{number} +
         R"(,"system":"http://unitsofmeasure.org","code":"wk"})";
}

ConditionText week_code(const char* code, int recorded_days_ago) {
  auto condition = icd(code);
  condition.more = R"("recordedDate":")" + day(recorded_days_ago) + '"';
  return condition;
}

TEST(RedFlags, OfEarlyPregnancyGoByTheWeeksAsTheyAreToday) {
  const RedFlagCase cases[] = {
      {"RF15 pregnant, weeks unknown", "RF15",
       [](Record& r) { r.condition(icd("Z33.1")).condition(snomed(kPelvicPain)); }, kWoman},
      {"RF15 by the pregnancy status", "RF15",
       [](Record& r) { r.coded_result("82810-3", "77386006").condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 status not pregnant", "",
       [](Record& r) { r.coded_result("82810-3", "60001007").condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 status of 281 d ago", "",
       [](Record& r) { r.coded_result("82810-3", "77386006", 281).condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 no pelvic pain", "",
       [](Record& r) { r.condition(icd("Z33.1")).condition(snomed(kGroinPain)); }, kWoman},
      {"RF15 not pregnant", "", [](Record& r) { r.condition(snomed(kPelvicPain)); }, kWoman},
      {"RF15 week 19", "RF15",
       [](Record& r) {
         r.condition(icd("Z33.1"))
             .condition(snomed(kPelvicPain))
             .item("gestational_weeks", weeks("19"));
       },
       kWoman},
      {"RF15 week 20", "",
       [](Record& r) {
         r.condition(icd("Z33.1"))
             .condition(snomed(kPelvicPain))
             .item("gestational_weeks", weeks("20"));
       },
       kWoman},
      {"RF15 week 19 six days ago", "RF15",
       [](Record& r) {
         r.condition(icd("Z33.1"))
             .condition(snomed(kPelvicPain))
             .item("gestational_weeks", weeks("19"), 6);
       },
       kWoman},
      {"RF15 week 19 seven days ago", "",
       [](Record& r) {
         r.condition(icd("Z33.1"))
             .condition(snomed(kPelvicPain))
             .item("gestational_weeks", weeks("19"), 7);
       },
       kWoman},
      {"RF15 Z3A.19", "RF15",
       [](Record& r) { r.condition(icd("Z3A.19")).condition(snomed(kPelvicPain)); }, kWoman},
      {"RF15 Z3A.20", "",
       [](Record& r) { r.condition(icd("Z3A.20")).condition(snomed(kPelvicPain)); }, kWoman},
      {"RF15 Z3A.19 of six days ago", "RF15",
       [](Record& r) { r.condition(week_code("Z3A.19", 6)).condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 Z3A.19 of seven days ago", "",
       [](Record& r) { r.condition(week_code("Z3A.19", 7)).condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 Z3A.00 says no week", "RF15",
       [](Record& r) { r.condition(icd("Z3A.00")).condition(snomed(kPelvicPain)); }, kWoman},
      {"RF15 the item before the code", "",
       [](Record& r) {
         r.condition(icd("Z3A.10"))
             .condition(snomed(kPelvicPain))
             .item("gestational_weeks", weeks("20"));
       },
       kWoman},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, OfAChildsHipNeedAgePainAndGait) {
  constexpr std::string_view kOf15 = R"({"resourceType":"Patient","birthDate":"2010-11-22"})";
  constexpr std::string_view kOf16 = R"({"resourceType":"Patient","birthDate":"2010-11-21"})";
  constexpr std::string_view kOf15Or16 = R"({"resourceType":"Patient","birthDate":"2010"})";
  constexpr std::string_view kOfNoAge = R"({"resourceType":"Patient"})";
  const auto limping = [](Record& r) {
    r.condition(snomed(kKneePain)).condition(snomed("16973004"));
  };
  const RedFlagCase cases[] = {
      {"RF16 16 tomorrow", "RF16", limping, kOf15},
      {"RF16 16 today", "", limping, kOf16},
      {"RF16 perhaps 15", "RF16", limping, kOf15Or16},
      {"RF16 age unknown", "", limping, kOfNoAge},
      {"RF16 hip pain, abnormal gait", "RF16",
       [](Record& r) { r.condition(snomed(kHipPain)).condition(icd("R26.89")); }, kOf15},
      {"RF16 groin pain, difficulty in walking", "RF16",
       [](Record& r) { r.condition(snomed(kGroinPain)).condition(icd("R26.2")); }, kOf15},
      {"RF16 back pain", "",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(snomed("16973004")); }, kOf15},
      {"RF16 no gait", "", [](Record& r) { r.condition(snomed(kKneePain)); }, kOf15},
      {"RF16 no pain", "", [](Record& r) { r.condition(snomed("16973004")); }, kOf15},
  };
  expect_red_flags(cases);
}

struct PromptCase {
  const char* evidence;
  const char* prompts;
  bool is_infection_open;
  void (*fill)(Record&);
};

TEST(RedFlags, AskWhereTheyCannotTell) {
  const PromptCase cases[] = {
      {"CRP alone after replacement", "infection-not-excluded", true,
       [](Record& r) {
         replace_hip(r, 400);
         r.result(kCrp, "10.1", "mg/L");
       }},
      {"CRP 10 after replacement", "", false,
       [](Record& r) {
         replace_hip(r, 400);
         r.result(kCrp, "10", "mg/L");
       }},
      {"ESR alone after replacement", "infection-not-excluded", true,
       [](Record& r) {
         replace_hip(r, 400);
         r.result(kEsr, "31", "mm/h").result(kCrp, "9", "mg/L");
       }},
      {"ESR 30 after replacement", "", false,
       [](Record& r) {
         replace_hip(r, 400);
         r.result(kEsr, "30", "mm/h");
       }},
      {"both: RF02 fires instead", "", false,
       [](Record& r) {
         replace_hip(r, 400);
         r.result(kCrp, "11", "mg/L").result(kEsr, "31", "mm/h");
       }},
      {"no replacement", "", false, [](Record& r) { r.result(kCrp, "11", "mg/L"); }},
      {"anticoagulant and pain, onset unknown", "anticoagulant-onset-unknown", false,
       [](Record& r) { bleeding_risk(r); }},
      {"anticoagulant and pain, onset too old", "anticoagulant-onset-unknown", false,
       [](Record& r) {
         bleeding_risk(r);
         r.item("onset", "onset-acute", 91);
       }},
      {"anticoagulant and pain, onset gradual", "", false,
       [](Record& r) {
         bleeding_risk(r);
         r.item("onset", "onset-gradual");
       }},
      {"anticoagulant without pain", "", false, [](Record& r) { r.medication("11289"); }},
      {"anticoagulant and pain, RF03 fires", "", false,
       [](Record& r) {
         bleeding_risk(r);
         r.result(kInr, "4", "{INR}");
       }},
      {"night pain in a runner", "stress-fracture", false,
       [](Record& r) { r.condition(icd("Y93.02")).item("night_pain", "true"); }},
      {"no night pain in a runner", "", false,
       [](Record& r) { r.condition(icd("Y93.02")).item("night_pain", "false"); }},
      {"night pain, no runner", "", false, [](Record& r) { r.item("night_pain", "true"); }},
      {"night pain in a runner, RF04 fires", "", false,
       [](Record& r) {
         r.condition(icd("Y93.02")).item("night_pain", "true").condition(icd("M84.351A"));
       }},
      {"constant pain on weight bearing is no red flag", "weight-bearing-pain", false,
       [](Record& r) { r.item("weight_bearing_pain_constant", "present"); }},
      {"radicular straight-leg raise", "radicular-sign", false,
       [](Record& r) { r.item("straight_leg_raise_radicular", "present"); }},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.evidence);
    RecordBuilder record;
    one.fill(record);
    const ReadRecord read{record};
    const auto flags = find_red_flags(read.facts());
    EXPECT_EQ(prompts_of(flags), one.prompts);
    EXPECT_EQ(flags.is_infection_open, one.is_infection_open);
  }
}

}  // namespace
