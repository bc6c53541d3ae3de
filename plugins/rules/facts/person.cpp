#include "plugins/rules/facts/person.hpp"

#include <algorithm>

#include "fhir/resources/read_all.hpp"

namespace cdss::rules {
namespace {

/// The birthday, `years` after `day`. Who is born on 29 February has it on 1 March.
std::chrono::sys_days birthday(std::chrono::sys_days day, std::chrono::years years) {
  using std::chrono::year_month_day;
  const year_month_day date = year_month_day{day} + years;
  return date.ok() ? date : date.year() / std::chrono::March / 1;
}

/// The day on which who is born on `day` comes of age.
std::chrono::sys_days of_age(std::chrono::sys_days day) {
  return birthday(day, std::chrono::years{18});
}

/// Whole years from `day` to `today`, which is not before it.
int years_since(std::chrono::sys_days day, std::chrono::sys_days today) {
  using std::chrono::year_month_day;
  const auto years = year_month_day{today}.year() - year_month_day{day}.year();
  return static_cast<int>(
      (birthday(day, years) <= today ? years : years - std::chrono::years{1}).count());
}

/// None without a birth date, or when every day it can mean is after today.
std::optional<Years> age_in_years(std::optional<fhir::PartialDate> birth_date,
                                  std::chrono::sys_days today) {
  if (!birth_date || birth_date->first_day() > today) {
    return std::nullopt;
  }
  return Years{.least = years_since(std::min(birth_date->last_day(), today), today),
               .most = years_since(birth_date->first_day(), today)};
}

}  // namespace

Person read_person(std::optional<View> patient, std::chrono::sys_days today) {
  Person person;
  if (patient) {
    for (const auto& one : fhir::read_all<fhir::Patient>(*patient).values) {
      person.birth_date = one.birth_date;
      person.gender = one.gender;
      person.is_deceased = one.is_deceased();
      person.is_replaced = one.is_replaced;
    }
  }
  person.scope = age_scope(person.birth_date, today);
  person.age = age_in_years(person.birth_date, today);
  return person;
}

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
