#pragma once

// How much of an analgesic is taken in a day. For the .cpp files of this folder only.

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/orders/daily_dose.hpp"
#include "plugins/rules/orders/drafts.hpp"

namespace cdss::rules {

/// The most acetaminophen in a day that an order of that medicine allows; none when it does not
/// say.
///
/// @param ingredients  of the medicine, those that are known: of more than one, what is told in mg
///                     is a lower bound.
std::optional<DailyDose> acetaminophen_per_day(View order, const fhir::CodeableConcept& medication,
                                               std::size_t ingredients);

/// The same of another ingredient, by the names of its definition.
std::optional<DailyDose> ingredient_per_day(View order, const fhir::CodeableConcept& medication,
                                            const MedicineDefinition& ingredient,
                                            std::size_t ingredients);

/// What is taken beside a draft, in mg of acetaminophen a day, as far as dosages can be read: a
/// lower bound. Active orders of the record add up, and so do active statements; of the two the
/// larger counts, since both may tell of the same tablets. Of two drafts the second is held against
/// the first, as in `taken_beside`.
///
/// @param draft     one of `all`.
/// @param replaced  references of the record that tell of the draft's own tablets: not counted.
double acetaminophen_beside(const Facts& facts, const Draft& draft,
                            std::span<const std::string> replaced, std::span<const Draft> all);

}  // namespace cdss::rules
