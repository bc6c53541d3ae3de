// What is coded: the concepts of each row, statuses, and for how long they count.

#include <algorithm>
#include <string>

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

std::string fired_on(const ConditionText& condition, std::string_view patient = kMan) {
  const ReadRecord read{RecordBuilder{}.condition(condition), patient};
  return ids_of(red_flags_of(read.facts()));
}

ConditionText coded(std::string_view code) {
  return code.front() >= 'A' ? icd(code) : snomed(code);
}

TEST(RedFlags, FireOnTheirOwnCodesAndOnNoOthers) {
  const struct {
    const char* fired;
    std::vector<const char*> codes;
  } rows[] = {
      {"RF01", {"K68.12", "266463007", "K68.11", "K68.19", "M60.051", "M60.08"}},
      {"RF02", {"T84.51XA", "T84.52XD", "1268822006"}},
      {"RF03", {"M79.81", "K66.1", "D68.32"}},
      {"RF04",
       {"S72.001A", "S72.141B", "S72.22XC", "M84.351A", "M84.551A", "5913000", "704063001",
        "409667007", "M97.01XA", "15970001000004108"}},
      {"RF05", {"T84.030A", "T84.031A", "T84.020A", "T84.021A", "240267008", "314201008"}},
      {"RF06", {"G83.4", "192970008"}},
      {"RF07", {"M00.051", "M00.851", "324481000119107"}},
      {"RF08", {"M46.26", "M46.36", "M46.46", "G06.1", "203241002"}},
      {"RF09", {"K37", "K35.80", "74400008", "K57.32", "K57.92", "307496006"}},
      {"RF11", {"C79.51", "C41.4", "94222008", "69559004", "94300004"}},
      {"RF12", {"I82.401", "128053003"}},
      {"RF13", {"M87.051", "203476003"}},
      {"RF14", {"K40.30", "K41.30", "772140004"}},
      {"RF15", {"34801009"}},
      {"RF16", {"M93.001"}},
      {"RF17", {"91302008", "A41.9"}},
      {"RF18", {"N10", "36689008"}},
      {"RF19", {"G57.21"}},
      // Bleeding and haematoma of unknown place, diverticulosis, an aneurysm without pain, an
      // infected prosthesis of an unknown joint or of a knee, a loose or dislocated knee.
      {"",
       {"R58", "385494008", "M00.9", "K57.30", "K57.90", "I71.4", "I72.3", "233985008", "T84.50XA",
        "T84.53XA", "T84.032A", "T84.022A", "T84.81XA"}},
  };
  for (const auto& row : rows) {
    for (const char* code : row.codes) {
      SCOPED_TRACE(code);
      EXPECT_EQ(fired_on(coded(code)), row.fired);
    }
  }
}

TEST(RedFlags, FireOnAnInfectionOfAnUnnamedJointOnlyWhereTheRestPointsToTheHip) {
  constexpr RedFlagCase kCases[] = {
      {"M00.9 alone", "", [](auto& r) { r.condition(icd("M00.9")); }},
      {"M00.9 with hip pain", "RF07",
       [](auto& r) { r.condition(icd("M00.9")).condition(snomed(kHipPain)); }},
      {"A18.02 with groin pain", "RF07",
       [](auto& r) { r.condition(icd("A18.02")).condition(snomed(kGroinPain)); }},
      {"T84.50 alone", "", [](auto& r) { r.condition(icd("T84.50XA")); }},
      {"T84.59 with a hip replacement", "RF02",
       [](auto& r) {
         r.condition(icd("T84.59XA"));
         replace_hip(r, 400);
       }},
  };
  expect_red_flags(kCases);
}

