// RF03, RF04, RF06, RF10, RF11, RF12 by their patterns.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

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
    EXPECT_EQ(ids_of(red_flags_of(read.facts())), row.fires ? "RF03" : "");
  }
  RecordBuilder regained;
  bleeding_risk(regained);
  regained.result(kHaemoglobin, "15", "g/dL", 40)
      .result(kHaemoglobin, "12", "g/dL", 20)
      .result(kHaemoglobin, "14", "g/dL");
  const ReadRecord read{regained};
  EXPECT_EQ(ids_of(red_flags_of(read.facts())), "") << "only the two newest are compared";
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
      {"cancelled", "11289", "cancelled", false},
      {"on hold: it can be resumed", "11289", "on-hold", true},
      {"unknown: it may be taken", "11289", "unknown", true},
      {"a status that is none", "11289", "taking", true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const ReadRecord read{RecordBuilder{}
                              .condition(snomed(kGroinPain))
                              .item("onset", "onset-acute")
                              .medication(row.medication, row.status)};
    EXPECT_EQ(ids_of(red_flags_of(read.facts())), row.fires ? "RF03" : "");
  }
  const ReadRecord coded{RecordBuilder{}
                             .condition(snomed(kGroinPain))
                             .item("onset", "onset-acute")
                             .condition(icd("Z79.01"))};
  EXPECT_EQ(ids_of(red_flags_of(coded.facts())), "RF03") << "Z79.01";
}

ConditionText of_day(const char* code, int days_ago) {
  auto condition = icd(code);
  condition.more = R"("onsetDateTime":")" + day(days_ago) + '"';
  return condition;
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
      {"RF06 retention of 90 days", "RF06",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(of_day("R33.9", 90)); }},
      {"RF06 retention of 91 days", "",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(of_day("R33.9", 91)); }},
      {"RF06 incontinence of 91 days", "",
       [](Record& r) { r.condition(icd("M54.31")).condition(of_day("R15.9", 91)); }},
      {"RF06 retention of some day of a month, perhaps 90 days ago", "RF06",
       [](Record& r) {
         auto retention = icd("R33.9");
         retention.more = R"("onsetDateTime":"2026-08")";
         r.condition(snomed(kLowBackPain)).condition(retention);
       }},
      {"RF06 old back pain, retention of today", "RF06",
       [](Record& r) { r.condition(of_day("M54.50", 900)).condition(of_day("R33.9", 0)); }},
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

}  // namespace
