// MM03, MM04, MM05, MM06, MM07: bleeding, fracture, implant.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

TEST(Prompts, OfAHaematomaAskForAnOnsetThatIsNotKnown) {
  const RedFlagCase cases[] = {
      {"MM03 nothing of the onset", "MM03", bleeding_risk},
      {"MM03 bleeding disorder", "MM03",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(icd("D66")); }},
      {"MM03 no bleeding risk", "", [](Record& r) { r.condition(snomed(kGroinPain)); }},
      {"MM03 gradual", "",
       [](Record& r) {
         bleeding_risk(r);
         r.item("onset", "onset-gradual");
       }},
      {"MM03 gradual, said 91 d ago", "MM03",
       [](Record& r) {
         bleeding_risk(r);
         r.item("onset", "onset-gradual", 91);
       }},
      {"MM03 began 8 d ago", "",
       [](Record& r) { r.condition(began(snomed(kGroinPain), 8)).medication("11289"); }},
      {"MM03 lasts a week", "MM03",
       [](Record& r) {
         bleeding_risk(r);
         r.item("duration_weeks", quantity("1", "wk"));
       }},
      {"MM03 lasts two weeks", "",
       [](Record& r) {
         bleeding_risk(r);
         r.item("duration_weeks", quantity("2", "wk"));
       }},
      {"MM03 recorded 90 d ago", "MM03",
       [](Record& r) { r.condition(recorded(snomed(kGroinPain), 90)).medication("11289"); }},
      {"MM03 recorded 91 d ago", "",
       [](Record& r) { r.condition(recorded(snomed(kGroinPain), 91)).medication("11289"); }},
      {"MM03 beside RF03", "RF03",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kInr, "3.1", "{INR}");
       }},
  };
  expect_prompts(cases);
}

TEST(Prompts, OfAFractureNeedAFallWithARiskOrASign) {
  const RedFlagCase cases[] = {
      {"MM04 fall alone", "",
       [](Record& r) { r.condition(snomed(kHipPain)).item("recent_fall", "true"); }},
      {"MM04 osteoporosis", "MM04",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("recent_fall", "true").condition(icd("M81.0"));
       }},
      {"MM04 pain on log roll", "MM04",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("recent_fall", "true");
         r.item("log_roll_pain", "present");
       }},
      {"MM04 limp of 30 d", "MM04",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("recent_fall", "true");
         r.condition(recorded(snomed("16973004"), 30));
       }},
      {"MM04 limp of 31 d", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("recent_fall", "true");
         r.condition(recorded(snomed("16973004"), 31));
       }},
      {"MM04 both", "RF04",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("recent_fall", "true").condition(icd("M81.0"));
         r.item("log_roll_pain", "present");
       }},
      {"MM04 repeated falls coded 14 d ago", "MM04",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(recorded(icd("R29.6"), 14));
         r.condition(icd("M81.0"));
       }},
      {"MM04 fall coded 15 d ago", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(recorded(icd("W19.XXXA"), 15));
         r.condition(icd("M81.0"));
       }},
      {"MM04 old pain", "",
       [](Record& r) {
         r.condition(began(snomed(kHipPain), 91)).item("recent_fall", "true");
         r.condition(icd("M81.0"));
       }},
      {"MM04 old pain, worse", "MM04",
       [](Record& r) {
         r.condition(began(snomed(kHipPain), 91)).item("recent_fall", "true");
         r.condition(icd("M81.0")).item("pain_worse", "true");
       }},
  };
  expect_prompts(cases);
}