TEST(RedFlags, FireOnAnInjuryWhileItIsTreatedAndNotOnItsAftercare) {
  const struct {
    const char* evidence;
    const char* code;
    const char* fired;
  } rows[] = {
      {"RF04 initial, closed", "S72.001A", "RF04"},
      {"RF04 initial, open", "S72.001B", "RF04"},
      {"RF04 initial, open, severe", "S72.001C", "RF04"},
      {"RF04 routine healing", "S72.001D", ""},
      {"RF04 delayed healing", "S72.001G", "RF04"},
      {"RF04 nonunion", "S72.001K", "RF04"},
      {"RF04 malunion", "S72.001P", ""},
      {"RF04 sequela", "S72.001S", ""},
      {"RF04 stress fracture, routine healing", "M84.351D", ""},
      {"RF04 stress fracture, delayed healing", "M84.351G", "RF04"},
      {"RF04 stress fracture, sequela", "M84.351S", ""},
      {"RF04 periprosthetic, aftercare", "M97.01XD", ""},
      {"RF04 the category alone", "S72.0", "RF04"},
      {"RF02 is no injury: D counts", "T84.51XD", "RF02"},
      {"RF02 sequela", "T84.51XS", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(fired_on(icd(row.code)), row.fired);
  }
}

TEST(RedFlags, CountWhatIsSuspectedAndNotWhatIsPastOrRefuted) {
  const struct {
    const char* clinical;
    const char* verification;
    bool fires;
  } rows[] = {
      {"active", "confirmed", true},         {"recurrence", "confirmed", true},
      {"relapse", "confirmed", true},        {"", "", true},
      {"active", "provisional", true},       {"active", "differential", true},
      {"active", "unconfirmed", true},       {"active", "refuted", false},
      {"active", "entered-in-error", false}, {"resolved", "confirmed", false},
      {"inactive", "confirmed", false},      {"remission", "confirmed", false},
      {"resolved", "provisional", false},    {"flourishing", "confirmed", true},
      {"active", "believed", true},          {"unknown", "confirmed", true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string{row.clinical} + ' ' + row.verification);
    for (const char* code : {"K68.12", "S72.001A", "T84.030A", "G57.21"}) {
      auto condition = icd(code);
      condition.clinical_status = row.clinical;
      condition.verification_status = row.verification;
      EXPECT_EQ(!fired_on(condition).empty(), row.fires) << code;
    }
    auto pain = snomed(kGroinPain);
    pain.clinical_status = row.clinical;
    pain.verification_status = row.verification;
    const ReadRecord read{RecordBuilder{}.condition(pain).condition(snomed(kFever))};
    EXPECT_EQ(ids_of(red_flags_of(read.facts())), row.fires ? "RF01" : "") << "pain";
  }
}

TEST(RedFlags, OfAcuteConditionsCountForThirtyDaysFromOnsetOrRecordTheLater) {
  const auto onset = [](int days_ago) { return R"("onsetDateTime":")" + day(days_ago) + '"'; };
  const auto recorded = [](int days_ago) { return R"("recordedDate":")" + day(days_ago) + '"'; };
  const struct {
    const char* evidence;
    std::string more;
    bool fires;
  } rows[] = {
      {"neither is given", "", true},
      {"recorded 30 d ago", recorded(30), true},
      {"recorded 31 d ago", recorded(31), false},
      {"began 30 d ago", onset(30), true},
      {"began 31 d ago", onset(31), false},
      {"began long ago, recorded 30 d ago", onset(300) + ',' + recorded(30), true},
      {"began 30 d ago, recorded long ago", onset(30) + ',' + recorded(300), true},
      {"both 31 d ago", onset(31) + ',' + recorded(31), false},
      {"a month that may be recent enough", R"("onsetDateTime":"2026-10")", true},
      {"a month that is not", R"("onsetDateTime":"2026-09")", false},
      {"a year that may be recent enough", R"("recordedDate":"2026")", true},
  };
  // One coded condition of each acute row.
  const char* const acute[] = {"K68.12", "T84.51XA", "K66.1",   "S72.001A", "G83.4", "M00.051",
                               "M46.26", "K37",      "I82.401", "K40.30",   "A41.9", "N10"};
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    for (const char* code : acute) {
      auto condition = icd(code);
      condition.more = row.more;
      EXPECT_EQ(!fired_on(condition).empty(), row.fires) << code;
    }
    auto ectopic = snomed("34801009");
    ectopic.more = row.more;
    EXPECT_EQ(fired_on(ectopic, kWoman), row.fires ? "RF15" : "");
  }
}

