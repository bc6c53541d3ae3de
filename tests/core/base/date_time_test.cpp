#include "core/base/date_time.hpp"

#include <gtest/gtest.h>

namespace cdss {
namespace {

using namespace std::chrono;

TEST(DateTime, ReadsTheDaysThatADateCanMean) {
  const struct {
    const char* text;
    sys_days first, last;
  } rows[] = {
      {"2024", 2024y / 1 / 1, 2024y / 12 / 31},
      {"0001", 1y / January / 1, 1y / December / 31},
      {"9999", 9999y / 1 / 1, 9999y / 12 / 31},
      {"2024-02", 2024y / 2 / 1, 2024y / 2 / 29},
      {"1900-02", 1900y / 2 / 1, 1900y / 2 / 28},
      {"2000-02", 2000y / 2 / 1, 2000y / 2 / 29},
      {"2023-12", 2023y / 12 / 1, 2023y / 12 / 31},
      {"2024-03-07", 2024y / 3 / 7, 2024y / 3 / 7},
      {"2024-02-29T23:59:59-12:00", 2024y / 2 / 29, 2024y / 2 / 29},
  };
  for (const auto& [text, first, last] : rows) {
    SCOPED_TRACE(text);
    const auto date = DateTime::parse(text);
    ASSERT_TRUE(date);
    EXPECT_EQ(date->first_day, first);
    EXPECT_EQ(date->last_day, last);
    EXPECT_EQ(date->time.has_value(), std::string_view{text}.size() > 10);
  }
}

TEST(DateTime, FB_11_ReadsTheMomentOfAnRfc3339DateTime) {
  const auto day = [](year_month_day date) { return Timestamp{sys_days{date}}; };
  const auto spring = day(1985y / April / 12);
  const struct {
    const char* text;
    Timestamp at;
  } rows[] = {
      {"1985-04-12T23:20:50.52Z", spring + 23h + 20min + 50s + 520ms},
      {"2021-12-11T10:05:31Z", day(2021y / December / 11) + 10h + 5min + 31s},
      {"2021-12-11t10:05:31z", day(2021y / December / 11) + 10h + 5min + 31s},
      {"2021-12-11T10:05:31+00:00", day(2021y / December / 11) + 10h + 5min + 31s},
      {"2021-12-11T10:05:31-00:00", day(2021y / December / 11) + 10h + 5min + 31s},
      {"1996-12-19T16:39:57-08:00", day(1996y / December / 20) + 39min + 57s},
      {"1990-12-31T23:59:60Z", day(1991y / January / 1)},
      {"1990-12-31T15:59:60-08:00", day(1991y / January / 1)},
      {"1937-01-01T12:00:27.87+00:20", day(1937y / January / 1) + 11h + 40min + 27s + 870ms},
      {"2024-02-29T00:00:00Z", day(2024y / February / 29)},
      {"2024-01-01T00:00:00.123456789Z", day(2024y / January / 1) + 123456us},
      {"2024-01-01T00:00:00+23:59", day(2023y / December / 31) + 1min},
      {"0001-01-01T00:00:00Z", day(1y / January / 1)},
      {"9999-12-31T23:59:59Z", day(9999y / December / 31) + 23h + 59min + 59s},
  };
  for (const auto& [text, at] : rows) {
    SCOPED_TRACE(text);
    const auto read = DateTime::parse(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->moment(), at);
  }
}

TEST(DateTime, IsAMomentWithSecondsAndAnOffsetOnly) {
  for (const auto* const text :
       {"2024", "2024-03", "2024-03-07", "2024-03-07T10:00", "2024-03-07T10:00Z",
        "2024-03-07T10:00:00", "2024-03-07T10:00:00.5"}) {
    SCOPED_TRACE(text);
    const auto read = DateTime::parse(text);
    ASSERT_TRUE(read);
    EXPECT_FALSE(read->moment());
  }
}

TEST(DateTime, RefusesAnyOtherShape) {
  for (const auto* const text : {"",
                                 "24",
                                 "02024",
                                 "-2024",
                                 "2024-",
                                 "2024-3",
                                 "2024-03-",
                                 "2024-03-7",
                                 "2024/03/07",
                                 "2024-03-07 ",
                                 "20240307",
                                 "2024-03-07-",
                                 " 2024",
                                 "2024-W05",
                                 "2024-03T10:00:00Z",
                                 "2024T10:00:00Z",
                                 "T10:00:00Z",
                                 "2024-03-07T",
                                 "2024-03-07T10",
                                 "2024-03-07T10Z",
                                 "2024-03-07T1:00:00Z",
                                 "2024-03-07T10:00:0Z",
                                 "2024-03-07T10:00:00.",
                                 "2024-03-07T10:00:00.Z",
                                 "2024-03-07T10:00.5Z",
                                 "2024-03-07T10:00:00+0500",
                                 "2024-03-07T10:00:00+05",
                                 "2024-03-07T10:00:00Z ",
                                 "2024-03-07T10:00:00ZZ",
                                 "2024-03-07T10:00:00,5Z",
                                 "2024-03-07 10:00:00Z",
                                 "2024-03-07T10:00:3xZ",
                                 "12024-03-07",
                                 "2024-03-07T24:05:3",
                                 "1639217131",
                                 "Sat, 11 Dec 2021 10:05:31 GMT"}) {
    SCOPED_TRACE(text);
    const auto read = DateTime::parse(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::malformed);
  }
}

TEST(DateTime, RefusesWhatNoCalendarAndNoClockHas) {
  for (const auto* const text :
       {"0000", "2024-00", "2024-13", "2024-03-00", "2024-04-31", "2023-02-29", "1900-02-29",
        "2024-13-01", "2021-12-32T10:05:31Z", "2021-12-11T24:00:00Z", "2021-12-11T10:60:31Z",
        "2021-12-11T10:05:61Z", "2021-12-11T10:05:31+24:00", "2021-12-11T10:05:31+00:60",
        "0000-01-01T00:00:00Z"}) {
    SCOPED_TRACE(text);
    const auto read = DateTime::parse(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::out_of_range);
  }
}

TEST(IsoDate, HasTenCharacters) {
  EXPECT_EQ(iso_date(sys_days{2026y / November / 22}), "2026-11-22");
  EXPECT_EQ(iso_date(sys_days{1y / January / 2}), "0001-01-02");
}

TEST(IsoTime, IsInUtcToTheMillisecond) {
  using std::chrono::milliseconds;
  const std::chrono::sys_time<milliseconds> day{sys_days{2026y / November / 22}};
  EXPECT_EQ(iso_time(day), "2026-11-22T00:00:00.000Z");
  EXPECT_EQ(iso_time(day + milliseconds{86'399'999}), "2026-11-22T23:59:59.999Z");
  EXPECT_EQ(iso_time(day + milliseconds{36'331'007}), "2026-11-22T10:05:31.007Z");
  EXPECT_EQ(iso_time(day - milliseconds{1}), "2026-11-21T23:59:59.999Z");
}

}  // namespace
}  // namespace cdss
