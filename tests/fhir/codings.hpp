#pragma once

#include <algorithm>
#include <string_view>

#include "fhir/types/codeable_concept.hpp"

namespace cdss::fhir {

constexpr Coding rxnorm(std::string_view code) {
  return {kRxNorm, code, {}};
}
constexpr Coding icd10cm(std::string_view code) {
  return {kIcd10Cm, code, {}};
}
constexpr Coding icd10pcs(std::string_view code) {
  return {kIcd10Pcs, code, {}};
}

/// Is one of `concepts` coded so?
inline bool any_has(const CodeableConcepts& concepts, const Coding& coding) {
  return std::ranges::any_of(concepts, [&](const CodeableConcept& one) { return one.has(coding); });
}

}  // namespace cdss::fhir
