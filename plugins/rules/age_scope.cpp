#include "plugins/rules/age_scope.hpp"

namespace cdss::rules {

AgeScope age_scope(std::optional<fhir::PartialDate> birth_date, std::chrono::sys_days today) {
  using std::chrono::year_month_day;
  constexpr std::chrono::years kAdult{18};
  if (!birth_date) {
    return AgeScope::unknown;
  }
  year_month_day birthday = year_month_day{birth_date->last_day()} + kAdult;
  if (!birthday.ok()) {
    birthday = birthday.year() / std::chrono::March / 1;
  }
  return std::chrono::sys_days{birthday} <= today ? AgeScope::adult : AgeScope::minor;
}

}  // namespace cdss::rules
