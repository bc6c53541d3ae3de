#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/hip_replacement/evaluate.hpp"

namespace {

using cdss::hooks::Indicator;
using cdss::test::card_of;
using cdss::test::day;
using cdss::test::evaluate;
using cdss::test::icd;
using cdss::test::painful;
using cdss::test::RecordBuilder;
using cdss::test::replaced;
using cdss::test::snomed;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

RecordBuilder& radiograph(RecordBuilder& record, const char* loinc, const std::string& performed) {
  return record.procedure({.system = "http://loinc.org", .code = loinc, .performed = performed});
}

std::string on(int days_ago) {
  return R"("performedDateTime":")" + day(days_ago) + '"';
}

TEST(RedFlagsAfterHipReplacement, LeadTheCard) {
  const struct {
    const char* evidence;
    RecordBuilder record;
    Indicator indicator;
    const char* begins;
    const char* flag;
  } rows[] = {
      {"RF02 fever", replaced(400).condition(icd("M25.551")).result("8310-5", "38.0", "Cel"),
       Indicator::critical,
       "**Infection of a hip prosthesis (RF02)**\n\n- Do: Urgent call to orthopaedics.",
       R"("redFlags":["RF01","RF02"])"},
      {"RF04 coded", replaced(30).condition(icd("M97.01XA")), Indicator::critical,
       "**Fracture: stress fracture of the femoral neck, hip, periprosthetic, pathological "
       "(RF04)**",
       R"("redFlags":["RF04"])"},
      {"RF05 coded", replaced(400).condition(icd("T84.030A")), Indicator::warning,
       "**Dislocation, loosening or acute failure of a hip implant (RF05)**",
       R"("redFlags":["RF05"])"},
      {"RF12 early", replaced(30).condition(snomed("449614009")), Indicator::critical, "**",
       R"("redFlags":["RF12"])"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto answer = evaluate(row.record);
    const auto& card = answer.cards.at(0);
    EXPECT_EQ(card.indicator, row.indicator);
    EXPECT_EQ(card.card_kind, "red-flag-hip-replacement");
    EXPECT_THAT(card.summary, HasSubstr("Red flag"));
    EXPECT_THAT(card.detail, StartsWith(row.begins));
    EXPECT_THAT(card.detail, AllOf(HasSubstr("is suspended until a clinician has cleared this."),
                                   HasSubstr("\n\n**Recorded**\n\n"),
                                   HasSubstr("\n\n**Infection screen**\n\n")));
    EXPECT_THAT(answer.assessment, HasSubstr(row.flag));
    EXPECT_EQ(card.override_reasons.front().code, "red-flag-override-cleared");
  }
}

TEST(RedFlagsAfterHipReplacement, AreNotMadeOfOrdinaryPain) {
  const auto answer = evaluate(painful(400));
  EXPECT_EQ(answer.cards.at(0).card_kind, "hip-replacement-pathway");
  EXPECT_EQ(answer.cards.at(0).override_reasons.size(), 3U);
  EXPECT_THAT(answer.assessment, Not(HasSubstr("redFlags")));
}

TEST(RadiographOfTheHip, IsTheNewestThatShowsTheImplant) {
  const auto known = [](const char* loinc, const std::string& performed) {
    auto record = painful(400);
    return evaluate(radiograph(record, loinc, performed));
  };
  const struct {
    const char* evidence;
    const char* loinc;
    std::string performed;
    const char* says;
    bool is_known;
  } rows[] = {
      {"hip", "24762-7", on(12),
       "- radiograph of the hip (Procedure/p2, 24762-7, 2026-11-09), 12 days ago\n", true},
      {"cross-table", "37723-4", on(12), "- cross-table lateral radiograph of the hip (", true},
      {"true lateral", "37039-5", on(12), "- true lateral radiograph of the hip (", true},
      {"pelvis", "28561-9", on(12), "- radiograph of the pelvis (", true},
      {"of the day of the operation", "24762-7", on(400), "), 13 months ago", true},
      {"of the day before", "24762-7", on(401), "): from before the latest operation", false},
      {"of the left hip", "26131-3", on(12), "left): of the other side than the implant", false},
      {"without a day", "24762-7", "", "(Procedure/p2, 24762-7): without a day, not counted",
       false},
      {"of the chest", "36643-5", on(12), "- Radiograph of the hip or pelvis: not recorded", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto answer = known(row.loinc, row.performed);
    EXPECT_THAT(answer.cards.at(0).detail, HasSubstr(row.says));
    EXPECT_EQ(answer.assessment.find(R"("radiograph")") == std::string::npos, row.is_known)
        << answer.assessment;
  }
}

TEST(RadiographOfTheHip, IsHeldAgainstTheImplantOfItsSide) {  // HR-13
  // Right replaced 400 days ago, left 2000 days ago.
  const auto both = [] {
    return painful(400).procedure({.system = std::string{cdss::test::kSnomedUri},
                                   .code = "770606008",
                                   .performed = on(2000)});
  };
  auto left = both();
  radiograph(left, "26131-3", on(500));
  const auto of_left = evaluate(left);
  EXPECT_THAT(of_left.cards.at(0).detail,
              AllOf(HasSubstr("left), 16 months ago"), Not(HasSubstr("from before the latest")),
                    HasSubstr("- Radiograph of the right hip since its operation: not recorded")));
  EXPECT_THAT(of_left.assessment, HasSubstr(R"("radiograph")"));
  auto pelvis = both();
  radiograph(pelvis, "28561-9", on(12));
  const auto of_pelvis = evaluate(pelvis);
  EXPECT_THAT(of_pelvis.assessment, Not(HasSubstr(R"("radiograph")")));
  EXPECT_THAT(of_pelvis.cards.at(0).detail, Not(HasSubstr("operation: not recorded")));
}

TEST(RadiographOfTheHip, IsChosenAmongSeveral) {
  auto record = painful(400);
  radiograph(record, "24762-7", on(300));
  radiograph(record, "28561-9", on(20));
  radiograph(record, "26131-3", on(1));  // of the left hip
  radiograph(record, "24762-7", "");
  EXPECT_THAT(card_of(record).detail,
              AllOf(HasSubstr("- radiograph of the pelvis (Procedure/p3, 28561-9, 2026-11-01)"),
                    Not(HasSubstr("Procedure/p4")), Not(HasSubstr("Procedure/p2"))));
  record.procedure({.system = "http://loinc.org",
                    .code = "24762-7",
                    .performed = on(2),
                    .status = "in-progress"});
  EXPECT_THAT(card_of(record).detail, Not(HasSubstr("Procedure/p6")));
}

TEST(RadiographOfTheHip, IsNotWhatTheFormCallsImaging) {
  const auto answer = evaluate(painful(400).item("imaging_done", "true", 9));
  EXPECT_THAT(
      answer.cards.at(0).detail,
      HasSubstr("- hip or pelvis imaged for this pain (Observation/o1, 2026-11-12): kind of "
                "image not recorded"));
  EXPECT_THAT(answer.assessment, HasSubstr(R"("radiograph")"));
}

TEST(CupOverhang, IsShownWithWhatSpeaksForAndAgainstTheRule) {
  const auto detail = [](const char* millimetres, int days_ago = 5) {
    return card_of(painful(400).item("cup_overhang_mm",
                                     R"("valueQuantity":{"value":)" + std::string{millimetres} +
                                         R"(,"unit":"mm","system":"http://unitsofmeasure.org",)" +
                                         R"("code":"mm"})",
                                     days_ago))
        .detail;
  };
  constexpr const char* kRule =
      "from 8 mm a revision of the cup in 12 of 13 and a release in 1 of 3";
  EXPECT_THAT(detail("7.9"),
              AllOf(HasSubstr("- anterior overhang of the cup 7.9 mm (Observation/o1, 2026-11-16): "
                              "below 8 mm\n"),
                    HasSubstr(kRule), HasSubstr("often used, from small series"),
                    HasSubstr("worked at a mean of 13 mm"), HasSubstr("no difference")));
  EXPECT_THAT(detail("8"), HasSubstr("cup 8 mm (Observation/o1, 2026-11-16): 8 mm or more\n"));
  EXPECT_THAT(detail("1e300"), HasSubstr("cup 1e+300 mm (Observation/o1"));
  EXPECT_THAT(detail("12", 401), AllOf(HasSubstr("recorded before the latest operation, not used"),
                                       Not(HasSubstr(kRule))));
  EXPECT_THAT(card_of(painful(400)).detail,
              AllOf(HasSubstr("- Anterior overhang of the cup: not recorded; a cross-table"),
                    Not(HasSubstr(kRule))));
}

TEST(PatternOfThePain, TellsTheIliopsoasFromTheImplant) {
  constexpr const char* kMeans = "Pain on weight bearing points to loosening or infection";
  EXPECT_THAT(
      card_of(painful(400)).detail,
      AllOf(HasSubstr("painless walking on the level, and pain on active flexion, on stairs"),
            HasSubstr(kMeans), HasSubstr("No such finding is recorded")));
  const auto card = card_of(painful(400)
                                .item("pain_stairs_car_rising", "present", 3)
                                .item("weight_bearing_pain_constant", "absent", 3));
  EXPECT_THAT(card.detail,
              AllOf(HasSubstr("- pain on stairs, getting into a car or rising (Observation/o1, "),
                    HasSubstr("- constant pain on weight bearing: looked for, not found ("),
                    Not(HasSubstr("No such finding")), Not(HasSubstr("**To ask and"))));
  const auto implant = card_of(painful(400).item("weight_bearing_pain_constant", "present"));
  EXPECT_THAT(implant.detail,
              AllOf(HasSubstr("**To ask and to think of**\n\n- constant pain on weight bearing"),
                    HasSubstr("with a hip replacement for loosening and infection")));
  EXPECT_THAT(card_of(replaced(30)).detail, Not(HasSubstr(kMeans)));
}

TEST(PatternOfThePain, IsNotKnownWhenTheExaminationCouldNotBeSeen) {
  auto keys = cdss::test::keys_of(painful(400));
  keys[3] = {"examination", cdss_key_unavailable, "", ""};
  EXPECT_THAT(evaluate(keys).cards.at(0).detail,
              AllOf(HasSubstr("Which of this was found is not known"),
                    HasSubstr("- Anterior overhang of the cup: not known; not all examination"),
                    Not(HasSubstr("No such finding"))));
}

TEST(EarlyVisit, NamesWhatIsNotKnown) {  // six weeks after, sore groin, nothing measured
  const auto answer = evaluate(RecordBuilder{}
                                   .procedure({.system = std::string{cdss::test::kSnomedUri},
                                               .code = "770606008",
                                               .performed = on(42)})
                                   .condition(snomed("102570003"))
                                   .condition(snomed("16973004"))
                                   .condition(icd("Z47.1"))
                                   .condition(icd("Z96.642"))
                                   .result("8310-5", "36.9", "Cel"));
  EXPECT_EQ(answer.cards.at(0).summary,
            "Recorded: hip replacement, left side, 42 days ago; groin pain is coded; not known: "
            "CRP, ESR, radiograph");
  EXPECT_THAT(answer.assessment, AllOf(HasSubstr(R"("thaFlag":"pathway_early")"),
                                       HasSubstr(R"("missing":["crp","esr","radiograph"])"),
                                       Not(HasSubstr("redFlags"))));
}

TEST(HipReplacementCard, HoldsNoTextOfTheRecord) {
  auto keys = cdss::test::keys_of(RecordBuilder{});
  keys[1].json = RecordBuilder::bundle({R"json({"resourceType":"Condition",
      "id":"<script>alert(1)</script>","code":{"text":"<img src=x>","coding":[{
      "system":"http://snomed.info/sct","code":"102570003","display":"[x](javascript:1)"}]}})json"});
  keys[2].json = RecordBuilder::bundle({R"json({"resourceType":"Procedure","id":"p1",
      "status":"completed","code":{"text":"hostile words","coding":[{
      "system":"http://snomed.info/sct","code":"443435007","display":"hostile words"}]},
      "performedDateTime":"2026-11-01"})json"});
  keys[5].json = RecordBuilder::bundle({R"json({"resourceType":"Observation","id":"r1",
      "status":"final","effectiveDateTime":"2026-11-20","code":{"text":"hostile words","coding":[{
      "system":"http://loinc.org","code":"1988-5","display":"hostile words"}]},
      "valueQuantity":{"value":45,"unit":"<b>mg</b>","code":"mg/L",
      "system":"http://unitsofmeasure.org"}})json"});
  const auto answer = evaluate(keys);
  ASSERT_EQ(answer.cards.size(), 1U);
  const auto text = answer.cards[0].summary + answer.cards[0].detail;
  EXPECT_THAT(text, AllOf(HasSubstr("CRP 45 mg/L"), Not(HasSubstr("<")), Not(HasSubstr("hostile")),
                          Not(HasSubstr("javascript")), Not(HasSubstr("script"))));
}

TEST(HipReplacementCard, HasAWordForEachConceptItNames) {
  const struct {
    const char* code;
    const char* words;
  } conditions[] = {
      {"T84.051A", "wear or osteolysis at a hip prosthesis"},
      {"T84.021A", "dislocation of a hip prosthesis"},
      {"T84.031A", "loosening of a hip prosthesis"},
      {"T84.52XA", "infection of a hip prosthesis"},
      {"M97.02XA", "periprosthetic fracture at the hip"},
      {"T84.010A", "mechanical complication of a hip prosthesis"},
      {"Z96.642", "artificial hip joint"},
  };
  for (const auto& [code, words] : conditions) {
    EXPECT_THAT(card_of(painful(400).condition(icd(code))).detail, HasSubstr(words)) << code;
  }
  const struct {
    const char* code;
    const char* words;
  } pain[] = {
      {"M25.551", "hip pain"},  {"R10.31", "lower quadrant pain"}, {"M54.50", "low back pain"},
      {"R10.2", "pelvic pain"}, {"M79.651", "thigh pain"},         {"M79.604", "leg pain"},
      {"M25.561", "knee pain"},
  };
  for (const auto& [code, words] : pain) {
    EXPECT_THAT(card_of(replaced(400).condition(icd(code))).summary, HasSubstr(words)) << code;
  }
}

}  // namespace
