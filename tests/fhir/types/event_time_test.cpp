#include "fhir/types/event_time.hpp"

#include <optional>

#include <gtest/gtest.h>

#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;
using Day = std::optional<sys_days>;

constexpr sys_days day(int y, unsigned m, unsigned d) {
  return year_month_day{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

TEST(EventTime, IsTheRunOfDaysThatTheElementCanMean) {
  const struct {
    const char* suffix;
    const char* value;
    EventTime::Form form;
    Day earliest, latest;
  } rows[] = {
      {"DateTime", R"("2024-05")", EventTime::Form::date_time, day(2024, 5, 1), day(2024, 5, 31)},
      {"Date", R"("2024-05-06")", EventTime::Form::date_time, day(2024, 5, 6), day(2024, 5, 6)},
      {"Instant", R"("2024-05-06T01:02:03Z")", EventTime::Form::date_time, day(2024, 5, 6),
       day(2024, 5, 6)},
      {"Period", R"({"start": "2024", "end": "2025-02"})", EventTime::Form::period, day(2024, 1, 1),
       day(2025, 2, 28)},
      {"Period", R"({"start": "2024-05-06"})", EventTime::Form::period, day(2024, 5, 6), {}},
      {"Period", R"({"end": "2024-05-06"})", EventTime::Form::period, {}, day(2024, 5, 6)},
      {"Period", R"({"start": "2024-05", "end": "2024"})", EventTime::Form::period, day(2024, 5, 1),
       day(2024, 12, 31)},
      {"Period", "{}", EventTime::Form::period, {}, {}},
      {"Age", R"({"value": 40, "code": "a"})", EventTime::Form::undated, {}, {}},
      {"Range", R"({"low": {"value": 40}})", EventTime::Form::undated, {}, {}},
      {"String", R"("in childhood")", EventTime::Form::undated, {}, {}},
      {"Timing", R"({"event": ["2024"]})", EventTime::Form::undated, {}, {}},
      {"Boolean", "true", EventTime::Form::undated, {}, {}},
      {"Boolean", "false", EventTime::Form::absent, {}, {}},
  };
  for (const auto& [suffix, value, form, earliest, latest] : rows) {
    SCOPED_TRACE(std::string{suffix} + ' ' + value);
    const auto document = json(value);
    const auto read = read_event_time(suffix, document.root());
    ASSERT_TRUE(read);
    ASSERT_TRUE(*read);
    EXPECT_EQ((*read)->form, form);
    EXPECT_EQ((*read)->earliest, earliest);
    EXPECT_EQ((*read)->latest, latest);
    EXPECT_EQ((*read)->is_present(), form != EventTime::Form::absent);
    EXPECT_EQ((*read)->has_day(), earliest || latest);
  }
}

TEST(EventTime, PassesOverATypeThatTheElementCannotHave) {
  const auto document = json("true");
  const auto read = read_event_time("Unheard", document.root());
  ASSERT_TRUE(read);
  EXPECT_FALSE(*read);
}

TEST(EventTime, RefusesAPeriodThatIsNone) {
  const struct {
    const char* value;
    Errc code;
    const char* where;
  } rows[] = {
      {R"({"start": "2024-05-06", "end": "2024-05-05"})", Errc::out_of_range, ""},
      {R"({"start": "2025", "end": "2024"})", Errc::out_of_range, ""},
      {R"({"start": "yesterday"})", Errc::malformed, "start"},
      {R"({"end": "2024-13"})", Errc::out_of_range, "end"},
      {R"({"end": 2024})", Errc::malformed, "end"},
      {R"("2024")", Errc::malformed, ""},
  };
  for (const auto& [value, code, where] : rows) {
    SCOPED_TRACE(value);
    const auto document = json(value);
    const auto read = read_event_time("Period", document.root());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, code);
    EXPECT_EQ(read.error().where, where);
  }
}

}  // namespace
}  // namespace cdss::fhir
