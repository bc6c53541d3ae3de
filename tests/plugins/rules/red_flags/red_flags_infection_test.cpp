// RF01, RF02, RF07, RF08, RF09, RF17, RF18: infection, with their limits and units.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

constexpr const char* kSeptic = "RF01 RF17";

TEST(RedFlags, OfAnAbscessFireOnPainWithFeverWhiteCellsOrCrp) {
  const RedFlagCase cases[] = {
      {"RF01 37.9 Cel", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kTemperature, "37.9", "Cel"); }},
      {"RF01 38.0 Cel", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kTemperature, "38.0", "Cel"); }},
      {"RF01 100.3 [degF]", "",
       [](Record& r) { r.condition(snomed(kHipPain)).result(kTemperature, "100.3", "[degF]"); }},
      {"RF01 100.4 [degF]", "RF01",
       [](Record& r) { r.condition(snomed(kHipPain)).result(kTemperature, "100.4", "[degF]"); }},
      {"RF01 coded fever", "RF01",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(snomed(kFever)); }},
      {"RF01 fever without pain", "", [](Record& r) { r.condition(snomed(kFever)); }},
      {"RF01 fever with knee pain, which is no pain of the rule", "",
       [](Record& r) { r.condition(snomed(kKneePain)).condition(snomed(kFever)); }},
      {"RF01 fever with thigh pain", "RF01",
       [](Record& r) { r.condition(icd("M79.651")).condition(snomed(kFever)); }},
      {"RF01 WBC 11 10*3/uL", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kWbc, "11", "10*3/uL"); }},
      {"RF01 WBC 11.1 10*3/uL", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kWbc, "11.1", "10*3/uL"); }},
      {"RF01 WBC 11000 /uL", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kWbc, "11000", "/uL"); }},
      {"RF01 WBC 11100 /uL", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kWbc, "11100", "/uL"); }},
      {"RF01 WBC 11 10*9/L", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kWbc, "11", "10*9/L"); }},
      {"RF01 WBC 11.1 10*9/L", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kWbc, "11.1", "10*9/L"); }},
      {"RF01 CRP 50 mg/L", "",
       [](Record& r) { r.condition(snomed(kPelvicPain)).result(kCrp, "50", "mg/L"); }},
      {"RF01 CRP 50.1 mg/L", "RF01",
       [](Record& r) { r.condition(snomed(kPelvicPain)).result(kCrp, "50.1", "mg/L"); }},
      {"RF01 CRP 5.0 mg/dL", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, "5.0", "mg/dL"); }},
      {"RF01 CRP 5.01 mg/dL", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, "5.01", "mg/dL"); }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, TakeWhatIsOldOrCannotBeInterpretedForUnknown) {
  const RedFlagCase cases[] = {
      {"RF01 temperature 7 d old", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kTemperature, "39", "Cel", 7); }},
      {"RF01 temperature 8 d old", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kTemperature, "39", "Cel", 8); }},
      {"RF01 CRP 90 d old", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, "200", "mg/L", 90); }},
      {"RF01 CRP 91 d old", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, "200", "mg/L", 91); }},
      {"RF01 the newest temperature counts", "",
       [](Record& r) {
         r.condition(snomed(kGroinPain))
             .result(kTemperature, "39", "Cel", 2)
             .result(kTemperature, "36.8", "Cel", 1);
       }},
      {"RF01 of one day the worse counts", "RF01",
       [](Record& r) {
         r.condition(snomed(kGroinPain))
             .result(kTemperature, "39", "Cel", 1)
             .result(kTemperature, "36.8", "Cel", 1);
       }},
      {"RF01 an unusable newer value hides no older one", "RF01",
       [](Record& r) {
         r.condition(snomed(kGroinPain))
             .result(kCrp, "200", "mg/L", 5)
             .result(kCrp, "3", "{unknown}", 1);
       }},
      {"RF01 CRP <5", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, "<5", "mg/L"); }},
      {"RF01 CRP <200 tells nothing", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, "<200", "mg/L"); }},
      {"RF01 CRP >200", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, ">200", "mg/L"); }},
      {"RF01 CRP >50", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, ">50", "mg/L"); }},
      {"RF01 CRP >=50 may be 50", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, ">=50", "mg/L"); }},
      {"RF01 CRP >40 may be 45", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, ">40", "mg/L"); }},
      {"RF01 temperature >=38", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kTemperature, ">=38", "Cel"); }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, FireOnNoUnitThatIsNotKnownAndItIsListed) {
  const struct {
    std::string_view loinc;
    const char* value;
    const char* unit;
    const char* id;
  } rows[] = {
      {kTemperature, "39", "K", "body_temperature"},
      {kTemperature, "39", "mg/L", "body_temperature"},
      {kWbc, "30", "10*6/L", "wbc"},
      {kCrp, "300", "nmol/L", "crp"},
      {kCrp, "300", "", "crp"},
      {kEsr, "99", "mm", "esr"},
      {kInr, "9", "s", "inr"},
      {kHaemoglobin, "3", "mmol/L", "hemoglobin"},
      {kSystolic, "60", "kPa", "systolic_bp"},
      {kPulse, "150", "Hz", "heart_rate"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string{row.id} + ' ' + row.unit);
    RecordBuilder record;
    record.condition(snomed(kGroinPain)).medication("11289").item("onset", "onset-gradual");
    replace_hip(record, 400);
    record.result(row.loinc, row.value, row.unit);
    const ReadRecord read{record};
    const auto flags = red_flags_of(read.facts());
    EXPECT_EQ(ids_of(flags), "");
    EXPECT_FALSE(prompts_of(read.facts(), flags).any());
    ASSERT_EQ(read.facts().results.not_interpretable().size(), 1U);
    EXPECT_EQ(read.facts().results.not_interpretable().front(), row.id);
  }
}

