#pragma once

#include <optional>

#include "core/json/view.hpp"

namespace cdss::rules {

/// An amount in mg, of one dose or of a day.
struct DailyDose {
  double mg = 0;
  /// Whether all parts of it are known. If not, some instruction or dose could not be read, and
  /// `mg` is a lower bound: it shows that a limit is passed, never that one is kept.
  bool is_whole = true;
};

/// The most that an order lets the patient take in a day, in mg, as far as the elements of its
/// dosage say: the highest dose, as often as the timing allows, and no more than maxDosePerPeriod.
/// The text of a dosage is not read. Instructions of one sequence add up.
///
/// @param order     MedicationRequest or MedicationStatement; objects in place of arrays, and what
///                  DSTU2, STU3 and R5 name or shape otherwise, are read.
/// @param strength  mg of one tablet or capsule, for doses that count these.
/// @param is_combination  the product has another ingredient: of which one an amount in mg is told
///                        is open, and since the other mostly weighs less, it is no more than a
///                        lower bound. Tablets and capsules are counted as ever.
/// Result: none when no instruction says it, or in a unit that is neither by its code nor by its
/// words mg, g, tablet or capsule; a dose, frequency or period of 0 or below says nothing. With one
/// instruction that says it and one that does not, the sum is not whole. Source: HL7 FHIR R4,
/// Dosage and Timing (DSTU2: Timing.repeat.periodUnits); HL7 v3 GTSAbbreviation for the codes of a
/// timing.
std::optional<DailyDose> most_mg_per_day(View order, std::optional<double> strength,
                                         bool is_combination = false);

}  // namespace cdss::rules
