#include "plugins/rules/age_scope.hpp"

namespace cdss::rules {

namespace {

/// The day on which who is born on `day` comes of age.
std::chrono::sys_days of_age(std::chrono::sys_days day) {
  using std::chrono::year_month_day;
  constexpr std::chrono::years kAdult{18};
  const year_month_day birthday = year_month_day{day} + kAdult;
  return birthday.ok() ? birthday : birthday.year() / std::chrono::March / 1;
}

}  // namespace

AgeScope age_scope(std::optional<fhir::PartialDate> birth_date, std::chrono::sys_days today) {
  if (!birth_date) {
    return AgeScope::unknown;
  }
  return of_age(birth_date->last_day()) <= today ? AgeScope::adult : AgeScope::minor;
}

bool is_surely_minor(fhir::PartialDate birth_date, std::chrono::sys_days today) {
  return of_age(birth_date.first_day()) > today;
}

}  // namespace cdss::rules
