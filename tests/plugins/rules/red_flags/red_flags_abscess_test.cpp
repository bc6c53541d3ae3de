// RF01, with its limits, units and windows.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

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

TEST(RedFlags, OfAnAbscessCountWhiteCellsBesideARaisedTemperatureOrCrp) {
  const struct {
    const char* evidence;
    const char* white_cells;
    const char* unit;
    const char* temperature;
    const char* crp;
    bool fires;
  } rows[] = {
      {"RF01 alone", "19", "10*3/uL", "36.8", "5", false},
      {"RF01 with 37.4 Cel", "11.1", "10*3/uL", "37.4", "5", false},
      {"RF01 with 37.5 Cel", "11.1", "10*3/uL", "37.5", "5", true},
      {"RF01 with CRP 10", "11.1", "10*3/uL", "36.8", "10", false},
      {"RF01 with CRP 10.1", "11.1", "10*3/uL", "36.8", "10.1", true},
      {"RF01 11", "11", "10*3/uL", "37.9", "40", false},
      {"RF01 11000 /uL", "11000", "/uL", "37.9", "40", false},
      {"RF01 11100 /uL", "11100", "/uL", "37.9", "40", true},
      {"RF01 11 10*9/L", "11", "10*9/L", "37.9", "40", false},
      {"RF01 11.1 10*9/L", "11.1", "10*9/L", "37.9", "40", true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const ReadRecord read{RecordBuilder{}
                              .condition(snomed(kGroinPain))
                              .result(kWbc, row.white_cells, row.unit)
                              .result(kTemperature, row.temperature, "Cel")
                              .result(kCrp, row.crp, "mg/L")};
    EXPECT_EQ(ids_of(red_flags_of(read.facts())), row.fires ? "RF01" : "");
  }
}

/// Pain in the groin, and white cells beside a raised temperature.
void white_cells(Record& r) {
  r.condition(snomed(kGroinPain)).result(kWbc, "14", "10*3/uL").result(kTemperature, "37.6", "Cel");
}

TEST(RedFlags, OfAnAbscessCountNoWhiteCellsThatSomethingElseRaises) {
  const RedFlagCase cases[] = {
      {"RF01 nothing else", "RF01", white_cells, kWoman},
      {"RF01 pregnant", "",
       [](Record& r) {
         white_cells(r);
         r.condition(icd("Z33.1"));
       },
       kWoman},
      {"RF01 corticosteroid", "",
       [](Record& r) {
         white_cells(r);
         r.medication("Prednisone 5 MG Oral Tablet");
       }},
      {"RF01 corticosteroid for the skin", "RF01",
       [](Record& r) {
         white_cells(r);
         r.medication("hydrocortisone 1 % cream");
       }},
      {"RF01 long-term corticosteroid coded", "",
       [](Record& r) {
         white_cells(r);
         r.condition(icd("Z79.52"));
       }},
      {"RF01 early after a hip replacement", "",
       [](Record& r) {
         white_cells(r);
         replace_hip(r, 90);
       }},
      {"RF01 late after it", "RF01",
       [](Record& r) {
         white_cells(r);
         replace_hip(r, 91);
       }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, OfAnAbscessNeedANewPain) {
  const RedFlagCase cases[] = {
      {"RF01 of 90 d", "RF01",
       [](Record& r) { r.condition(began(snomed(kGroinPain), 90)).result(kCrp, "60", "mg/L"); }},
      {"RF01 of 91 d", "",
       [](Record& r) { r.condition(began(snomed(kGroinPain), 91)).result(kCrp, "60", "mg/L"); }},
      {"RF01 of 91 d and worse", "RF01",
       [](Record& r) {
         r.condition(began(snomed(kGroinPain), 91))
             .item("pain_worse", "true")
             .result(kCrp, "60", "mg/L");
       }},
      {"RF01 of 91 d, fever", "",
       [](Record& r) { r.condition(began(snomed(kHipPain), 91)).condition(snomed(kFever)); }},
      {"RF01 flank pain", "RF01",
       [](Record& r) { r.condition(icd("R10.A1")).result(kCrp, "60", "mg/L"); }},
      {"RF01 buttock pain, which is no pain of the rule", "",
       [](Record& r) { r.condition(snomed(kButtockPain)).result(kCrp, "60", "mg/L"); }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, LeaveAFeverThatInfluenzaExplainsToThePrompt) {
  const RedFlagCase cases[] = {
      {"RF01 influenza of 14 d", "MM01",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(snomed(kFever));
         r.condition(recorded(icd("J10.1"), 14));
       }},
      {"RF01 influenza of 15 d", "RF01",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(snomed(kFever));
         r.condition(recorded(icd("J10.1"), 15));
       }},
      {"RF01 COVID-19, CRP 50", "MM01",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(snomed(kFever)).condition(icd("U07.1"));
         r.result(kCrp, "50", "mg/L");
       }},
      {"RF01 COVID-19, CRP 50.1", "RF01",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(snomed(kFever)).condition(icd("U07.1"));
         r.result(kCrp, "50.1", "mg/L");
       }},
      {"RF01 COVID-19, psoas sign", "RF01",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(snomed(kFever)).condition(icd("U07.1"));
         r.item("psoas_sign", "present");
       }},
      {"RF01 COVID-19, diabetes", "RF01",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(snomed(kFever)).condition(icd("U07.1"));
         r.condition(icd("E11.9"));
       }},
  };
  expect_prompts(cases);
}

TEST(RedFlags, TakeAFeverForGoneWhenANewerTemperatureSaysSo) {
  const RedFlagCase cases[] = {
      {"RF01 coded fever of 14 d", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).condition(recorded(snomed(kFever), 14)); }},
      {"RF01 coded fever of 15 d", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).condition(recorded(snomed(kFever), 15)); }},
      {"RF01 37.4 Cel since", "",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(recorded(snomed(kFever), 3));
         r.result(kTemperature, "37.4", "Cel", 2);
       }},
      {"RF01 37.5 Cel since", "RF01",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(recorded(snomed(kFever), 3));
         r.result(kTemperature, "37.5", "Cel", 2);
       }},
      {"RF01 37.4 Cel of the same day", "RF01",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(recorded(snomed(kFever), 3));
         r.result(kTemperature, "37.4", "Cel", 3);
       }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, TakeWhatIsOldOrCannotBeInterpretedForUnknown) {
  const RedFlagCase cases[] = {
      {"RF01 temperature 7 d old", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kTemperature, "39", "Cel", 7); }},
      {"RF01 temperature 8 d old", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kTemperature, "39", "Cel", 8); }},
      {"RF01 CRP 30 d old", "RF01",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, "200", "mg/L", 30); }},
      {"RF01 CRP 31 d old", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).result(kCrp, "200", "mg/L", 31); }},
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

}  // namespace