TEST(RedFlags, OfLastingConditionsCountForAsLongAsTheyAreActive) {
  for (const char* code : {"T84.030A", "M93.001", "G57.21"}) {
    SCOPED_TRACE(code);
    auto condition = icd(code);
    condition.more = R"("onsetDateTime":"2019-03-01","recordedDate":"2019-03-02")";
    EXPECT_NE(fired_on(condition), "");
  }
}

TEST(RedFlags, StandInTheOrderOfTheirUrgencyEachOnce) {
  RecordBuilder record;
  for (const char* code : {"G57.21", "N10", "K68.12", "K68.11", "G83.4", "K68.12"}) {
    record.condition(icd(code));
  }
  const ReadRecord read{record};
  const auto flags = red_flags_of(read.facts());
  EXPECT_EQ(ids_of(flags), "RF06 RF01 RF18 RF19");
  const auto& abscess = flags.fired[1];
  EXPECT_EQ(abscess.reasons.size(), 3U);
  EXPECT_EQ(text_of(abscess.reasons.front()), "iliopsoas abscess (Condition/c3, K68.12)");
}

TEST(RedFlags, StandInOneOrderAllTogether) {
  RecordBuilder record;
  for (const char* code : {"K68.12", "T84.51XA", "K66.1", "S72.001A", "T84.030A", "G83.4",
                           "M00.051", "M46.26", "K37", "I71.30", "C79.51", "I82.401", "M87.052",
                           "K40.30", "O00.90", "M93.001", "A41.9", "N10", "G57.21"}) {
    record.condition(icd(code));
  }
  const ReadRecord read{record, kWoman};
  EXPECT_EQ(ids_of(red_flags_of(read.facts())),
            "RF17 RF10 RF06 RF03 RF02 RF01 RF09 RF15 RF14 RF07 RF08 RF18 RF12 RF04 RF05 RF19 RF16 "
            "RF11 RF13");
}

/// The first fired red flag that forbids that kind of order; empty for none.
std::string forbidding(const cdss::rules::RedFlags& flags, std::string_view kind) {
  for (const auto& flag : flags.fired) {
    if (std::ranges::find(flag.row->forbids, kind) != flag.row->forbids.end()) {
      return flag.row->id;
    }
  }
  return {};
}

TEST(RedFlags, ForbidWhatTheirRowsSay) {
  const ReadRecord abscess{RecordBuilder{}.condition(icd("K68.12"))};
  const auto flags = red_flags_of(abscess.facts());
  EXPECT_EQ(forbidding(flags, "injection"), "RF01");
  EXPECT_EQ(forbidding(flags, "steroid"), "RF01");
  EXPECT_EQ(forbidding(flags, "nsaid"), "RF01");
  EXPECT_EQ(forbidding(flags, "exercise"), "RF01");
  const ReadRecord haematoma{RecordBuilder{}.condition(icd("K66.1"))};
  const auto bleeding = red_flags_of(haematoma.facts());
  EXPECT_NE(forbidding(bleeding, "nsaid"), "");
  EXPECT_EQ(forbidding(bleeding, "steroid"), "");
  for (const auto& row : ShippedRules::get().knowledge->red_flags.rows) {
    const auto forbids = [&](const char* kind) {
      return std::ranges::find(row.forbids, kind) != row.forbids.end();
    };
    EXPECT_TRUE(forbids("injection") && forbids("exercise")) << row.id;
    EXPECT_EQ(forbids("nsaid"), row.id != "RF11" && row.id != "RF13" && row.id != "RF16") << row.id;
  }
}

}  // namespace
