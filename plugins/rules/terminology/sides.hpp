#pragma once

#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/terminology/concepts.hpp"

namespace cdss::rules {

/// Which sides of the body something is said to be on; neither when the record does not say.
struct Sides {
  bool left = false;
  bool right = false;

  constexpr bool is_known() const { return left || right; }
  constexpr Sides& operator|=(Sides other) {
    left = left || other.left;
    right = right || other.right;
    return *this;
  }
  friend constexpr bool operator==(Sides, Sides) = default;
};

/// "left", "right", "both" or "unspecified".
std::string_view to_string(Sides sides);

/// Are both known, with no side in common.
constexpr bool are_opposite(Sides a, Sides b) {
  return a.is_known() && b.is_known() && !(a.left && b.left) && !(a.right && b.right);
}

/// Reads the side from codes: of the thing itself, or of its body site. Constant once made,
/// Thread-safe.
class SideReader {
 public:
  /// Errors: Errc::missing at `where` when the package lacks a value set side_left, side_right or
  /// side_both.
  static Result<SideReader> make(const Concepts& concepts, View where);

  /// What the codes say. A qualifier such as "Unilateral left" counts like a code that names it.
  Sides read(const Concepts& concepts, const fhir::CodeableConcept& code,
             const fhir::CodeableConcepts& body_sites) const;

 private:
  SideReader(ConceptId left, ConceptId right, ConceptId both)
      : left_{left}, right_{right}, both_{both} {}
  void add(const Concepts& concepts, const fhir::CodeableConcept& code, Sides& sides) const;

  ConceptId left_;
  ConceptId right_;
  ConceptId both_;
};

}  // namespace cdss::rules
