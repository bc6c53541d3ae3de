#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/json/view.hpp"
#include "fhir/resources/patient.hpp"
#include "fhir/types/partial_date.hpp"

namespace cdss::rules {

/// Is the patient one for whom the rules were written: adults, from 18 years.
enum class AgeScope : std::uint8_t {
  adult,    ///< 18 or more whatever day the birth date means
  minor,    ///< under 18, or perhaps so
  unknown,  ///< no birth date
};

/// Whole years of life, as bounds: a birth date may stop at the month or year.
struct Years {
  int least;
  int most;  ///< least <= most
};

/// What of the patient decides.
struct Person {
  std::optional<fhir::PartialDate> birth_date;
  fhir::Gender gender = fhir::Gender::absent;
  bool is_deceased = false;
  bool is_replaced = false;  ///< another record took the place of this one
  AgeScope scope = AgeScope::unknown;
  /// Whole years today, as bounds; none without a birth date, or with one that is to come.
  std::optional<Years> age;

  /// Is it known, and may it be that old or older.
  bool is_perhaps_at_least(int years) const { return age && age->most >= years; }
  /// Is it known, and may it be younger than that.
  bool is_perhaps_below(int years) const { return age && age->least < years; }
};

/// @param patient  a Patient, or a Bundle with one; none when there is nothing to read.
Person read_person(std::optional<View> patient, std::chrono::sys_days today);

/// A birth date that stops at the month or year is read the cautious way: as the youngest age it
/// can mean. Who is born on 29 February comes of age on 1 March.
AgeScope age_scope(std::optional<fhir::PartialDate> birth_date, std::chrono::sys_days today);

/// Is the patient under 18 whatever day the birth date means.
bool is_surely_minor(fhir::PartialDate birth_date, std::chrono::sys_days today);

}  // namespace cdss::rules
