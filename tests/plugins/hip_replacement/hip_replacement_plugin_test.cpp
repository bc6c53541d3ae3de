#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/hooks/discovery/prefetch_template.hpp"
#include "tests/plugins/hip_replacement/evaluate.hpp"

namespace {

using cdss::hip_replacement::HipReplacement;
using cdss::hooks::Indicator;
using cdss::test::day;
using cdss::test::evaluate;
using cdss::test::GivenKey;
using cdss::test::icd;
using cdss::test::RecordBuilder;
using cdss::test::replaced;
using cdss::test::snomed;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(HipReplacementPlugin, SpeaksOnlyWhenItMattersNow) {
  const struct {
    const char* evidence;
    RecordBuilder record;
    std::size_t cards;
    Indicator indicator;
  } rows[] = {
      {"HR-07 90 d", replaced(90), 1, Indicator::info},
      {"HR-07 91 d, nothing else", replaced(91), 0, Indicator::info},
      {"HR-08 late with groin pain", replaced(400).condition(snomed("102570003")), 1,
       Indicator::info},
      {"HR-08 late with back pain", replaced(400).condition(snomed("279039007")), 1,
       Indicator::info},
      {"HR-08 resolved pain",
       replaced(400).condition({.system = std::string{cdss::test::kSnomedUri},
                                .code = "102570003",
                                .clinical_status = "resolved"}),
       0, Indicator::info},
      {"HR-08 pain elsewhere", replaced(400).condition(icd("M25.511")), 0, Indicator::info},
      {"HR-09 coded complication", replaced(400).condition(icd("T84.050A")), 1, Indicator::warning},
      {"HR-09 complication without operation", RecordBuilder{}.condition(icd("T84.050A")), 1,
       Indicator::warning},
      {"HR-11 red flag, urgent", replaced(400).condition(icd("T84.030A")), 1, Indicator::warning},
      {"HR-11 red flag, an emergency", replaced(400).condition(icd("T84.51XA")), 1,
       Indicator::critical},
      {"HR-11 fever alone, late", replaced(400).result("8310-5", "38.0", "Cel"), 0,
       Indicator::info},
      {"HR-11 fever alone, early", replaced(40).result("8310-5", "38.0", "Cel"), 1,
       Indicator::critical},
      {"HR-11 just no fever, late", replaced(400).result("8310-5", "37.9", "Cel"), 0,
       Indicator::info},
      {"HR-11 one raised marker is no red flag", replaced(400).result("1988-5", "45", "mg/L"), 0,
       Indicator::info},
      {"HR-11 a red flag without a hip arthroplasty",
       RecordBuilder{}.condition(icd("K68.12")).condition(snomed("102570003")), 0, Indicator::info},
      {"HR-11 after a partial replacement, late",
       replaced(200, "386649003").condition(icd("K68.12")), 1, Indicator::critical},
      {"pain without a hip replacement", RecordBuilder{}.condition(snomed("102570003")), 0,
       Indicator::info},
      {"HR-04 partial, early", replaced(20, "386649003"), 1, Indicator::info},
      {"HR-07 partial, early, beside Z96.641", replaced(20, "386649003").condition(icd("Z96.641")),
       1, Indicator::info},
      {"HR-07 partial, late, beside Z96.641", replaced(200, "386649003").condition(icd("Z96.641")),
       0, Indicator::info},
      {"HR-04 partial, late", replaced(200, "386649003"), 0, Indicator::info},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto answer = evaluate(row.record);
    ASSERT_EQ(answer.cards.size(), row.cards);
    if (row.cards > 0) {
      EXPECT_EQ(answer.cards[0].indicator, row.indicator);
      EXPECT_THAT(answer.cards[0].detail,
                  HasSubstr("not validated, no diagnosis, not a medical device"));
    }
  }
}

TEST(HipReplacementPlugin, AlwaysSpeaksWhenToldSo) {
  EXPECT_EQ(evaluate(replaced(4000), R"({"show":"always"})").cards.size(), 1U);
  EXPECT_EQ(evaluate(RecordBuilder{}, R"({"show":"always"})").cards.size(), 0U);
  for (const char* wrong : {R"({"show":"never"})", R"({"shown":"always"})", R"({"show":1})"}) {
    const auto document = cdss::test::parsed(wrong);
    EXPECT_FALSE(
        cdss::test::open_plugin<HipReplacement>(cdss::test::hip_replacement_knowledge(), document))
        << wrong;
  }
}

TEST(HipReplacementPlugin, SaysWhatWhenAndWhichSide) {
  const auto early = evaluate(replaced(30)).cards.at(0);
  EXPECT_EQ(early.summary, "Recorded: hip replacement, right side, 30 days ago");
  EXPECT_THAT(
      early.detail,
      AllOf(HasSubstr("**Early"), HasSubstr("infection, dislocation"),
            HasSubstr("- total hip replacement (Procedure/p1, 443435007, 2026-10-22, right)")));
  const auto late = evaluate(replaced(400).condition(icd("M25.552"))).cards.at(0);
  EXPECT_THAT(
      late.detail,
      AllOf(HasSubstr("**Late"), HasSubstr("hip pain (Condition/c1, M25.552, left)"),
            HasSubstr("The coded groin or hip pain is on the other side than the implant.")));
  const auto undated =
      evaluate(RecordBuilder{}.condition(icd("Z96.649")).condition(snomed("102570003")))
          .cards.at(0);
  EXPECT_EQ(
      undated.summary,
      "Recorded: hip replacement, day of the operation not recorded; groin pain is coded; not "
      "known: CRP, ESR, radiograph");
  EXPECT_THAT(undated.detail,
              AllOf(HasSubstr("**Treated as late"),
                    HasSubstr("The side of the implant is not recorded in a code known here."),
                    HasSubstr("The side of the groin or hip pain is not recorded")));
  const auto range =
      evaluate(RecordBuilder{}.procedure({.system = std::string{cdss::test::kSnomedUri},
                                          .code = "52734007",
                                          .performed = R"("performedDateTime":"2026-10")"}));
  EXPECT_EQ(range.cards.at(0).summary, "Recorded: hip replacement, 21 to 51 days ago");
  const auto partial = evaluate(replaced(20, "386649003")).cards.at(0);
  EXPECT_EQ(partial.summary,
            "Recorded: hip arthroplasty, not a total hip replacement, 20 days ago");
  EXPECT_THAT(partial.detail, HasSubstr("Hip arthroplasty, not THA"));
}

TEST(HipReplacementPlugin, TellsOfAnEarlyPartialReplacementBesideATotalOne) {
  const auto answer =
      evaluate(RecordBuilder{}
                   .condition(icd("Z96.641"))
                   .procedure({.system = std::string{cdss::test::kPcsUri},
                               .code = "0SRR0JZ",
                               .performed = R"("performedDateTime":")" + day(20) + '"'}));
  const auto& card = answer.cards.at(0);
  EXPECT_THAT(card.summary, HasSubstr("; partial or resurfacing, 20 days ago"));
  EXPECT_THAT(card.detail,
              AllOf(HasSubstr("It is, or may be, at most 90 days ago:"),
                    HasSubstr("- partial hip replacement: hip arthroplasty, not THA (Procedure/p1"),
                    Not(HasSubstr("no operation with a day"))));
  EXPECT_THAT(answer.assessment, AllOf(HasSubstr(R"("thaFlag":"pathway")"),
                                       HasSubstr(R"("otherProcedures":["Procedure/p1"])")));
}

TEST(HipReplacementPlugin, SaysNoMoreOfTheDayThanIsKnown) {
  const auto pain = [](RecordBuilder record) {
    return cdss::test::keys_of(record.condition(snomed("102570003")));
  };
  auto unseen = pain(RecordBuilder{}.condition(icd("Z96.641")));
  unseen[2] = {"procedures", cdss_key_unavailable, "", "not sent"};
  auto some = pain(RecordBuilder{}.condition(icd("Z96.641")));
  some[2].state = cdss_key_truncated;
  const struct {
    const char* evidence;
    std::vector<GivenKey> keys;
    const char* summary;
    const char* detail;
  } rows[] = {
      {"HR-05 procedures not sent", unseen,
       "Recorded: hip replacement, right side, operations could not be seen",
       "**Treated as late: operations could not be seen.**"},
      {"HR-05 procedures in part", some,
       "Recorded: hip replacement, right side, day of the operation not recorded",
       "**Treated as late: only some operations could be seen"},
      {"HR-05 an undated revision beside a day",
       pain(replaced(400).procedure(
           {.system = std::string{cdss::test::kSnomedUri}, .code = "62402000", .performed = ""})),
       "Recorded: hip replacement, right side, 13 months ago",
       "An operation without a day is also recorded."},
      {"HR-05 a day to come", pain(replaced(-30)),
       "Recorded: hip replacement, right side, dated in the future, not used",
       "(Procedure/p1, 443435007, right, dated in the future, not used)"},
      {"an operation of an unclear status",
       pain(RecordBuilder{}.procedure({.system = std::string{cdss::test::kSnomedUri},
                                       .code = "443435007",
                                       .performed = R"("performedDateTime":")" + day(400) + '"',
                                       .status = "unknown"})),
       "Recorded: hip replacement, right side, recorded with unclear status, 13 months ago",
       "right, status not clear)"},
      {"an implant that is suspected",
       pain(RecordBuilder{}.condition(
           {.system = icd("").system, .code = "Z96.641", .verification_status = "provisional"})),
       "Recorded: hip replacement, right side, not confirmed, day of the operation not recorded",
       "right, not confirmed)"},
      {"one day", cdss::test::keys_of(replaced(1)),
       "Recorded: hip replacement, right side, 1 day ago", "**Early"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto answer = evaluate(row.keys);
    ASSERT_EQ(answer.cards.size(), 1U);
    EXPECT_THAT(answer.cards[0].summary, StartsWith(row.summary));
    EXPECT_THAT(answer.cards[0].detail, HasSubstr(row.detail));
  }
  EXPECT_THAT(evaluate(unseen).cards[0].detail,
              HasSubstr("The procedures could not be seen: not sent."));
}

TEST(HipReplacementPlugin, SaysInTheSummaryWhyItWarns) {
  const auto card = evaluate(replaced(400).condition(icd("T84.050A"))).cards.at(0);
  EXPECT_THAT(card.summary,
              StartsWith("Recorded: hip replacement, right side, 13 months ago; wear or osteolysis "
                         "at a hip prosthesis is coded"));
  EXPECT_THAT(card.detail, HasSubstr("**Recorded**\n\n- wear or osteolysis at a hip prosthesis"));
}

TEST(HipReplacementPlugin, ComparesTheSideOfGroinAndHipPainOnly) {
  const auto detail = [](const char* code) {
    return evaluate(replaced(400).condition(icd(code))).cards.at(0).detail;
  };
  EXPECT_THAT(detail("M25.552"), HasSubstr("on the other side than the implant"));  // left hip
  EXPECT_THAT(detail("R10.32"), Not(HasSubstr("side than")));   // left lower quadrant
  EXPECT_THAT(detail("M25.562"), Not(HasSubstr("side than")));  // left knee
  EXPECT_THAT(detail("M25.551"), Not(HasSubstr("side than")));
  EXPECT_THAT(detail("M25.559"), HasSubstr("The side of the groin or hip pain is not recorded"));
}

TEST(HipReplacementPlugin, GivesTheAssessment) {
  const auto document = cdss::test::parsed(evaluate(replaced(400)).assessment);
  EXPECT_EQ(document.root().text_or_empty("thaFlag"), "pathway");
  EXPECT_EQ(document.root().text_or_empty("side"), "right");
  EXPECT_EQ(document.root().text_or_empty("date"), day(400));
  EXPECT_EQ(document.root().text_or_empty("plugin"), "hip-replacement");
  EXPECT_EQ(evaluate(RecordBuilder{}).assessment,
            R"({"thaFlag":"none","plugin":"hip-replacement","version":"0.2.0"})");
  EXPECT_THAT(
      evaluate(replaced(20, "386649003")).assessment,
      AllOf(HasSubstr(R"("thaFlag":"none")"), HasSubstr(R"("note":"hip arthroplasty, not THA")")));
}

TEST(HipReplacementPlugin, SaysWhatCouldNotBeSeen) {
  auto keys = cdss::test::keys_of(RecordBuilder{}.condition(icd("T84.030A")));
  keys[2] = {"procedures", cdss_key_truncated, RecordBuilder{}.procedures(), "more pages exist"};
  keys[5] = {"results", cdss_key_unavailable, "", ""};
  const auto answer = evaluate(keys);
  EXPECT_THAT(answer.cards.at(0).detail,
              HasSubstr("Only some of the procedures could be seen: more pages exist."));
  EXPECT_THAT(answer.cards.at(0).detail,
              AllOf(HasSubstr("- CRP: not known; not all results could be seen"),
                    HasSubstr("pelvis: not known; not all procedures could be seen")));
  EXPECT_THAT(answer.assessment,
              HasSubstr(R"("missing":["procedures","results","date","crp","esr","radiograph"])"));
}

TEST(HipReplacementPlugin, SaysThatNotAllCouldBeSeenWhereItWouldBeSilent) {
  const auto with = [](std::size_t key, cdss_key_state state, RecordBuilder record = {}) {
    auto keys = cdss::test::keys_of(record);
    keys[key].state = state;
    return keys;
  };
  const auto pain = RecordBuilder{}.condition(snomed("102570003"));
  constexpr std::size_t kConditions = 1;
  constexpr std::size_t kProcedures = 2;
  const struct {
    const char* evidence;
    std::vector<GivenKey> keys;
    const char* summary;  ///< part of it; empty for no card
  } rows[] = {
      {"all seen", cdss::test::keys_of(pain), ""},
      {"conditions cut", with(kConditions, cdss_key_truncated), "Not all conditions"},
      {"procedures cut", with(kProcedures, cdss_key_truncated), "Not all procedures"},
      {"no procedures, no pain", with(kProcedures, cdss_key_unavailable), ""},
      {"no procedures, pain", with(kProcedures, cdss_key_unavailable, pain), "Not all procedures"},
      {"an implant that does not matter", with(kConditions, cdss_key_truncated, replaced(400)),
       "Not all conditions"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto answer = evaluate(row.keys);
    ASSERT_EQ(answer.cards.size(), std::string_view{row.summary}.empty() ? 0U : 1U);
    if (!answer.cards.empty()) {
      EXPECT_THAT(answer.cards[0].summary, StartsWith(row.summary));
      EXPECT_EQ(answer.cards[0].card_kind, "not-seen-hip-replacement");
    }
  }
}

TEST(HipReplacementPlugin, SaysNothingOfTheDead) {
  const auto keys = cdss::test::keys_of(
      replaced(30), R"({"resourceType":"Patient","id":"p","deceasedDateTime":"2026-11-01"})");
  EXPECT_TRUE(evaluate(keys).cards.empty());
}

TEST(HipReplacementPlugin, WorksWithoutTheCodesUnderLicence) {
  const auto files = cdss::test::KnowledgeFiles::read(CDSS_HIP_REPLACEMENT_KNOWLEDGE, "-cpt.json");
  const auto options = cdss::test::parsed("{}");
  EXPECT_TRUE(cdss::test::open_plugin<HipReplacement>(files, options));
}

TEST(HipReplacementPlugin, NeedsWhatAClientCanResolve) {
  for (const char* hook : {"patient-view", "encounter-start", "appointment-book"}) {
    for (const auto* type : {"Condition", "Procedure"}) {
      EXPECT_TRUE(cdss::hooks::PrefetchTemplate::parse(
          std::string{type} + "?patient={{context.patientId}}", hook));
    }
  }
  const auto declaration = HipReplacement::declaration();
  ASSERT_EQ(declaration.services.size(), 1U);
  EXPECT_THAT(declaration.services[0].required,
              testing::ElementsAre(testing::ElementsAre("conditions", "procedures")));
}

}  // namespace