TEST(RedFlags, OfAProstheticInfectionKeepTwoSetsOfLimits) {
  const RedFlagCase cases[] = {
      {"RF02 fever, no replacement", "", [](Record& r) { r.condition(snomed(kFever)); }},
      {"RF02 fever", "RF02",
       [](Record& r) {
         replace_hip(r, 400);
         r.condition(snomed(kFever));
       }},
      {"RF02 early, 89 d, CRP 100", "",
       [](Record& r) {
         replace_hip(r, 89);
         r.result(kCrp, "100", "mg/L").result(kEsr, "80", "mm/h");
       }},
      {"RF02 early, 89 d, CRP 100.1", "RF02",
       [](Record& r) {
         replace_hip(r, 89);
         r.result(kCrp, "100.1", "mg/L");
       }},
      {"RF02 early, 90 d, CRP 100 with ESR 80", "",
       [](Record& r) {
         replace_hip(r, 90);
         r.result(kCrp, "100", "mg/L").result(kEsr, "80", "mm/h");
       }},
      {"RF02 late, 91 d, CRP 100.1 alone", "",
       [](Record& r) {
         replace_hip(r, 91);
         r.result(kCrp, "100.1", "mg/L");
       }},
      {"RF02 late, 91 d, CRP 10.1 and ESR 31", "RF02",
       [](Record& r) {
         replace_hip(r, 91);
         r.result(kCrp, "10.1", "mg/L").result(kEsr, "31", "mm/h");
       }},
      {"RF02 late, CRP 10 and ESR 31", "",
       [](Record& r) {
         replace_hip(r, 91);
         r.result(kCrp, "10", "mg/L").result(kEsr, "31", "mm/h");
       }},
      {"RF02 late, CRP 10.1 and ESR 30", "",
       [](Record& r) {
         replace_hip(r, 91);
         r.result(kCrp, "10.1", "mg/L").result(kEsr, "30", "mm/h");
       }},
      {"RF02 day of operation unknown is late", "RF02",
       [](Record& r) {
         r.condition(icd("Z96.641")).result(kCrp, "10.1", "mg/L").result(kEsr, "31", "mm/h");
       }},
      {"RF02 a month that may be early or late: the late limits may hold", "RF02",
       [](Record& r) {
         r.procedure({std::string{kSnomedUri}, std::string{kHipReplacement},
                      R"("performedDateTime":"2026-08")"});
         r.result(kCrp, "10.1", "mg/L").result(kEsr, "31", "mm/h");
       }},
      {"RF02 a month that may be early or late: the early limit may hold", "RF02",
       [](Record& r) {
         r.procedure({std::string{kSnomedUri}, std::string{kHipReplacement},
                      R"("performedDateTime":"2026-08")"});
         r.result(kCrp, "100.1", "mg/L");
       }},
      {"RF02 a partial replacement is no total one", "",
       [](Record& r) {
         r.procedure({std::string{kSnomedUri}, "386649003", ""}).condition(snomed(kFever));
       }},
      {"RF01 early after a replacement: no white cells, CRP 100", "",
       [](Record& r) {
         replace_hip(r, 90);
         r.condition(snomed(kGroinPain)).result(kWbc, "18", "10*3/uL").result(kCrp, "100", "mg/L");
       }},
      {"RF01 early after a replacement: CRP 100.1", "RF01 RF02",
       [](Record& r) {
         replace_hip(r, 90);
         r.condition(snomed(kGroinPain)).result(kCrp, "100.1", "mg/L");
       }},
      {"RF01 late after a replacement: white cells count again", "RF01",
       [](Record& r) {
         replace_hip(r, 91);
         r.condition(snomed(kGroinPain)).result(kWbc, "11.1", "10*3/uL");
       }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, OfOtherInfectionsNeedEachPart) {
  const RedFlagCase cases[] = {
      {"RF07 fever, hip pain, no weight borne", "RF01 RF04 RF07",
       [](Record& r) {
         r.condition(snomed(kFever))
             .condition(snomed(kHipPain))
             .condition(snomed(kUnableToBearWeight));
       }},
      {"RF07 fever, hip pain, effusion", "RF01 RF07",
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kHipPain)).condition(icd("M25.451"));
       }},
      {"RF07 without fever", "RF04",
       [](Record& r) { r.condition(snomed(kHipPain)).condition(snomed(kUnableToBearWeight)); }},
      {"RF07 without hip pain", "RF01 RF04",
       [](Record& r) {
         r.condition(snomed(kFever))
             .condition(snomed(kGroinPain))
             .condition(snomed(kUnableToBearWeight));
       }},
      {"RF07 without the third part", "RF01",
       [](Record& r) { r.condition(snomed(kFever)).condition(snomed(kHipPain)); }},
      {"RF08 fever, back pain, intravenous drug use", "RF01 RF08",
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kLowBackPain)).condition(snomed("228388006"));
       }},
      {"RF08 fever, back pain, immunosuppression", "RF01 RF08",
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kLowBackPain)).condition(icd("D84.9"));
       }},
      {"RF08 without fever", "",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(icd("D84.9")); }},
      {"RF08 without back pain", "RF01",
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kGroinPain)).condition(icd("D84.9"));
       }},
      {"RF08 without a risk", "RF01",
       [](Record& r) { r.condition(snomed(kFever)).condition(snomed(kLowBackPain)); }},
      {"RF09 abdominal pain, fever, psoas sign", "RF09",
       [](Record& r) {
         r.condition(snomed(kFever)).item("abdominal_pain", "true").item("psoas_sign", "present");
       }},
      {"RF09 without abdominal pain", "",
       [](Record& r) {
         r.condition(snomed(kFever)).item("abdominal_pain", "false").item("psoas_sign", "present");
       }},
      {"RF09 without fever", "",
       [](Record& r) { r.item("abdominal_pain", "true").item("psoas_sign", "present"); }},
      {"RF09 psoas sign looked for, not found", "",
       [](Record& r) {
         r.condition(snomed(kFever)).item("abdominal_pain", "true").item("psoas_sign", "absent");
       }},
      {"RF09 psoas sign 91 d old", "",
       [](Record& r) {
         r.condition(snomed(kFever))
             .item("abdominal_pain", "true")
             .item("psoas_sign", "present", 91);
       }},
      {"RF17 fever, systolic 89, pulse 101", "RF17",
       [](Record& r) {
         r.condition(snomed(kFever))
             .result(kSystolic, "89", "mm[Hg]")
             .result(kPulse, "101", "/min");
       }},
      {"RF17 with pain", kSeptic,
       [](Record& r) {
         r.condition(snomed(kFever))
             .condition(snomed(kGroinPain))
             .result(kSystolic, "89", "mm[Hg]")
             .result(kPulse, "101", "/min");
       }},
      {"RF17 systolic 90", "",
       [](Record& r) {
         r.condition(snomed(kFever))
             .result(kSystolic, "90", "mm[Hg]")
             .result(kPulse, "101", "/min");
       }},
      {"RF17 pulse 100", "",
       [](Record& r) {
         r.condition(snomed(kFever))
             .result(kSystolic, "89", "mm[Hg]")
             .result(kPulse, "100", "/min");
       }},
      {"RF17 without fever", "",
       [](Record& r) { r.result(kSystolic, "89", "mm[Hg]").result(kPulse, "101", "/min"); }},
      {"RF17 pulse not known", "",
       [](Record& r) { r.condition(snomed(kFever)).result(kSystolic, "60", "mm[Hg]"); }},
      {"RF17 pressure 8 d old", "",
       [](Record& r) {
         r.condition(snomed(kFever))
             .result(kSystolic, "89", "mm[Hg]", 8)
             .result(kPulse, "101", "/min");
       }},
      {"RF18 ureteric stone, fever", "RF18",
       [](Record& r) { r.condition(icd("N20.1")).condition(snomed(kFever)); }},
      {"RF18 ureteric stone", "", [](Record& r) { r.condition(icd("N20.1")); }},
      {"RF18 stone of the kidney, fever", "",
       [](Record& r) { r.condition(icd("N20.0")).condition(snomed(kFever)); }},
  };
  expect_red_flags(cases);
}

}  // namespace
