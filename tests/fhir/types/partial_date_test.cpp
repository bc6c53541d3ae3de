#include "fhir/types/partial_date.hpp"

#include <gtest/gtest.h>

#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr sys_days day(int y, unsigned m, unsigned d) {
  return year_month_day{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

TEST(PartialDate, ReadsTheDaysATextCanMean) {
  const struct {
    const char* text;
    sys_days first, last;
  } rows[] = {
      {"2024", day(2024, 1, 1), day(2024, 12, 31)},
      {"0001", day(1, 1, 1), day(1, 12, 31)},
      {"9999", day(9999, 1, 1), day(9999, 12, 31)},
      {"2024-02", day(2024, 2, 1), day(2024, 2, 29)},
      {"1900-02", day(1900, 2, 1), day(1900, 2, 28)},
      {"2000-02", day(2000, 2, 1), day(2000, 2, 29)},
      {"2023-12", day(2023, 12, 1), day(2023, 12, 31)},
      {"2024-03-07", day(2024, 3, 7), day(2024, 3, 7)},
      {"2024-02-29", day(2024, 2, 29), day(2024, 2, 29)},
  };
  for (const auto& [text, first, last] : rows) {
    SCOPED_TRACE(text);
    const auto date = PartialDate::parse(text);
    ASSERT_TRUE(date);
    EXPECT_EQ(date->first_day(), first);
    EXPECT_EQ(date->last_day(), last);
    const auto as_date_time = PartialDate::parse_date_time(text);
    ASSERT_TRUE(as_date_time);
    EXPECT_TRUE(*as_date_time == *date);
  }
}

TEST(PartialDate, RefusesWhatIsNoDateAndSaysWhetherTheShapeOrTheCalendarIsWrong) {
  const struct {
    const char* text;
    Errc code;
  } rows[] = {
      {"", Errc::malformed},
      {"2024-3", Errc::malformed},
      {"2024-03-07 ", Errc::malformed},
      {"2024-03-07T10:00:00Z", Errc::malformed},
      {"0000", Errc::out_of_range},
      {"2024-13", Errc::out_of_range},
      {"2023-02-29", Errc::out_of_range},
  };
  for (const auto& [text, code] : rows) {
    SCOPED_TRACE(text);
    const auto date = PartialDate::parse(text);
    ASSERT_FALSE(date);
    EXPECT_EQ(date.error().code, code);
  }
}

TEST(PartialDate, KeepsTheDayThatADateTimeWrites) {
  const char* const rows[] = {
      "2024-03-07T00:00:00Z",
      "2024-03-07T23:59:59+14:00",
      "2024-03-07T23:59:60Z",
      "2024-03-07T10:00:00-05:00",
      "2024-03-07T10:00:00.123456789Z",
      "2024-03-07T10:00:00",
      "2024-03-07T10:00Z",
      "2024-03-07T10:00",
  };
  for (const char* const text : rows) {
    SCOPED_TRACE(text);
    const auto date = PartialDate::parse_date_time(text);
    ASSERT_TRUE(date);
    EXPECT_EQ(date->first_day(), day(2024, 3, 7));
    EXPECT_EQ(date->last_day(), day(2024, 3, 7));
    EXPECT_FALSE(PartialDate::parse(text));
  }
}

TEST(PartialDate, RefusesADateTimeThatFhirDoesNotWrite) {
  const struct {
    const char* text;
    Errc code;
  } rows[] = {
      {"2024-03-07T10", Errc::malformed},
      {"2024-03T10:00:00Z", Errc::malformed},
      {"2024-03-07T10:00:00z", Errc::malformed},
      {"2024-03-07t10:00:00Z", Errc::malformed},
      {"2024-03-07T24:00:00Z", Errc::out_of_range},
      {"2024-03-07T10:00:00+14:01", Errc::out_of_range},
      {"2024-03-07T10:00:00-15:00", Errc::out_of_range},
      {"2023-02-29T10:00:00Z", Errc::out_of_range},
  };
  for (const auto& [text, code] : rows) {
    SCOPED_TRACE(text);
    const auto date = PartialDate::parse_date_time(text);
    ASSERT_FALSE(date);
    EXPECT_EQ(date.error().code, code);
  }
}

TEST(PartialDate, NamesTheElementThatIsNoDate) {
  const auto document = json(R"({"a": {"birthDate": "1980-02-30"}})");
  const auto date = read_partial_date(*document.root().find("a")->find("birthDate"));
  ASSERT_FALSE(date);
  EXPECT_EQ(date.error().where, "a.birthDate");
  EXPECT_EQ(date.error().message, "is not in the calendar");
}

}  // namespace
}  // namespace cdss::fhir
