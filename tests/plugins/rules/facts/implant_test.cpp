#include "plugins/rules/facts/implant.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

constexpr const char* kPartial = "386649003";  // SNOMED CT
constexpr const char* kTotal = "52734007";

ProcedureText operation(const char* code, const std::string& date = {}) {
  return {std::string{kSnomedUri}, code,
          date.empty() ? date : R"("performedDateTime":")" + date + '"'};
}

TEST(Implant, HurtsUnlessAllPainIsSurelyOfTheOtherSide) {
  const struct {
    const char* evidence;
    std::vector<const char*> codes;
    bool is_contralateral;
  } rows[] = {
      {"the other side", {"Z96.641", "M25.552"}, true},
      {"the same side", {"Z96.641", "M25.551"}, false},
      {"pain of unknown side", {"Z96.641", "M25.559"}, false},
      {"implant of unknown side", {"Z96.649", "M25.552"}, false},
      {"both hips replaced", {"Z96.643", "M25.552"}, false},
      {"two codes, both hips", {"Z96.641", "Z96.642", "M25.552"}, false},
      {"one implant of unknown side", {"Z96.641", "Z96.649", "M25.552"}, false},
      {"one pain of the same side", {"Z96.641", "M25.552", "M79.651"}, false},
      {"two pains of the other side", {"Z96.641", "M25.552", "M79.652"}, true},
      {"back pain has no part in it", {"Z96.641", "M25.552", "M54.50"}, true},
      {"no pain of the hip", {"Z96.641", "M54.50"}, false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    RecordBuilder record;
    for (const char* code : row.codes) {
      record.condition(icd(code));
    }
    const ReadRecord read{record};
    const auto& implant = read.facts().implant;
    EXPECT_EQ(implant.is_pain_contralateral, row.is_contralateral);
    const bool has_pain = std::string_view{row.evidence} != "no pain of the hip";
    EXPECT_EQ(!implant.pain.empty(), has_pain && !row.is_contralateral);
  }
}

TEST(Implant, IsEarlyForNinetyDaysOnAnyPossibleDay) {
  const struct {
    std::string performed;
    bool is_early;
    bool may_be_late;
  } rows[] = {
      {day(90), true, false},   {day(91), false, true}, {"2026-08", true, true},
      {"2026-07", false, true}, {"2026", true, true},   {"", false, true},
  };
  for (const char* code : {kTotal, kPartial}) {
    for (const auto& row : rows) {
      SCOPED_TRACE(std::string{code} + ' ' + row.performed);
      const ReadRecord read{RecordBuilder{}.procedure(operation(code, row.performed))};
      const auto& implant = read.facts().implant;
      EXPECT_TRUE(implant.is_any());
      EXPECT_EQ(implant.is_early, row.is_early);
      EXPECT_EQ(implant.may_be_late, row.may_be_late);
    }
  }
}

TEST(Implant, GoesByTheLatestOperation) {
  const ReadRecord read{RecordBuilder{}
                            .procedure(operation(kTotal, day(400)))
                            .procedure(operation(kPartial, day(20)))};
  const auto& implant = read.facts().implant;
  EXPECT_TRUE(implant.is_early);
  EXPECT_FALSE(implant.may_be_late);
  ASSERT_TRUE(implant.latest);
  EXPECT_EQ(implant.latest->last, kToday - std::chrono::days{20});
  cdss::rules::Finding before;
  before.days = cdss::rules::Days{kToday - std::chrono::days{21}, kToday - std::chrono::days{21}};
  EXPECT_TRUE(implant.is_before_latest(before));
  before.days = implant.latest;
  EXPECT_FALSE(implant.is_before_latest(before));
}

TEST(Implant, OfAPartialArthroplastyIsNoTotalReplacement) {
  const ReadRecord read{RecordBuilder{}.procedure(operation(kPartial)).condition(icd("M25.551"))};
  const auto& facts = read.facts();
  EXPECT_EQ(facts.hip.flag, cdss::rules::ThaFlag::none);
  EXPECT_TRUE(facts.implant.is_any());
  EXPECT_FALSE(facts.implant.pain.empty());
}

TEST(Implant, IsThereWhenItIsOnlySuspected) {
  for (const char* status : {"provisional", "differential", "unconfirmed"}) {
    auto suspected = icd("Z96.641");
    suspected.verification_status = status;
    const ReadRecord read{RecordBuilder{}.condition(suspected)};
    EXPECT_TRUE(read.facts().implant.is_any()) << status;
  }
  auto refuted = icd("Z96.641");
  refuted.verification_status = "refuted";
  EXPECT_FALSE(ReadRecord{RecordBuilder{}.condition(refuted)}.facts().implant.is_any());
}

}  // namespace
