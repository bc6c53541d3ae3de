#include "core/base/date_time.hpp"

#include <algorithm>
#include <cstdio>

#include "core/base/text/ascii.hpp"

namespace cdss {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

/// Takes a text apart from its beginning. What does not fit leaves it broken.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_{text} {}

  bool read_all() const { return !broken_ && rest_.empty(); }
  bool at_end() const { return rest_.empty(); }

  bool take(char c) {
    const bool there = rest_.starts_with(c);
    rest_.remove_prefix(there ? 1 : 0);
    return there;
  }

  void demand(bool there) { broken_ = broken_ || !there; }

  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const bool there = !rest_.empty() && is_digit(rest_.front());
      demand(there);
      value = value * 10 + (there ? rest_.front() - '0' : 0);
      rest_.remove_prefix(there ? 1 : 0);
    }
    return value;
  }

  /// The digits of a fraction, at least one.
  microseconds fraction() {
    constexpr std::size_t kDigits = 6;
    const auto count = std::min(rest_.find_first_not_of("0123456789"), rest_.size());
    demand(count > 0);
    int value = 0;
    for (std::size_t i = 0; i < kDigits; ++i) {
      value = value * 10 + (i < count ? rest_[i] - '0' : 0);
    }
    rest_.remove_prefix(count);
    return microseconds{value};
  }

 private:
  std::string_view rest_;
  bool broken_ = false;
};

struct HourMinute {
  int hour = 0;
  int minute = 0;

  bool ok() const { return hour <= 23 && minute <= 59; }
  minutes since_midnight() const { return hours{hour} + minutes{minute}; }
};

/// The numbers of a time, as they are written.
struct TimeNumbers {
  HourMinute time;
  std::optional<int> second;
  microseconds fraction{};
  std::optional<HourMinute> offset;
  bool west = false;

  bool ok() const {
    return time.ok() && second.value_or(0) <= 60 && (!offset || offset->ok());  // a leap second
  }
};

/// The numbers of a date, as they are written.
struct DateNumbers {
  int year = 0;
  std::optional<int> month;
  std::optional<int> day;
};

HourMinute read_hour_minute(Cursor& cursor) {
  HourMinute read;
  read.hour = cursor.digits(2);
  cursor.demand(cursor.take(':'));
  read.minute = cursor.digits(2);
  return read;
}

TimeNumbers read_time(Cursor& cursor) {
  TimeNumbers read;
  read.time = read_hour_minute(cursor);
  if (cursor.take(':')) {
    read.second = cursor.digits(2);
    if (cursor.take('.')) {
      read.fraction = cursor.fraction();
    }
  }
  if (cursor.take('Z') || cursor.take('z')) {
    read.offset.emplace();
  } else if (!cursor.at_end()) {
    read.west = cursor.take('-');
    cursor.demand(read.west || cursor.take('+'));
    read.offset = read_hour_minute(cursor);
  }
  return read;
}

DateNumbers read_date(Cursor& cursor) {
  DateNumbers read;
  read.year = cursor.digits(4);
  if (cursor.take('-')) {
    read.month = cursor.digits(2);
    if (cursor.take('-')) {
      read.day = cursor.digits(2);
    }
  }
  return read;
}

/// None where the calendar does not have it.
std::optional<DateTime> days_of(const DateNumbers& date) {
  const std::chrono::year year{date.year};
  const std::chrono::month first{static_cast<unsigned>(date.month.value_or(1))};
  const std::chrono::month last{static_cast<unsigned>(date.month.value_or(12))};
  if (date.year == 0 || !first.ok()) {
    return std::nullopt;
  }
  if (!date.day) {
    return DateTime{.first_day = sys_days{year / first / 1},
                    .last_day = sys_days{year / last / std::chrono::last},
                    .time = {}};
  }
  const auto day = year / first / *date.day;
  return day.ok() ? std::optional{DateTime{.first_day = day, .last_day = day, .time = {}}}
                  : std::nullopt;
}

DateTime::Time time_of(const TimeNumbers& read) {
  DateTime::Time time{.since_midnight = read.time.since_midnight() +
                                        seconds{read.second.value_or(0)} + read.fraction,
                      .has_seconds = read.second.has_value(),
                      .offset = {}};
  if (read.offset) {
    const auto offset = read.offset->since_midnight();
    time.offset = read.west ? -offset : offset;
  }
  return time;
}

}  // namespace

Result<DateTime> DateTime::parse(std::string_view text) {
  Cursor cursor{text};
  const auto date = read_date(cursor);
  std::optional<TimeNumbers> time;
  if (date.day && (cursor.take('T') || cursor.take('t'))) {
    time = read_time(cursor);
  }
  if (!cursor.read_all()) {
    return Error{Errc::malformed, {}, "is not a date or a time in the form YYYY-MM-DDThh:mm:ssZ"};
  }
  if (time && !time->ok()) {
    return Error{Errc::out_of_range, {}, "has a time that no clock shows"};
  }
  auto read = days_of(date);
  if (!read) {
    return Error{Errc::out_of_range, {}, "is not in the calendar"};
  }
  if (time) {
    read->time = time_of(*time);
  }
  return *read;
}

std::optional<Timestamp> DateTime::moment() const {
  if (!time || !time->has_seconds || !time->offset) {
    return std::nullopt;
  }
  return Timestamp{first_day + time->since_midnight - *time->offset};
}

std::string iso_date(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::string iso_time(std::chrono::sys_time<std::chrono::milliseconds> moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::hh_mm_ss time{moment - day};
  char text[64];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return iso_date(day) + text;
}

}  // namespace cdss
