#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/hip_replacement/evaluate.hpp"

namespace {

using cdss::test::card_of;
using cdss::test::evaluate;
using cdss::test::painful;
using cdss::test::RecordBuilder;
using cdss::test::replaced;
using cdss::test::snomed;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kCrp = "1988-5";
constexpr const char* kEsr = "30341-2";
constexpr const char* kWhiteCells = "6690-2";

TEST(InfectionScreen, HoldsCrpAgainstTheCutOffOfThePhase) {
  const struct {
    const char* evidence;
    int operation;
    const char* value;
    const char* unit;
    const char* says;
    bool is_red_flag;
  } rows[] = {
      {"late, at the limit", 400, "10", "mg/L",
       "- CRP 10 mg/L (Observation/r1, 1988-5, 2026-11-19): not above 10 mg/L, the cut-off later "
       "than 90 days after the operation\n",
       false},
      {"late, just above", 400, "10.1", "mg/L",
       "- CRP 10.1 mg/L (Observation/r1, 1988-5, 2026-11-19): above 10 mg/L, the cut-off later",
       false},
      {"89 days", 89, "10.1", "mg/L", ": not above 100 mg/L, the cut-off up to 90 days", false},
      {"90 days", 90, "100", "mg/L", "CRP 100 mg/L (Observation/r1, 1988-5, 2026-11-19): not above",
       false},
      {"90 days, just above", 90, "100.1", "mg/L", ": above 100 mg/L, the cut-off up to 90 days",
       true},
      {"91 days", 91, "10.1", "mg/L", ": above 10 mg/L, the cut-off later", false},
      {"mg/dL, at the limit", 400, "1", "mg/dL", "CRP 10 mg/L (", false},
      {"mg/dL, above", 400, "1.01", "mg/dL", ": above 10 mg/L", false},
      {"below a limit of the method", 400, "<5", "mg/L",
       "CRP < 5 mg/L (Observation/r1, 1988-5, 2026-11-19): not above 10 mg/L", false},
      {"a comparator that leaves it open", 400, ">5", "mg/L", ": may or may not be above 10 mg/L",
       false},
      {"an unknown unit", 400, "45", "nmol/L",
       "- CRP: not known; recorded in a unit or form that cannot be interpreted", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto card = card_of(painful(row.operation).result(kCrp, row.value, row.unit, 2));
    EXPECT_THAT(card.detail, AllOf(HasSubstr("**Infection screen**\n\n- CRP"), HasSubstr(row.says),
                                   HasSubstr("- ESR: not known; none measured within 90 days")));
    EXPECT_EQ(card.card_kind.starts_with("red-flag"), row.is_red_flag);
  }
}

TEST(InfectionScreen, HoldsEsrAgainstItsCutOffOnlyLate) {
  const struct {
    const char* evidence;
    int operation;
    const char* value;
    const char* says;
  } rows[] = {
      {"at the limit", 400, "30",
       "- ESR 30 mm/h (Observation/r1, 30341-2, 2026-11-19): not above 30 mm/h, the cut-off later"},
      {"above", 400, "31", "): above 30 mm/h, the cut-off later"},
      {"early there is none", 90, "80", "): no cut-off up to 90 days after the operation"},
      {"91 days", 91, "31", "): above 30 mm/h"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto card = card_of(painful(row.operation).result(kEsr, row.value, "mm/h", 2));
    EXPECT_THAT(card.detail, HasSubstr(row.says));
  }
}

TEST(InfectionScreen, DoesNotKnowAValueFromBeforeTheOperation) {  // HR-12
  const auto before =
      evaluate(painful(30).result(kCrp, "4", "mg/L", 31).result(kEsr, "12", "mm/h", 31));
  EXPECT_THAT(
      before.cards.at(0).detail,
      AllOf(HasSubstr("- CRP: not known; CRP 4 mg/L (Observation/r1, 1988-5, 2026-10-21) is "
                      "from before the latest operation and not used\n"),
            HasSubstr("- ESR: not known; ESR 12 mm/h ("),
            HasSubstr("**Infection is not excluded:**")));
  EXPECT_THAT(before.assessment, HasSubstr(R"("missing":["crp","esr","radiograph"])"));
  EXPECT_THAT(card_of(painful(30).result(kCrp, "4", "mg/L", 30)).detail,
              AllOf(HasSubstr("- CRP 4 mg/L ("), Not(HasSubstr("before the latest"))));
}

TEST(InfectionScreen, KnowsAResultForNinetyDays) {
  EXPECT_THAT(card_of(painful(400).result(kCrp, "4", "mg/L", 90)).detail,
              HasSubstr("- CRP 4 mg/L (Observation/r1, 1988-5, 2026-08-23): not above"));
  const auto old = evaluate(painful(400).result(kCrp, "4", "mg/L", 91));
  EXPECT_THAT(old.cards.at(0).detail,
              AllOf(HasSubstr("- CRP: not known; none measured within 90 days is recorded"),
                    Not(HasSubstr("CRP 4"))));
  EXPECT_THAT(old.assessment, HasSubstr(R"("missing":["crp","esr","radiograph"])"));
}

TEST(InfectionScreen, ShowsBothCutOffsWhenTheDayOfTheOperationIsNotExact) {
  const auto card = card_of(RecordBuilder{}
                                .procedure({.system = std::string{cdss::test::kSnomedUri},
                                            .code = "443435007",
                                            .performed = R"("performedDateTime":"2026-08")"})
                                .result(kCrp, "45", "mg/L", 2));
  EXPECT_THAT(
      card.detail,
      HasSubstr("): not above 100 mg/L, the cut-off up to 90 days after the operation; above "
                "10 mg/L, the cut-off later than 90 days after the operation"));
}

TEST(InfectionScreen, SaysWhatTheMarkersMeanTogether) {
  const auto detail = [](const char* crp, const char* esr) {
    return card_of(painful(400).result(kCrp, crp, "mg/L", 2).result(kEsr, esr, "mm/h", 2)).detail;
  };
  EXPECT_THAT(
      detail("10", "30"),
      AllOf(HasSubstr("No marker is above its cut-off. That lowers the concern and does not "
                      "exclude infection."),
            Not(HasSubstr("**Infection is not excluded"))));
  constexpr const char* kCrpRaised =
      "- **Infection is not excluded:** CRP 10.1 mg/L (Observation/r1, 1988-5, 2026-11-19). A "
      "raised marker that makes no red flag still has to be explained";
  EXPECT_THAT(detail("10.1", "30"), AllOf(HasSubstr(kCrpRaised), Not(HasSubstr("Red flag")),
                                          Not(HasSubstr("No marker is above"))));
  EXPECT_THAT(detail("10", "31"), HasSubstr("- **Infection is not excluded:** ESR 31 mm/h"));
  EXPECT_THAT(detail("10", "<40"), HasSubstr("- **Infection is not excluded:** what is not known"));
  EXPECT_THAT(card_of(painful(400)).detail,
              HasSubstr("- **Infection is not excluded:** what is not known is not normal."));
  const auto both = detail("10.1", "31");
  EXPECT_THAT(both, AllOf(StartsWith("**Infection of a hip prosthesis (RF02)**"),
                          HasSubstr("CRP 10.1 mg/L ("), HasSubstr("): above 30 mm/h"),
                          Not(HasSubstr("**Infection is not excluded"))));
}

TEST(InfectionScreen, SaysOneThingOnceOfARaisedMarker) {
  const auto card = card_of(painful(400).result(kCrp, "45", "mg/L", 2));
  EXPECT_THAT(card.summary, HasSubstr("To exclude first: infection of the hip prosthesis."));
  EXPECT_THAT(card.detail, Not(HasSubstr("**To ask and to think of**")));
}

TEST(InfectionScreen, LeavesEarlyMarkersToTheSurgeon) {
  constexpr const char* kNote =
      "- Up to 90 days the surgeon judges: both markers stay up for weeks";
  EXPECT_THAT(card_of(painful(30)).detail, HasSubstr(kNote));
  EXPECT_THAT(card_of(painful(91)).detail, Not(HasSubstr(kNote)));
}

TEST(InfectionScreen, NamesWhiteCellsWhenTheyAreKnown) {
  EXPECT_THAT(card_of(painful(400).result(kWhiteCells, "8.2", "10*3/uL", 3)).detail,
              HasSubstr("- white cell count 8.2 x 10\u00b3/\u00b5L (Observation/r1, 6690-2, "
                        "2026-11-18): no cut-off here"));
  EXPECT_THAT(card_of(painful(400)).detail, Not(HasSubstr("white cell")));
}

TEST(Gaps, NameMedicinesOfUnclearStatusAndResultsThatAreNotPlausible) {
  const auto answer = evaluate(painful(400)
                                   .medication("11289", "unknown")
                                   .medication("999999")
                                   .result("8310-5", "38.9", "[degF]")
                                   .result(kCrp, "20000", "mg/L"));
  EXPECT_THAT(
      answer.cards.at(0).detail,
      AllOf(HasSubstr("1 of the medications could not be told to be taken or not: status unknown, "
                      "missing or unreadable."),
            HasSubstr("Active medicines, not recognised: a medicine that cannot be read (RxNorm "
                      "999999) (MedicationRequest/m2)."),
            HasSubstr("The temperature is recorded in a unit or form that cannot be interpreted, "
                      "or with a value that is not plausible."),
            HasSubstr("- CRP: not known; recorded in a unit or form that cannot be interpreted, or "
                      "with a value that is not plausible"),
            HasSubstr("warfarin, recorded with unclear status (MedicationRequest/m1")));
  EXPECT_THAT(answer.assessment,
              AllOf(HasSubstr(R"("body_temperature")"), HasSubstr(R"("medications")")));
}

TEST(InfectionScreen, IsForTotalHipReplacementsOnly) {
  const auto answer = evaluate(replaced(20, "386649003").condition(snomed("102570003")));
  EXPECT_THAT(answer.cards.at(0).detail,
              AllOf(Not(HasSubstr("Infection screen")), Not(HasSubstr("Radiograph")),
                    Not(HasSubstr("Pattern of the pain"))));
  EXPECT_THAT(answer.assessment, Not(HasSubstr("crp")));
}

}  // namespace
