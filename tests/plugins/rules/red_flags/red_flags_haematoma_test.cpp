// RF03 and RF19.

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
      {"RF03 INR 14 d old", "RF03",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kInr, "5", "{INR}", 14);
       }},
      {"RF03 INR 15 d old", "",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kInr, "5", "{INR}", 15);
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
      {"RF03 Hb 30 d old", "RF03",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kHaemoglobin, "9", "g/dL", 30);
       }},
      {"RF03 Hb 31 d old", "",
       [](Record& r) {
         bleeding_risk(r);
         r.result(kHaemoglobin, "9", "g/dL", 31);
       }},
      {"RF03 RF19 weak knee extension", "RF03 RF19",
       [](Record& r) {
         bleeding_risk(r);
         r.item("quadriceps_weakness", "true");
       }},
      {"RF19 weak knee extension, no bleeding risk", "RF19",
       [](Record& r) { r.condition(snomed(kHipPain)).item("quadriceps_weakness", "true"); }},
      {"RF19 weak knee extension, old pain", "",
       [](Record& r) {
         r.condition(began(snomed(kHipPain), 91)).item("quadriceps_weakness", "true");
       }},
      {"RF19 weak knee extension of 15 d ago", "",
       [](Record& r) { r.condition(snomed(kHipPain)).item("quadriceps_weakness", "true", 15); }},
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

TEST(RedFlags, OfAHaematomaTakeARecentOnsetForAcuteUnlessTheFormSaysSlow) {
  const struct {
    const char* evidence;
    int began_days_ago;
    const char* onset;  ///< of the form; empty for none
    bool fires;
  } rows[] = {
      {"RF03 began 7 d ago", 7, "", true},
      {"RF03 began 8 d ago", 8, "", false},
      {"RF03 began 7 d ago, slowly", 7, "onset-gradual", false},
      {"RF03 began 7 d ago, over days", 7, "onset-subacute", false},
      {"RF03 began 90 d ago, suddenly", 90, "onset-sudden", true},
      {"RF03 began 91 d ago, suddenly: no new pain", 91, "onset-sudden", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    RecordBuilder record;
    record.condition(began(snomed(kGroinPain), row.began_days_ago)).medication("11289");
    if (*row.onset != '\0') {
      record.item("onset", row.onset);
    }
    const ReadRecord read{record};
    EXPECT_EQ(ids_of(red_flags_of(read.facts())), row.fires ? "RF03" : "");
  }
}

TEST(RedFlags, TakeALowHaemoglobinThatIsSteadyForKnown) {
  const struct {
    const char* evidence;
    const char* before;
    int before_days_ago;
    const char* newest;
    bool fires;
  } rows[] = {
      {"RF03 by 1.0", "10.4", 20, "9.4", false},
      {"RF03 by 1.1", "10.4", 20, "9.3", true},
      {"RF03 the same", "9.4", 20, "9.4", false},
      {"RF03 risen", "8.0", 20, "9.4", false},
      {"RF03 the one before 365 d ago", "9.4", 365, "9.4", false},
      {"RF03 the one before 366 d ago", "9.4", 366, "9.4", true},
      {"RF03 the one before is open", "<10", 20, "9.4", true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    RecordBuilder record;
    bleeding_risk(record);
    record.result(kHaemoglobin, row.newest, "g/dL")
        .result(kHaemoglobin, row.before, "g/dL", row.before_days_ago);
    const ReadRecord read{record};
    EXPECT_EQ(ids_of(red_flags_of(read.facts())), row.fires ? "RF03" : "");
  }
}

TEST(RedFlags, SeeAFallOfHaemoglobinOfTwoWithinAYear) {
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
      {"RF03 the first 365 d ago", "14.0", 365, "12.0", "g/dL", true},
      {"RF03 the first 366 d ago", "14.0", 366, "12.0", "g/dL", false},
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

}  // namespace
