#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "fhir/types/codeable_concept.hpp"

namespace cdss::rules {

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
                                  std::initializer_list<std::string_view> names,
                                  bool is_combination = false);

}  // namespace cdss::rules
