#include "plugins/rules/facts/days.hpp"

#include <gtest/gtest.h>

namespace {

using cdss::fhir::EventTime;
using cdss::fhir::PartialDate;
using cdss::rules::Days;
using cdss::rules::DaysAgo;
using std::chrono::sys_days;
using namespace std::chrono_literals;

constexpr sys_days kToday = 2026y / 11 / 21;

TEST(Days, StopAtTodayAndKnowNoDayToCome) {
  const struct {
    const char* date;
    std::optional<Days> days;
    const char* text;
  } rows[] = {
      {"2026-10-03", Days{2026y / 10 / 3, 2026y / 10 / 3}, "2026-10-03"},
      {"2026-10", Days{2026y / 10 / 1, 2026y / 10 / 31}, "2026-10"},
      {"2025", Days{2025y / 1 / 1, 2025y / 12 / 31}, "2025"},
      {"2026", Days{2026y / 1 / 1, kToday}, "2026-01-01 to 2026-11-21"},
      {"2026-11-22", Days{kToday, kToday}, "2026-11-21"},  // another time zone
      {"2026-11-23", std::nullopt, ""},
      {"2027", std::nullopt, ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.date);
    const auto days = cdss::rules::past_days(EventTime::on(*PartialDate::parse(row.date)), kToday);
    EXPECT_EQ(days, row.days);
    if (days) {
      EXPECT_EQ(cdss::rules::text_of(*days), row.text);
    }
  }
}

TEST(Days, OfAPeriodWithoutEndAreItsStart) {
  const auto start = *PartialDate::parse("2019-03-11");
  const auto days = cdss::rules::past_days(EventTime::during({.start = start, .end = {}}), kToday);
  EXPECT_EQ(days, (Days{2019y / 3 / 11, 2019y / 3 / 11}));
}

TEST(Days, AgoAreARangeWhenTheDateIs) {
  EXPECT_EQ(text_of(days_ago(Days{2026y / 10 / 1, 2026y / 10 / 31}, kToday)), "21 to 51 days ago");
  EXPECT_EQ(text_of(days_ago(Days{kToday, kToday}, kToday)), "today");
  const auto yesterday = kToday - std::chrono::days{1};
  EXPECT_EQ(text_of(days_ago(Days{yesterday, yesterday}, kToday)), "1 day ago");
  EXPECT_EQ(text_of(days_ago(Days{kToday - std::chrono::days{2}, yesterday}, kToday)),
            "1 to 2 days ago");
}

TEST(Days, AgoAreSaidInTheUnitInWhichPeopleSayThem) {
  const struct {
    int least;
    int most;
    const char* text;
  } rows[] = {
      {91, 91, "91 days ago"},
      {92, 92, "3 months ago"},
      {400, 400, "13 months ago"},
      {730, 730, "23 months ago"},
      {731, 731, "2 years ago"},
      {2448, 2448, "6 years ago"},
      {80, 130, "80 days to 4 months ago"},
      {0, 365, "0 days to 11 months ago"},
      {700, 1200, "22 months to 3 years ago"},
      {2200, 2500, "6 years ago"},
      {0, 1, "0 to 1 day ago"},
      {800, 2500, "2 to 6 years ago"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(text_of(DaysAgo{std::chrono::days{row.least}, std::chrono::days{row.most}}),
              row.text);
  }
}

}  // namespace
