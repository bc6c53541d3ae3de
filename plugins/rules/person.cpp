#include "plugins/rules/person.hpp"

#include "fhir/resources/read_all.hpp"

namespace cdss::rules {

Person read_person(std::optional<View> patient, std::chrono::sys_days today) {
  Person person;
  if (patient) {
    for (const auto& one : fhir::read_all<fhir::Patient>(*patient).values) {
      person.birth_date = one.birth_date;
      person.gender = one.gender;
      person.is_deceased = one.is_deceased();
    }
  }
  person.scope = age_scope(person.birth_date, today);
  person.age = age_in_years(person.birth_date, today);
  return person;
}

}  // namespace cdss::rules
