#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"

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
/// The text of a dosage is read for how often alone. Instructions of one sequence add up.
///
/// @param order     MedicationRequest or MedicationStatement; objects in place of arrays, and what
///                  DSTU2, STU3 and R5 name or shape otherwise, are read.
/// @param strength  mg of one tablet or capsule, for doses that count these.
/// @param is_combination  the product has another ingredient. An amount in mg may then be that of
///                        either, so it is taken for a lower bound. Tablets and capsules are counted
///                        as usual.
/// Result: none when no instruction says it, or in a unit that is neither by its code nor by its
/// words mg, g, tablet or capsule; a dose, frequency or period of 0 or below says nothing. With one
/// instruction that says it and one that does not, the sum is not whole. Source: HL7 FHIR R4,
/// Dosage and Timing (DSTU2: Timing.repeat.periodUnits); HL7 v3 GTSAbbreviation for the codes of a
/// timing.
std::optional<DailyDose> most_mg_per_day(View order, std::optional<double> strength,
                                         bool is_combination = false);

/// The strength of one ingredient in a product's name, in mg: 325 in "Hydrocodone 5 MG /
/// Acetaminophen 325 MG Oral Tablet" and in "oxycodone-acetaminophen 5-325 mg", where the numbers
/// follow the order of the names.
///
/// The number has to stand behind the name of that ingredient with no other ingredient between.
/// "1,000 mg" is 1000.
///
/// @param names  of the ingredient, in lower case; a text with none of them says it when it has one
///               number of mg alone, as a brand has.
/// @param is_combination  another ingredient is known: a number alone may be of that one.
/// Result: none when it is not told or not clear which number it is, when it is 0, written in a way
/// that can be misread ("1.000", "1 000", "-500"), or not the same in all displays and the text.
std::optional<double> strength_mg(const fhir::CodeableConcept& medication,
                                  std::span<const std::string_view> names,
                                  bool is_combination = false);
inline std::optional<double> strength_mg(const fhir::CodeableConcept& medication,
                                         std::initializer_list<std::string_view> names,
                                         bool is_combination = false) {
  return strength_mg(medication, std::span{names.begin(), names.size()}, is_combination);
}

}  // namespace cdss::rules
