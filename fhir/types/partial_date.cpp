#include "fhir/types/partial_date.hpp"

#include <algorithm>
#include <optional>

namespace cdss::fhir {
namespace {

using std::chrono::day;
using std::chrono::last;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

Error malformed_date() {
  return {Errc::malformed, {}, "is not a date as FHIR writes it"};
}
Error malformed_time() {
  return {Errc::malformed, {}, "is not a time as FHIR writes it"};
}
Error no_such_time() {
  return {Errc::out_of_range, {}, "has a time that no clock shows"};
}
Error no_such_date() {
  return {Errc::out_of_range, {}, "is not in the calendar"};
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes `count` digits off the front; none when they are not there.
std::optional<unsigned> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count || !std::all_of(text.begin(), text.begin() + count, is_digit)) {
    return std::nullopt;
  }
  unsigned number = 0;
  for (const char c : text.substr(0, count)) {
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  text.remove_prefix(count);
  return number;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

/// Takes ":SS" and a fraction off the front, if they are there.
Result<void> take_seconds(std::string_view& text) {
  if (!take(text, ':')) {
    return {};
  }
  const auto seconds = take_digits(text, 2);
  if (!seconds) {
    return malformed_time();
  }
  if (*seconds > 60) {  // 60 is a leap second
    return no_such_time();
  }
  if (take(text, '.')) {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    if (end == 0) {
      return malformed_time();
    }
    text.remove_prefix(end);
  }
  return {};
}

/// Checks "Z", "+HH:MM", "-HH:MM" or nothing.
Result<void> check_offset(std::string_view text) {
  if (text.empty() || text == "Z") {
    return {};
  }
  if (!take(text, '+') && !take(text, '-')) {
    return malformed_time();
  }
  const auto hours = take_digits(text, 2);
  const bool colon = take(text, ':');
  const auto minutes = take_digits(text, 2);
  if (!hours || !colon || !minutes || !text.empty()) {
    return malformed_time();
  }
  if (*minutes > 59 || *hours > 14 || (*hours == 14 && *minutes > 0)) {
    return no_such_time();
  }
  return {};
}

/// Checks what follows the "T" of a dateTime.
Result<void> check_time(std::string_view text) {
  const auto hours = take_digits(text, 2);
  const bool colon = take(text, ':');
  const auto minutes = take_digits(text, 2);
  if (!hours || !colon || !minutes) {
    return malformed_time();
  }
  if (*hours > 23 || *minutes > 59) {
    return no_such_time();
  }
  CDSS_CHECK(take_seconds(text));
  return check_offset(text);
}

}  // namespace

Result<PartialDate> PartialDate::parse(std::string_view text) {
  const auto y = take_digits(text, 4);
  if (!y) {
    return malformed_date();
  }
  const year in_year{static_cast<int>(*y)};
  std::optional<unsigned> m;
  std::optional<unsigned> d;
  if (!text.empty()) {
    if (!take(text, '-') || !(m = take_digits(text, 2))) {
      return malformed_date();
    }
    if (!text.empty() && (!take(text, '-') || !(d = take_digits(text, 2)) || !text.empty())) {
      return malformed_date();
    }
  }
  if (*y == 0 || (m && !month{*m}.ok())) {
    return no_such_date();
  }
  if (!m) {
    return PartialDate{sys_days{in_year / month{1} / day{1}}, sys_days{in_year / month{12} / last}};
  }
  if (!d) {
    return PartialDate{sys_days{in_year / month{*m} / day{1}},
                       sys_days{in_year / month{*m} / last}};
  }
  const year_month_day date = in_year / month{*m} / day{*d};
  if (!date.ok()) {
    return no_such_date();
  }
  return PartialDate{sys_days{date}, sys_days{date}};
}

Result<PartialDate> PartialDate::parse_date_time(std::string_view text) {
  const auto t = text.find('T');
  if (t == std::string_view::npos) {
    return parse(text);
  }
  constexpr std::size_t kWholeDate = 10;  // a time follows a whole date only
  if (t != kWholeDate) {
    return malformed_date();
  }
  CDSS_CHECK(check_time(text.substr(t + 1)));
  return parse(text.substr(0, t));
}

Result<PartialDate> read_partial_date(View value) {
  CDSS_TRY(const auto text, value.string());
  const auto date = PartialDate::parse_date_time(text);
  if (!date) {
    return value.error(date.error().code, date.error().message);
  }
  return *date;
}

}  // namespace cdss::fhir
