#pragma once

#include <chrono>
#include <optional>

#include "core/json/view.hpp"
#include "fhir/resources/patient.hpp"
#include "fhir/types/partial_date.hpp"
#include "plugins/rules/age_scope.hpp"

namespace cdss::rules {

/// What of the patient decides.
struct Person {
  std::optional<fhir::PartialDate> birth_date;
  fhir::Gender gender = fhir::Gender::absent;
  bool is_deceased = false;
  AgeScope scope = AgeScope::unknown;
  /// Whole years today, as bounds; none without a birth date.
  std::optional<Years> age;

  /// Is it known, and may it be that old or older.
  bool is_perhaps_at_least(int years) const { return age && age->most >= years; }
  /// Is it known, and may it be younger than that.
  bool is_perhaps_below(int years) const { return age && age->least < years; }
};

/// @param patient  a Patient, or a Bundle with one; none when there is nothing to read.
Person read_person(std::optional<View> patient, std::chrono::sys_days today);

}  // namespace cdss::rules
