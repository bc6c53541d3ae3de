#include "core/hooks/request/timestamp.hpp"

#include <algorithm>

namespace cdss::hooks {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kLongest = 64;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes a text apart from its beginning. What does not fit leaves it broken.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_{text} {}

  bool is_broken() const { return broken_; }
  bool at_end() const { return rest_.empty(); }

  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_.empty() || !is_digit(rest_.front())) {
        broken_ = true;
        return 0;
      }
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return value;
  }

  /// One of the characters of `any`; 0 when something else stands there.
  char one_of(std::string_view any) {
    const auto found = rest_.empty() ? std::string_view::npos : any.find(rest_.front());
    if (found == std::string_view::npos) {
      broken_ = true;
      return 0;
    }
    rest_.remove_prefix(1);
    return any[found];
  }

  bool next_is(char c) const { return !rest_.empty() && rest_.front() == c; }

  /// The digits of a fraction, at least one, as microseconds.
  microseconds fraction() {
    const auto count = std::ranges::find_if_not(rest_, is_digit) - rest_.begin();
    broken_ = broken_ || count == 0;
    int value = 0;
    for (int i = 0; i < 6; ++i) {
      value = value * 10 + (i < count ? rest_[static_cast<std::size_t>(i)] - '0' : 0);
    }
    rest_.remove_prefix(static_cast<std::size_t>(count));
    return microseconds{value};
  }

 private:
  std::string_view rest_;
  bool broken_ = false;
};

/// The numbers of a date-time, as they are written.
struct Parts {
  int year, month, day, hour, minute, second;
  microseconds fraction;
  int zone_sign, zone_hour, zone_minute;
};

Parts read_parts(Cursor& cursor) {
  Parts parts{};
  parts.year = cursor.digits(4);
  cursor.one_of("-");
  parts.month = cursor.digits(2);
  cursor.one_of("-");
  parts.day = cursor.digits(2);
  cursor.one_of("Tt");
  parts.hour = cursor.digits(2);
  cursor.one_of(":");
  parts.minute = cursor.digits(2);
  cursor.one_of(":");
  parts.second = cursor.digits(2);
  if (cursor.next_is('.')) {
    cursor.one_of(".");
    parts.fraction = cursor.fraction();
  }
  const char zone = cursor.one_of("Zz+-");
  if (zone == '+' || zone == '-') {
    parts.zone_sign = zone == '+' ? 1 : -1;
    parts.zone_hour = cursor.digits(2);
    cursor.one_of(":");
    parts.zone_minute = cursor.digits(2);
  }
  return parts;
}

}  // namespace

Result<Timestamp> read_timestamp(std::string_view text) {
  Cursor cursor{text.substr(0, kLongest + 1)};
  const Parts parts = read_parts(cursor);
  if (cursor.is_broken() || !cursor.at_end() || text.size() > kLongest) {
    return Error{Errc::malformed, {}, "must be a date and time as RFC 3339 has it"};
  }
  const std::chrono::year_month_day date{std::chrono::year{parts.year},
                                         std::chrono::month{static_cast<unsigned>(parts.month)},
                                         std::chrono::day{static_cast<unsigned>(parts.day)}};
  if (!date.ok() || parts.year < 1 || parts.hour > 23 || parts.minute > 59 || parts.second > 60 ||
      parts.zone_hour > 23 || parts.zone_minute > 59) {
    return Error{Errc::out_of_range, {}, "must be a date and time that there is"};
  }
  const auto zone = parts.zone_sign * (hours{parts.zone_hour} + minutes{parts.zone_minute});
  return Timestamp{std::chrono::sys_days{date} + hours{parts.hour} + minutes{parts.minute} +
                   seconds{parts.second} + parts.fraction - zone};
}

}  // namespace cdss::hooks
