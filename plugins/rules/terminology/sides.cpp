#include "plugins/rules/terminology/sides.hpp"

namespace cdss::rules {

std::string_view to_string(Sides sides) {
  if (sides.left && sides.right) {
    return "both";
  }
  if (sides.left) {
    return "left";
  }
  return sides.right ? "right" : "unspecified";
}

Result<SideReader> SideReader::make(const Concepts& concepts, View where) {
  CDSS_TRY(const auto left, concepts.require("side_left", where));
  CDSS_TRY(const auto right, concepts.require("side_right", where));
  CDSS_TRY(const auto both, concepts.require("side_both", where));
  return SideReader{left, right, both};
}

void SideReader::add(const Concepts& concepts, const fhir::CodeableConcept& code,
                     Sides& sides) const {
  const bool both = concepts.has(both_, code);
  sides |= {.left = both || concepts.has(left_, code), .right = both || concepts.has(right_, code)};
}

Sides SideReader::read(const Concepts& concepts, const fhir::CodeableConcept& code,
                       const fhir::CodeableConcepts& body_sites) const {
  Sides sides;
  add(concepts, code, sides);
  for (const auto& site : body_sites) {
    add(concepts, site, sides);
  }
  return sides;
}

}  // namespace cdss::rules
