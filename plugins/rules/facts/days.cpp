#include "plugins/rules/facts/days.hpp"

#include <algorithm>
#include <string_view>

#include "core/base/date_time.hpp"

namespace cdss::rules {
namespace {

using std::chrono::year_month_day;

/// A time in the unit in which people say it.
struct Age {
  std::chrono::days::rep count;
  std::string_view unit;  ///< "day"
};

Age age_of(std::chrono::days days) {
  using std::chrono::floor;
  constexpr std::chrono::days kLongestInDays{91};  // 13 weeks
  constexpr std::chrono::months kLongestInMonths{24};
  if (days <= kLongestInDays) {
    return {.count = days.count(), .unit = "day"};
  }
  if (days <= kLongestInMonths) {
    return {.count = floor<std::chrono::months>(days).count(), .unit = "month"};
  }
  return {.count = floor<std::chrono::years>(days).count(), .unit = "year"};
}

std::string words_of(const Age& age) {
  return std::string{age.unit} + (age.count == 1 ? "" : "s");
}

constexpr std::size_t kYear = 4;   // characters of "2026"
constexpr std::size_t kMonth = 7;  // characters of "2026-10"

}  // namespace

std::optional<Days> past_days(const fhir::EventTime& when, std::chrono::sys_days today) {
  constexpr std::chrono::days kTimeZones{1};
  if (!when.has_day()) {
    return std::nullopt;
  }
  const auto first = when.earliest ? *when.earliest : *when.latest;
  const auto last = when.latest ? *when.latest : first;
  if (first > today + kTimeZones) {
    return std::nullopt;
  }
  return Days{.first = std::min(first, today), .last = std::min(std::max(first, last), today)};
}

fhir::EventTime when_of(const fhir::Observation& observation) {
  return !observation.effective.is_present() && observation.issued
             ? fhir::EventTime::on(*observation.issued)
             : observation.effective;
}

std::optional<Days> observed_days(const fhir::EventTime& when, std::chrono::sys_days today) {
  const auto days = past_days(when, today);
  return days && when.form == fhir::EventTime::Form::period ? Days{days->last, days->last} : days;
}

DaysAgo days_ago(Days days, std::chrono::sys_days today) {
  return {.least = today - days.last, .most = today - days.first};
}

std::string text_of(Days days) {
  const year_month_day first{days.first};
  const year_month_day last{days.last};
  std::string from = iso_date(first);
  if (days.first == days.last) {
    return from;
  }
  const bool is_first_of_month = first.day() == std::chrono::day{1};
  const bool is_last_of_month =
      last.day() == (last.year() / last.month() / std::chrono::last).day();
  if (is_first_of_month && is_last_of_month && first.year() == last.year()) {
    if (first.month() == last.month()) {
      return from.substr(0, kMonth);
    }
    if (first.month() == std::chrono::January && last.month() == std::chrono::December) {
      return from.substr(0, kYear);
    }
  }
  return from + " to " + iso_date(last);
}

std::string text_of(DaysAgo ago) {
  const Age least = age_of(ago.least);
  const Age most = age_of(ago.most);
  const std::string number = std::to_string(most.count);
  if (least.unit != most.unit) {
    return std::to_string(least.count) + ' ' + words_of(least) + " to " + number + ' ' +
           words_of(most) + " ago";
  }
  if (least.count != most.count) {
    return std::to_string(least.count) + " to " + number + ' ' + words_of(most) + " ago";
  }
  return ago.most == std::chrono::days{0} ? "today" : number + ' ' + words_of(most) + " ago";
}

}  // namespace cdss::rules
