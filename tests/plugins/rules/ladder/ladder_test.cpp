#include "plugins/rules/ladder/ladder.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/plugins/rules/ladder/ladder_cases.hpp"

namespace {

using cdss::Errc;
using cdss::rules::LadderRules;
using cdss::rules::Step;
using cdss::test::icd;
using cdss::test::joined;
using cdss::test::kMan;
using cdss::test::likely;
using cdss::test::parsed;
using cdss::test::possible;
using cdss::test::quantity;
using cdss::test::ready;
using cdss::test::RecordBuilder;
using cdss::test::refractory;
using cdss::test::replaced;
using cdss::test::ShippedRules;
using cdss::test::snomed;
using cdss::test::stand;
using cdss::test::with_markers;
using cdss::test::with_score;
using cdss::test::words_of;

TEST(Ladder, TakesTheFirstStepWhoseConditionsHold) {
  const struct {
    const char* evidence;
    RecordBuilder record;
    std::string patient;
    const char* step;
  } rows[] = {
      {"L0 any red flag", refractory().condition(icd("M87.051")), std::string{kMan}, "L0"},
      {"L0 also under 18", likely().condition(icd("M87.051")),
       R"({"resourceType":"Patient","id":"p","gender":"male","birthDate":"2012-01-01"})", "L0"},
      {"LX under 18", likely(),
       R"({"resourceType":"Patient","id":"p","gender":"male","birthDate":"2012-01-01"})", "LX"},
      {"LX birth date not known", likely(),
       R"({"resourceType":"Patient","id":"p","gender":"male"})", "LX"},
      {"LX nothing recorded", {}, std::string{kMan}, "LX"},
      {"LX unlikely", RecordBuilder{}.condition(snomed("102570003")), std::string{kMan}, "LX"},
      {"LX injection without relief",
       ready(likely().condition(icd("M76.11"))).item("diagnostic_injection", "injection-negative"),
       std::string{kMan}, "LX"},
      {"L4", refractory(), std::string{kMan}, "L4"},
      {"L3 likely", ready(likely()), std::string{kMan},
       "L3 needs duration_weeks diagnostic_injection"},
      {"L3 possible", ready(possible()), std::string{kMan},
       "L3 needs duration_weeks diagnostic_injection unmet band"},
      {"L2 at 4", with_score(likely(), "4"), std::string{kMan},
       "L2 needs pt_weeks otc_tried imaging_done"},
      {"L1 at 3", with_score(likely(), "3"), std::string{kMan},
       "L1 needs pt_weeks otc_tried imaging_done"},
      {"L1 pain score not known", likely(), std::string{kMan},
       "L1 needs pt_weeks otc_tried imaging_done pain_score_nrs"},
      {"L1 pain score '<5' leaves it open", with_score(likely(), "<5"), std::string{kMan},
       "L1 needs pt_weeks otc_tried imaging_done pain_score_nrs"},
      {"L1 pain score of 15 days ago", likely().result("72514-3", "8", "{score}", 15),
       std::string{kMan}, "L1 needs pt_weeks otc_tried imaging_done pain_score_nrs"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(words_of(stand(row.record, row.patient)), row.step);
  }
}

TEST(Ladder, OpensInjectionWhenTherapyAnalgesicAndImagingAreDone) {
  const auto but = [](std::string_view item, std::string_view value) {
    auto record = with_score(likely(), "6");
    for (const auto& [id, met] :
         {std::pair<std::string_view, std::string>{"pt_weeks", quantity("6", "wk")},
          {"otc_tried", "true"},
          {"imaging_done", "true"}}) {
      if (id != item) {
        record.item(id, met);
      } else if (!value.empty()) {
        record.item(id, value);
      }
    }
    return record;
  };
  const struct {
    const char* evidence;
    RecordBuilder record;
    const char* step;
  } rows[] = {
      {"5 weeks of therapy", but("pt_weeks", quantity("5", "wk")), "L2 unmet pt_weeks"},
      {"6 weeks of therapy", but("pt_weeks", quantity("6", "wk")),
       "L3 needs duration_weeks diagnostic_injection"},
      {"therapy not recorded", but("pt_weeks", ""), "L2 needs pt_weeks"},
      {"no analgesic tried", but("otc_tried", "false"), "L2 unmet otc_tried"},
      {"analgesic not recorded", but("otc_tried", ""), "L2 needs otc_tried"},
      {"both analgesics to be avoided", but("otc_tried", "false").condition(icd("K70.30")),
       "L3 needs duration_weeks diagnostic_injection"},
      {"one analgesic to be avoided", but("otc_tried", "false").condition(icd("K76.9")),
       "L2 unmet otc_tried"},
      {"not imaged", but("imaging_done", "false"), "L2 unmet imaging_done"},
      {"imaging not recorded", but("imaging_done", ""), "L2 needs imaging_done"},
      {"therapy does not grow with the days since",
       but("pt_weeks", "").item("pt_weeks", quantity("5", "wk"), 40), "L2 unmet pt_weeks"},
      {"'0 weeks' is none", but("pt_weeks", "").item("pt_weeks", quantity("0", "wk"), 60),
       "L2 unmet pt_weeks"},
      {"6 weeks of therapy a year ago",
       but("pt_weeks", "").item("pt_weeks", quantity("6", "wk"), 365),
       "L3 needs duration_weeks diagnostic_injection"},
      {"6 weeks of therapy longer ago",
       but("pt_weeks", "").item("pt_weeks", quantity("6", "wk"), 366), "L2 needs pt_weeks"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(words_of(stand(row.record)), row.step);
  }
}

TEST(Ladder, NamesTheRulesThatBlockAnInjection) {
  const struct {
    const char* evidence;
    RecordBuilder record;
    const char* step;
  } rows[] = {
      {"IJ01", ready(likely()).result("1988-5", "11", "mg/L"), "L2 blocked IJ01"},
      {"IJ05", ready(likely()).item("planned_hip_arthroplasty_days", quantity("90", "d")),
       "L2 blocked IJ05"},
      {"IJ08", ready(likely()).result("777-3", "49", "10*3/uL"), "L2 blocked IJ08"},
      {"IJ12", with_markers(replaced(ready(likely()), 90)), "L2 blocked IJ12"},
      {"several", ready(likely()).result("1988-5", "11", "mg/L").result("777-3", "49", "10*3/uL"),
       "L2 blocked IJ01 IJ08"},
      {"IJ07 does not block", ready(likely()).item("injection_count", quantity("4", "1")),
       "L3 needs duration_weeks diagnostic_injection"},
      {"IJ03 does not block", ready(likely()).condition(icd("E11.9")),
       "L3 needs duration_weeks diagnostic_injection"},
      {"only when all else holds",
       with_score(likely(), "6")
           .item("planned_hip_arthroplasty_days", quantity("90", "d"))
           .item("otc_tried", "true")
           .item("imaging_done", "true"),
       "L2 needs pt_weeks"},
      {"CRP and ESR after hip replacement", with_markers(replaced(ready(likely()))),
       "L3 needs duration_weeks diagnostic_injection"},
      {"neither is known", replaced(ready(likely())), "L2 needs crp esr"},
      {"ESR is not known", replaced(ready(likely()).result("1988-5", "3", "mg/L")), "L2 needs esr"},
      {"CRP '<20' leaves it open", with_markers(replaced(ready(likely())), "<20"), "L2 needs crp"},
      {"blocked, and they are not known", replaced(ready(likely()), 90),
       "L2 blocked IJ12 needs crp esr"},
      {"after a partial replacement likewise",
       ready(likely()).procedure({std::string{cdss::test::kPcsUri}, "0SRR0JZ", {}}),
       "L2 needs crp esr"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(words_of(stand(row.record)), row.step);
  }
}

TEST(Ladder, AsksForASurgicalOpinionWhenAllElseHasFailed) {
  const struct {
    const char* evidence;
    RecordBuilder record;
    const char* step;
  } rows[] = {
      {"native, 13 weeks", refractory("13"), "L4"},
      {"native, 12 weeks", with_score(refractory("12"), "3"), "L1 needs otc_tried"},
      {"after hip replacement, 26 weeks", with_markers(replaced(refractory("26"))), "L4"},
      {"after hip replacement, 25 weeks", with_score(with_markers(replaced(refractory("25"))), "3"),
       "L1 needs otc_tried"},
      {"after hip replacement, markers not known", with_score(replaced(refractory("26")), "3"),
       "L1 needs otc_tried crp esr"},
      {"IJ01 alone in the way", with_score(refractory().result("1988-5", "11", "mg/L"), "5"),
       "L2 blocked IJ01"},
      {"IJ01 and another: of L4 only IJ01 is named",
       with_score(refractory()
                      .result("1988-5", "11", "mg/L")
                      .item("planned_hip_arthroplasty_days", quantity("30", "d"))
                      .item("otc_tried", "true"),
                  "5"),
       "L2 blocked IJ01"},
      {"IJ05 does not hold back an opinion",
       refractory().item("planned_hip_arthroplasty_days", quantity("30", "d")), "L4"},
      {"duration known and too short for L4",
       ready(likely())
           .item("duration_weeks", quantity("12", "wk"))
           .item("diagnostic_injection", "injection-positive"),
       "L3 unmet duration_weeks"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(words_of(stand(row.record)), row.step);
  }
}

// What is not known holds a step back, and never opens one.
TEST(Ladder, NeverOpensAnUpperStepWhenANeedIsTakenAway) {
  const RecordBuilder records[] = {ready(likely()),
                                   refractory(),
                                   replaced(ready(likely())),
                                   with_markers(replaced(refractory("25"))),
                                   with_markers(replaced(refractory("26"))),
                                   with_markers(replaced(ready(likely()), 90)),
                                   ready(possible()),
                                   ready(likely()).condition(icd("D66")),
                                   ready(likely()).condition(icd("K68.12")),
                                   ready(likely()).allergy("Triamcinolone"),
                                   ready(likely()).result("1988-5", "11", "mg/L"),
                                   refractory().result("1988-5", "11", "mg/L")};
  const auto height = [](Step step) { return step == Step::L4 ? 2 : step == Step::L3 ? 1 : 0; };
  for (const auto& record : records) {
    for (const char* key :
         {"patient", "conditions", "procedures", "results", "examination", "allergies"}) {
      const auto whole = stand(record);
      const auto less = stand(record, kMan, key);
      EXPECT_LE(height(less.step), height(whole.step)) << key << ": " << words_of(whole);
    }
  }
}

TEST(Ladder, SaysWhichNeedHasToBeSeenBeforeAnUpperStep) {
  for (const char* key : {"conditions", "procedures", "results", "allergies"}) {
    const auto step_decision = stand(ready(likely()), kMan, key);
    EXPECT_NE(std::ranges::find(step_decision.needed, key), step_decision.needed.end()) << key;
  }
}

TEST(LadderRules, RefuseWhatIsNotWhole) {
  const std::string head =
      R"({"limits":{"pt_weeks":6,"native_weeks":13,"replaced_weeks":26,"pain_score":4,
      "otc_days":14,"therapy_days":365,"session_days":60,"cup_overhang_mm":8},"concepts":{"pain":
      ["groin_pain"],"pain_of_hip":["groin_pain"],"therapy":["physical_therapy"]},"rows":[)";
  const auto row = [](std::string_view id) {
    return R"({"id":")" + std::string{id} +
           R"(","title":"t","actions":["a"],"reassess":"r","stop":"s","grade":"C","sources":[]})";
  };
  const struct {
    const char* evidence;
    std::string text;
    Errc code;
    const char* where;
  } rows[] = {
      {"no limits", "{}", Errc::missing, "limits"},
      {"a limit is missing", R"({"limits":{"pt_weeks":6}})", Errc::missing, "limits.native_weeks"},
      {"no steps", head + "]}", Errc::missing, "rows"},
      {"another order",
       head + row("L1") + ',' + row("L0") + ',' + row("L2") + ',' + row("L3") + ',' + row("L4") +
           ',' + row("LX") + "]}",
       Errc::malformed, "rows[0].id"},
      {"sources that are no list",
       head + R"({"id":"L0","title":"t","actions":["a"],"reassess":"r","stop":"s","grade":"C",
       "sources":"ours"},)" +
           row("L1") + ',' + row("L2") + ',' + row("L3") + ',' + row("L4") + ',' + row("LX") + "]}",
       Errc::malformed, "rows[0].sources"},
      {"actions for some patients that are no list",
       head + row("L0") + ',' + row("L1") + ',' + row("L2") + ',' + row("L3") + ',' + row("L4") +
           ',' + row("LX") + R"(],"actions":{"step":"L1"}})",
       Errc::malformed, "actions"},
  };
  for (const auto& one : rows) {
    SCOPED_TRACE(one.evidence);
    const auto document = parsed(one.text);
    const auto rules = LadderRules::read(ShippedRules::get().concepts(), document.root());
    ASSERT_FALSE(rules);
    EXPECT_EQ(rules.error().code, one.code);
    EXPECT_EQ(rules.error().where, one.where);
  }
}

