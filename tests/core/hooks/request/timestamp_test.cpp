#include "core/hooks/request/timestamp.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cdss::hooks {
namespace {

using namespace std::chrono;

TEST(Timestamp, FB_11_ReadsAnRfc3339DateTime) {
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
      {"0001-01-01T00:00:00Z", day(1y / January / 1)},
      {"9999-12-31T23:59:59Z", day(9999y / December / 31) + 23h + 59min + 59s},
  };
  for (const auto& [text, at] : rows) {
    SCOPED_TRACE(text);
    const auto read = read_timestamp(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, at);
  }
}

TEST(Timestamp, FB_11_RefusesEverythingElse) {
  for (const auto* const text : {"",
                                 "2021-12-11",
                                 "2021-12-11T10:05Z",
                                 "2021-12-11T10:05:31",
                                 "2021-12-11 10:05:31Z",
                                 "2021-12-11T10:05:31.Z",
                                 "2021-12-11T10:05:31,5Z",
                                 "2021-12-11T10:05:31+00",
                                 "2021-12-11T10:05:31+0000",
                                 "2021-12-11T10:05:31Z ",
                                 " 2021-12-11T10:05:31Z",
                                 "2021-12-11T10:05:31ZZ",
                                 "21-12-11T10:05:31Z",
                                 "2021-1-11T10:05:31Z",
                                 "2021-12-11T10:05:3xZ",
                                 "12021-12-11T10:05:31Z",
                                 "-021-12-11T10:05:31Z",
                                 "1639217131",
                                 "2021-12-11T24:05:3",
                                 "Sat, 11 Dec 2021 10:05:31 GMT"}) {
    SCOPED_TRACE(text);
    const auto read = read_timestamp(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::malformed);
  }
  EXPECT_FALSE(read_timestamp("2021-12-11T10:05:31." + std::string(60, '1') + "Z"));
}

TEST(Timestamp, FB_11_RefusesATimeThatThereIsNot) {
  for (const auto* const text :
       {"2021-13-11T10:05:31Z", "2021-00-11T10:05:31Z", "2021-02-29T10:05:31Z",
        "2021-12-32T10:05:31Z", "2021-12-00T10:05:31Z", "2021-12-11T24:00:00Z",
        "2021-12-11T10:60:31Z", "2021-12-11T10:05:61Z", "2021-12-11T10:05:31+24:00",
        "2021-12-11T10:05:31+00:60", "0000-01-01T00:00:00Z"}) {
    SCOPED_TRACE(text);
    const auto read = read_timestamp(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::out_of_range);
  }
}

}  // namespace
}  // namespace cdss::hooks
