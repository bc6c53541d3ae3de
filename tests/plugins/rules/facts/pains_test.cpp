#include "plugins/rules/facts/pains.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

namespace pain = cdss::rules::pain;
using Record = RecordBuilder;

ConditionText hip_pain(const std::string& more = {}, std::string_view code = "M25.559") {
  auto condition = icd(code);
  condition.more = more;
  return condition;
}

std::string onset(const std::string& date) {
  return R"("onsetDateTime":")" + date + '"';
}

std::string recorded(int days_ago) {
  return R"("recordedDate":")" + day(days_ago) + '"';
}

/// The age of the youngest pain of the hip, in days.
long age_on(const Record& record) {
  const ReadRecord read{record};
  long least = -1;
  for (const auto& one : read.facts().pains.all()) {
    if (one.place == pain::kHip && (least < 0 || one.age.count() < least)) {
      least = one.age.count();
    }
  }
  return least;
}

TEST(Pains, AreAsOldAsTheirOnsetElseTheFormElseTheirRecord) {
  const struct {
    const char* evidence;
    std::string more;
    const char* weeks;  ///< of the form; empty for none
    int said_days_ago;
    long age;
  } rows[] = {
      {"nothing", "", "", 0, 0},
      {"onset", onset(day(40)), "", 0, 40},
      {"onset of a month: its last day", onset("2026-10"), "", 0, 21},
      {"onset of a year that is not over", onset("2026"), "", 0, 0},
      {"onset, recorded later", onset(day(40)) + ',' + recorded(5), "", 0, 40},
      {"recorded", recorded(30), "", 0, 30},
      {"the form", "", "10", 0, 70},
      {"the form of 10 d ago", "", "4", 10, 38},
      {"recorded before the form", recorded(30), "10", 0, 70},
      {"recorded on the day of the form", recorded(10), "4", 10, 38},
      {"recorded after the form", recorded(9), "4", 10, 9},
      {"onset and form", onset(day(40)), "10", 0, 40},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    RecordBuilder record;
    record.condition(hip_pain(row.more));
    if (*row.weeks != '\0') {
      record.item("duration_weeks", quantity(row.weeks, "wk"), row.said_days_ago);
    }
    EXPECT_EQ(age_on(record), row.age);
  }
}

TEST(Pains, OfOnePlaceAreOneComplaintWhileNoMoreThanAYearLiesBetween) {
  const auto three = [](int first, int second, int third, std::string_view side = "M25.559") {
    return RecordBuilder{}
        .condition(hip_pain(recorded(first), "M25.551"))
        .condition(hip_pain(recorded(second), "M25.551"))
        .condition(hip_pain(recorded(third), side));
  };
  EXPECT_EQ(age_on(three(465, 465, 100)), 465) << "365 d apart";
  EXPECT_EQ(age_on(three(466, 466, 100)), 100) << "366 d apart";
  EXPECT_EQ(age_on(three(800, 450, 100)), 800) << "a chain";
  EXPECT_EQ(age_on(three(200, 200, 10)), 200) << "of unknown side, it may be the same";
  EXPECT_EQ(age_on(three(200, 200, 10, "M25.551")), 200) << "the same side";
  EXPECT_EQ(age_on(three(200, 200, 10, "M25.552")), 10) << "the other side";
}

TEST(Pains, AreNewForNinetyDaysOrWhenTheyAreWorse) {
  const auto is_new = [](int days_ago, const char* worse, int said_days_ago) {
    RecordBuilder record;
    record.condition(hip_pain(onset(day(days_ago))));
    if (*worse != '\0') {
      record.item("pain_worse", worse, said_days_ago);
    }
    const ReadRecord read{record};
    return !read.facts().pains.fresh(pain::kRegional).empty();
  };
  EXPECT_TRUE(is_new(90, "", 0));
  EXPECT_FALSE(is_new(91, "", 0));
  EXPECT_TRUE(is_new(91, "true", 90));
  EXPECT_FALSE(is_new(91, "true", 91));
  EXPECT_FALSE(is_new(91, "false", 0));
}

TEST(Pains, TellWhenTheyBeganOnlyByAnOnset) {
  const ReadRecord began{RecordBuilder{}.condition(hip_pain(onset(day(7))))};
  const auto& pains = began.facts().pains;
  EXPECT_TRUE(pains.has_onset(pain::kHip));
  EXPECT_FALSE(pains.has_onset(pain::kGroin));
  EXPECT_FALSE(pains.began_within(pain::kHip, 7).empty());
  EXPECT_TRUE(pains.began_within(pain::kHip, 6).empty());
  const ReadRecord noted{RecordBuilder{}.condition(hip_pain(recorded(1)))};
  EXPECT_FALSE(noted.facts().pains.has_onset(pain::kHip));
  EXPECT_TRUE(noted.facts().pains.began_within(pain::kHip, 7).empty());
}

TEST(Pains, KnowTheirOldest) {
  const ReadRecord read{
      RecordBuilder{}
          .condition(hip_pain(onset(day(400))))
          .condition(
              {.system = std::string{kSnomedUri}, .code = "102570003", .more = onset(day(20))})};
  const auto& pains = read.facts().pains;
  EXPECT_EQ(pains.oldest(pain::kRegional), std::chrono::days{400});
  EXPECT_EQ(pains.oldest_fresh(pain::kRegional), std::chrono::days{20});
  EXPECT_FALSE(pains.oldest(pain::kFlank));
}

TEST(Pains, OfALowerQuadrantAreOfTheGroinWhenTheWordsSaySo) {
  const struct {
    const char* display;
    const char* text;
    std::uint16_t place;
  } rows[] = {
      {"Right lower quadrant pain", "", pain::kLowerQuadrant},
      {"", "", pain::kLowerQuadrant},
      {"Pain in right groin", "", pain::kGroin},
      {"Right lower quadrant pain", "GROIN pain, right", pain::kGroin},
      {"", "inguinal pain", pain::kGroin},
      {"", "groinitis", pain::kLowerQuadrant},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string{row.display} + '|' + row.text);
    const ReadRecord read{
        {{"conditions",
          RecordBuilder::bundle({R"({"resourceType":"Condition","code":{"coding":[{"system":")" +
                                 std::string{kIcdUri} + R"(","code":"R10.31","display":")" +
                                 row.display + R"("}],"text":")" + row.text + R"("}})"})}}};
    const auto pains = read.facts().pains.all();
    ASSERT_EQ(pains.size(), 1U);
    EXPECT_EQ(pains.front().place, row.place);
  }
}

}  // namespace
