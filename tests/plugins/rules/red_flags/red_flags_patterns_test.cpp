// RF04, RF06, RF11 by their patterns.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

TEST(RedFlags, OfAFractureNeedNewPainAndNoWeightBornOrAFall) {
  const RedFlagCase cases[] = {
      {"RF04 unable to bear weight for 30 d", "RF04",
       [](Record& r) {
         r.condition(recorded(snomed(kUnableToBearWeight), 30)).condition(snomed(kGroinPain));
       }},
      {"RF04 unable to bear weight for 31 d", "",
       [](Record& r) {
         r.condition(recorded(snomed(kUnableToBearWeight), 31)).condition(snomed(kGroinPain));
       }},
      {"RF04 pain of 91 d", "",
       [](Record& r) {
         r.condition(snomed(kUnableToBearWeight)).condition(began(snomed(kGroinPain), 91));
       }},
      {"RF04 unable to bear weight", "",
       [](Record& r) { r.condition(snomed(kUnableToBearWeight)); }},
      {"RF04 with knee pain, which is no pain of the rule", "",
       [](Record& r) { r.condition(snomed(kUnableToBearWeight)).condition(snomed(kKneePain)); }},
      {"RF04 fall, osteoporosis, limp", "RF04",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("recent_fall", "true");
         r.condition(icd("M81.0")).condition(snomed("16973004"));
       }},
      {"RF04 fall of 14 d, long-term corticosteroid, pain on log roll", "RF04",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(recorded(icd("W19.XXXA"), 14));
         r.condition(icd("Z79.52")).item("log_roll_pain", "present");
       }},
      {"RF04 fall of 15 d", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(recorded(icd("W19.XXXA"), 15));
         r.condition(icd("Z79.52")).item("log_roll_pain", "present");
       }},
      {"RF04 aftercare of a fall", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(icd("W19.XXXD"));
         r.condition(icd("Z79.52")).item("log_roll_pain", "present");
       }},
      {"RF04 item of 15 d", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("recent_fall", "true", 15);
         r.condition(icd("M81.0")).item("log_roll_pain", "present");
       }},
      {"RF04 no risk", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("recent_fall", "true");
         r.item("log_roll_pain", "present");
       }},
      {"RF04 no sign", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("recent_fall", "true").condition(icd("M81.0"));
       }},
      {"RF04 limp of 31 d", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("recent_fall", "true").condition(icd("M81.0"));
         r.condition(recorded(snomed("16973004"), 31));
       }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, OfAFractureTakeAgeFromSixtyFiveForARisk) {
  const auto fall = [](Record& r) {
    r.condition(snomed(kHipPain)).item("recent_fall", "true");
    r.item("weight_bearing_pain_constant", "present");
  };
  const RedFlagCase cases[] = {
      {"RF04 65 today", "RF04", fall, R"({"resourceType":"Patient","birthDate":"1961-11-21"})"},
      {"RF04 65 tomorrow", "", fall, R"({"resourceType":"Patient","birthDate":"1961-11-22"})"},
      {"RF04 perhaps 65", "RF04", fall, R"({"resourceType":"Patient","birthDate":"1961"})"},
      {"RF04 age unknown", "", fall, R"({"resourceType":"Patient"})"},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, OfTheCaudaEquinaNeedPainFromTheSpineAndANewSign) {
  const RedFlagCase cases[] = {
      {"RF06 back pain, retention", "RF06",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(icd("R33.9")); }},
      {"RF06 sciatica, faecal incontinence", "RF06",
       [](Record& r) { r.condition(icd("M54.31")).condition(icd("R15.9")); }},
      {"RF06 radiculopathy, retention", "RF06",
       [](Record& r) { r.condition(icd("M54.16")).condition(icd("R33.8")); }},
      {"RF06 retention of 14 days", "RF06",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(began(icd("R33.9"), 14)); }},
      {"RF06 retention of 15 days", "",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(began(icd("R33.9"), 15)); }},
      {"RF06 faecal incontinence of 15 days", "",
       [](Record& r) { r.condition(icd("M54.31")).condition(began(icd("R15.9"), 15)); }},
      {"RF06 old back pain, retention of today", "RF06",
       [](Record& r) { r.condition(began(icd("M54.50"), 900)).condition(began(icd("R33.9"), 0)); }},
      {"RF06 retention with a cause of its own", "",
       [](Record& r) {
         r.condition(snomed(kLowBackPain)).condition(icd("R33.9")).condition(icd("N40.1"));
       }},
      {"RF06 urinary incontinence of 14 d", "RF06",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(began(icd("R32"), 14)); }},
      {"RF06 urinary incontinence of 15 d", "",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(began(icd("R32"), 15)); }},
      {"RF06 urinary incontinence of no day", "",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(icd("R32")); }},
      {"RF06 urinary incontinence, old back pain", "",
       [](Record& r) { r.condition(began(icd("M54.50"), 91)).condition(began(icd("R32"), 1)); }},
      {"RF06 saddle numbness, old back pain", "RF06",
       [](Record& r) { r.condition(began(icd("M54.50"), 900)).item("saddle_numbness", "true"); }},
      {"RF06 change of bladder or bowel", "RF06",
       [](Record& r) { r.condition(icd("M54.31")).item("bladder_bowel_change", "true"); }},
      {"RF06 weakness of both legs", "RF06",
       [](Record& r) { r.condition(icd("M54.16")).item("bilateral_leg_weakness", "true"); }},
      {"RF06 saddle numbness of 14 d", "RF06",
       [](Record& r) { r.condition(icd("M54.16")).item("saddle_numbness", "true", 14); }},
      {"RF06 saddle numbness of 15 d", "",
       [](Record& r) { r.condition(icd("M54.16")).item("saddle_numbness", "true", 15); }},
      {"RF06 saddle numbness beside a cause of retention", "RF06",
       [](Record& r) {
         r.condition(icd("M54.16")).item("saddle_numbness", "true").condition(icd("N40.1"));
       }},
      {"RF06 groin pain, retention", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).condition(icd("R33.9")); }},
      {"RF06 back pain", "", [](Record& r) { r.condition(snomed(kLowBackPain)); }},
      {"RF06 retention", "", [](Record& r) { r.condition(icd("R33.9")); }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, OfMalignancyNeedPainWithWeightLossOrAtNight) {
  constexpr std::string_view kOf51 = R"({"resourceType":"Patient","birthDate":"1975-11-21"})";
  constexpr std::string_view kOf50 = R"({"resourceType":"Patient","birthDate":"1975-11-22"})";
  constexpr std::string_view kOf50Or51 = R"({"resourceType":"Patient","birthDate":"1975"})";
  constexpr std::string_view kOfNoAge = R"({"resourceType":"Patient"})";
  const auto wasting = [](Record& r) {
    r.condition(snomed(kHipPain)).condition(icd("R63.4")).item("night_pain", "true");
  };
  const RedFlagCase cases[] = {
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
      {"RF11 malignancy, pain at night", "RF11",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(icd("C50.911")).item("night_pain", "true");
       },
       kOf50},
      {"RF11 history of malignancy, old pain at rest", "RF11",
       [](Record& r) {
         r.condition(began(snomed(kHipPain), 900)).condition(icd("Z85.3"));
         r.item("rest_pain", "true");
       },
       kOf50},
      {"RF11 malignancy, weight loss", "RF11",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(icd("C50.911")).condition(icd("R63.4"));
       },
       kOf50},
      {"RF11 resolved malignancy, pain at night", "RF11",
       [](Record& r) {
         auto past = icd("C50.911");
         past.clinical_status = "resolved";
         r.condition(snomed(kHipPain)).condition(past).item("night_pain", "true");
       },
       kOf50},
      {"RF11 refuted malignancy, pain at night", "",
       [](Record& r) {
         auto refuted = icd("C50.911");
         refuted.verification_status = "refuted";
         r.condition(snomed(kHipPain)).condition(refuted).item("night_pain", "true");
       },
       kOf50},
      {"RF11 malignancy, pain by day", "",
       [](Record& r) { r.condition(snomed(kHipPain)).condition(icd("C50.911")); }, kOf50},
  };
  expect_red_flags(cases);
}

}  // namespace