TEST(LadderRules, AsShippedNameWhatIsLookedForInTheRecord) {
  const auto& rules = ShippedRules::get().knowledge->ladder;
  const auto names = [](const std::vector<cdss::rules::ConceptId>& ids) {
    std::vector<std::string> texts;
    for (const auto id : ids) {
      texts.push_back(ShippedRules::get().concepts().name(id));
    }
    return joined(texts);
  };
  EXPECT_EQ(
      names(rules.pain),
      "groin_pain hip_pain low_back_pain pelvic_pain buttock_pain thigh_pain leg_pain knee_pain");
  EXPECT_EQ(names(rules.therapy), "physical_therapy");
  EXPECT_EQ(
      names(ShippedRules::get().definitions().imaging),
      "xray_hip xray_hip_crosstable_lateral xray_hip_true_lateral xray_pelvis mri_hip mri_pelvis "
      "ct_hip ct_pelvis us_hip");
}

TEST(LadderRules, HaveWordsForEveryStep) {
  const auto& rules = ShippedRules::get().knowledge->ladder;
  for (const auto step : {Step::L0, Step::L1, Step::L2, Step::L3, Step::L4, Step::LX}) {
    EXPECT_EQ(rules.row(step).step, step);
    EXPECT_FALSE(rules.row(step).actions.empty()) << to_string(step);
  }
}

}  // namespace
