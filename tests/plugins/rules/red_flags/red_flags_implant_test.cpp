// RF02 and RF05: what an implant asks for.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

/// Adds pain of the hip beside a replacement of so many days ago.
void implant(Record& r, int days_ago) {
  replace_hip(r, days_ago);
  r.condition(snomed(kHipPain));
}

/// Adds a replacement of which the month alone is known: 82 to 112 days ago.
void replace_hip_in_august(Record& r) {
  r.procedure(
      {std::string{kSnomedUri}, std::string{kHipReplacement}, R"("performedDateTime":"2026-08")"});
}

TEST(RedFlags, OfAProstheticInfectionKeepTwoSetsOfLimits) {
  const struct {
    const char* evidence;
    int operated_days_ago;
    const char* crp;
    const char* esr;
    const char* fired;
  } rows[] = {
      {"RF02 early, CRP 100", 90, "100", "80", ""},
      {"RF02 early, CRP 100.1", 90, "100.1", "5", "RF02 RF01"},
      {"RF02 late, CRP 10.1 and ESR 31", 91, "10.1", "31", "RF02"},
      {"RF02 late, CRP 10 and ESR 31", 91, "10", "31", ""},
      {"RF02 late, CRP 10.1 and ESR 30", 91, "10.1", "30", ""},
      {"RF02 late, CRP 50 alone", 91, "50", "5", ""},
      {"RF02 late, CRP 50.1 alone", 91, "50.1", "5", "RF02 RF01"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    RecordBuilder record;
    implant(record, row.operated_days_ago);
    record.result(kCrp, row.crp, "mg/L").result(kEsr, row.esr, "mm/h");
    const ReadRecord read{record};
    EXPECT_EQ(ids_of(red_flags_of(read.facts())), row.fired);
  }
}

TEST(RedFlags, OfAProstheticInfectionNeedPainBesideAnImplant) {
  const RedFlagCase cases[] = {
      {"RF02 fever, no implant", "", [](Record& r) { r.condition(snomed(kFever)); }},
      {"RF02 fever with pain", "RF02 RF01",
       [](Record& r) {
         implant(r, 400);
         r.condition(snomed(kFever));
       }},
      {"RF02 fever without pain, late", "",
       [](Record& r) {
         replace_hip(r, 91);
         r.condition(snomed(kFever));
       }},
      {"RF02 fever without pain, early", "RF02",
       [](Record& r) {
         replace_hip(r, 90);
         r.condition(snomed(kFever));
       }},
      {"RF02 buttock pain is pain of the hip region", "RF02",
       [](Record& r) {
         replace_hip(r, 400);
         r.condition(snomed(kButtockPain)).condition(snomed(kFever));
       }},
      {"RF02 low back pain is not", "RF01",
       [](Record& r) {
         replace_hip(r, 400);
         r.condition(snomed(kLowBackPain)).condition(snomed(kFever));
       }},
      {"RF02 pain of the other hip", "RF01",
       [](Record& r) {
         r.condition(icd("Z96.641")).condition(icd("M25.552")).condition(snomed(kFever));
       }},
      {"RF02 pain of that hip", "RF02 RF01",
       [](Record& r) {
         r.condition(icd("Z96.641")).condition(icd("M25.551")).condition(snomed(kFever));
       }},
      {"RF02 partial replacement", "RF02 RF01",
       [](Record& r) {
         r.procedure({std::string{kSnomedUri}, "386649003", ""});
         r.condition(snomed(kHipPain)).condition(snomed(kFever));
       }},
      {"RF02 day of operation unknown is late", "RF02",
       [](Record& r) {
         r.condition(icd("Z96.641")).condition(snomed(kHipPain));
         r.result(kCrp, "10.1", "mg/L").result(kEsr, "31", "mm/h");
       }},
      {"RF02 perhaps late", "RF02",
       [](Record& r) {
         replace_hip_in_august(r);
         r.condition(snomed(kHipPain));
         r.result(kCrp, "10.1", "mg/L").result(kEsr, "31", "mm/h");
       }},
      {"RF02 perhaps early: fever without pain of the hip", "RF02",
       [](Record& r) {
         replace_hip_in_august(r);
         r.condition(snomed(kFever));
       }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, OfAProstheticInfectionHaveWindows) {
  const RedFlagCase cases[] = {
      {"RF02 CRP and ESR of 30 d", "RF02",
       [](Record& r) {
         implant(r, 400);
         r.result(kCrp, "12", "mg/L", 30).result(kEsr, "40", "mm/h", 30);
       }},
      {"RF02 CRP of 31 d", "",
       [](Record& r) {
         implant(r, 400);
         r.result(kCrp, "12", "mg/L", 31).result(kEsr, "40", "mm/h", 30);
       }},
      {"RF02 ESR of 31 d", "",
       [](Record& r) {
         implant(r, 400);
         r.result(kCrp, "12", "mg/L", 30).result(kEsr, "40", "mm/h", 31);
       }},
      {"RF02 markers of before the operation", "RF01",
       [](Record& r) {
         implant(r, 10);
         r.result(kCrp, "120", "mg/L", 11);
       }},
      {"RF02 CRP 10.1 after bacteraemia of 90 d", "RF02",
       [](Record& r) {
         implant(r, 400);
         r.result(kCrp, "10.1", "mg/L").condition(recorded(icd("R78.81"), 90));
       }},
      {"RF02 CRP 10.1 after bacteraemia of 91 d", "",
       [](Record& r) {
         implant(r, 400);
         r.result(kCrp, "10.1", "mg/L").condition(recorded(icd("R78.81"), 91));
       }},
      {"RF02 CRP 10.1 after sepsis of 90 d", "RF02",
       [](Record& r) {
         implant(r, 400);
         r.result(kCrp, "10.1", "mg/L").condition(recorded(icd("A41.9"), 90));
       }},
      {"RF02 CRP 10 after bacteraemia", "",
       [](Record& r) {
         implant(r, 400);
         r.result(kCrp, "10", "mg/L").condition(icd("R78.81"));
       }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, OfAProstheticInfectionSeeTheWound) {
  const RedFlagCase cases[] = {
      {"RF02 wound item, late, no pain", "RF02",
       [](Record& r) {
         replace_hip(r, 4000);
         r.item("wound_problem", "true");
       }},
      {"RF02 wound item, no implant", "", [](Record& r) { r.item("wound_problem", "true"); }},
      {"RF02 wound item of 31 d", "",
       [](Record& r) {
         replace_hip(r, 4000);
         r.item("wound_problem", "true", 31);
       }},
      {"RF02 wound coded 30 d ago, early", "RF02",
       [](Record& r) {
         replace_hip(r, 90);
         r.condition(recorded(icd("T81.31XA"), 30));
       }},
      {"RF02 wound coded 31 d ago, early", "",
       [](Record& r) {
         replace_hip(r, 90);
         r.condition(recorded(icd("T81.31XA"), 31));
       }},
      {"RF02 wound coded, late", "",
       [](Record& r) {
         replace_hip(r, 91);
         r.condition(icd("T81.31XA"));
       }},
  };
  expect_red_flags(cases);
}

/// An implant, and pain of the hip that came suddenly.
void sudden(Record& r) {
  implant(r, 400);
  r.item("onset", "onset-sudden");
}

TEST(RedFlags, OfAnImplantThatFailsNeedASuddenPainAndASign) {
  const RedFlagCase cases[] = {
      {"RF05 sudden pain alone", "", sudden},
      {"RF05 leg shortened", "RF05",
       [](Record& r) {
         sudden(r);
         r.item("leg_shortened_or_rotated", "present");
       }},
      {"RF05 unable to bear weight for 30 d", "RF04 RF05",
       [](Record& r) {
         sudden(r);
         r.condition(recorded(snomed(kUnableToBearWeight), 30));
       }},
      {"RF05 unable to bear weight for 31 d", "",
       [](Record& r) {
         sudden(r);
         r.condition(recorded(snomed(kUnableToBearWeight), 31));
       }},
      {"RF05 unequal legs of 30 d", "RF05",
       [](Record& r) {
         sudden(r);
         r.condition(recorded(icd("M21.751"), 30));
       }},
      {"RF05 unequal legs of 31 d", "",
       [](Record& r) {
         sudden(r);
         r.condition(recorded(icd("M21.751"), 31));
       }},
      {"RF05 unequal legs of no day", "",
       [](Record& r) {
         sudden(r);
         r.condition(icd("M21.751"));
       }},
      {"RF05 gradual", "",
       [](Record& r) {
         implant(r, 400);
         r.item("onset", "onset-gradual").item("leg_shortened_or_rotated", "present");
       }},
      {"RF05 began 2 d ago", "RF05",
       [](Record& r) {
         replace_hip(r, 400);
         r.condition(began(snomed(kHipPain), 2)).item("leg_shortened_or_rotated", "present");
       }},
      {"RF05 began 3 d ago", "",
       [](Record& r) {
         replace_hip(r, 400);
         r.condition(began(snomed(kHipPain), 3)).item("leg_shortened_or_rotated", "present");
       }},
      {"RF05 the other hip", "",
       [](Record& r) {
         r.condition(icd("Z96.641")).condition(icd("M25.552")).item("onset", "onset-sudden");
         r.item("leg_shortened_or_rotated", "present");
       }},
      {"RF05 no implant", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("onset", "onset-sudden");
         r.item("leg_shortened_or_rotated", "present");
       }},
  };
  expect_red_flags(cases);
}

}  // namespace