TEST(Prompts, OfAnAtypicalFractureNeedAnAntiresorptiveAndPainOfTheThigh) {
  const RedFlagCase cases[] = {
      {"MM05 Z79.83, old thigh pain", "MM05",
       [](Record& r) { r.condition(icd("Z79.83")).condition(began(snomed(kThighPain), 900)); }},
      {"MM05 Z79.83, groin pain of 90 d", "MM05",
       [](Record& r) { r.condition(icd("Z79.83")).condition(began(snomed(kGroinPain), 90)); }},
      {"MM05 Z79.83, groin pain of 91 d", "",
       [](Record& r) { r.condition(icd("Z79.83")).condition(began(snomed(kGroinPain), 91)); }},
      {"MM05 Z79.83, hip pain", "",
       [](Record& r) { r.condition(icd("Z79.83")).condition(snomed(kHipPain)); }},
      {"MM05 alendronate", "MM05",
       [](Record& r) {
         r.condition(snomed(kThighPain)).medication("Alendronate 70 MG Oral Tablet");
       }},
      {"MM05 denosumab", "MM05",
       [](Record& r) { r.condition(snomed(kThighPain)).medication("Prolia 60 mg"); }},
      {"MM05 alendronate ended 365 d ago", "MM05",
       [](Record& r) {
         r.condition(snomed(kThighPain)).medication("alendronate", "completed", 365);
       }},
      {"MM05 alendronate ended 366 d ago", "",
       [](Record& r) {
         r.condition(snomed(kThighPain)).medication("alendronate", "completed", 366);
       }},
      {"MM05 beside RF04", "RF04",
       [](Record& r) {
         r.condition(icd("Z79.83")).condition(snomed(kThighPain));
         r.condition(snomed(kUnableToBearWeight));
       }},
  };
  expect_prompts(cases);
}

/// A runner with old pain of the hip.
Record& runner(Record& r) {
  return r.condition(began(snomed(kHipPain), 900)).condition(icd("Y93.02"));
}

TEST(Prompts, OfAStressFractureNeedSportAndASignOrPainOnHopping) {
  const RedFlagCase cases[] = {
      {"MM06 running alone", "", [](Record& r) { runner(r); }},
      {"MM06 pain at night", "MM06", [](Record& r) { runner(r).item("night_pain", "true"); }},
      {"MM06 pain at rest", "MM06", [](Record& r) { runner(r).item("rest_pain", "true"); }},
      {"MM06 on weight bearing", "MM06",
       [](Record& r) { runner(r).item("weight_bearing_pain_constant", "present"); }},
      {"MM06 on log roll", "MM06", [](Record& r) { runner(r).item("log_roll_pain", "present"); }},
      {"MM06 log roll of 91 d", "",
       [](Record& r) { runner(r).item("log_roll_pain", "present", 91); }},
      {"MM06 hopping, no sport", "MM06",
       [](Record& r) { r.condition(snomed(kGroinPain)).item("hop_test_pain", "present"); }},
      {"MM06 hopping without pain", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).item("hop_test_pain", "absent"); }},
      {"MM06 pain at night, no sport", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).item("night_pain", "true"); }},
      {"MM06 physical inactivity is no sport", "",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(icd("Z72.3")).item("night_pain", "true");
       }},
      {"MM06 back pain", "",
       [](Record& r) { r.condition(snomed(kLowBackPain)).item("hop_test_pain", "present"); }},
      {"MM06 beside RF04", "RF04",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).item("hop_test_pain", "present");
         r.condition(snomed(kUnableToBearWeight));
       }},
  };
  expect_prompts(cases);
}

/// An implant of half a year, and pain of the hip that began so many days ago.
Record& implant(Record& r, int began_days_ago) {
  replace_hip(r, 180);
  return r.condition(began(snomed(kHipPain), began_days_ago));
}

TEST(Prompts, OfAnImplantThatFailsNeedASign) {
  const RedFlagCase cases[] = {
      {"MM07 pain alone", "", [](Record& r) { implant(r, 40); }},
      {"MM07 on weight bearing", "MM07",
       [](Record& r) { implant(r, 900).item("weight_bearing_pain_constant", "present"); }},
      {"MM07 sudden, of 90 d", "MM07",
       [](Record& r) { implant(r, 90).item("onset", "onset-sudden"); }},
      {"MM07 sudden, of 91 d", "", [](Record& r) { implant(r, 91).item("onset", "onset-sudden"); }},
      {"MM07 gradual", "", [](Record& r) { implant(r, 40).item("onset", "onset-gradual"); }},
      {"MM07 wear", "MM07", [](Record& r) { implant(r, 40).condition(icd("T84.050A")); }},
      {"MM07 loosening under aftercare", "MM07",
       [](Record& r) { implant(r, 40).condition(icd("T84.030D")); }},
      {"MM07 loosening treated now is RF05", "RF05",
       [](Record& r) { implant(r, 40).condition(icd("T84.030A")); }},
      {"MM07 pain of the other hip", "",
       [](Record& r) {
         r.condition(icd("Z96.641")).condition(icd("M25.552"));
         r.item("weight_bearing_pain_constant", "present");
       }},
      {"MM07 no implant", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("weight_bearing_pain_constant", "present");
       }},
  };
  expect_prompts(cases);
}

}  // namespace
