#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/terminology/name_index.hpp"

namespace cdss::rules {

/// What is known and asked for by no rule: a medicine or allergy of which nothing else is known, and
/// that is not here either, is not recognised. Constant once made, Thread-safe.
/// Source: plugins/rules/README.md, "Medicines".
class HarmlessNames {
 public:
  /// Reads harmless-medicines.json: `{medicines, allergens, none: {begins, unless, codes: [{system,
  /// code}]}}`, names as NameIndex takes them.
  /// Errors: Errc::missing, Errc::malformed.
  static Result<HarmlessNames> read(View knowledge);

  /// Does a word of it name a medicine that no rule asks for?
  bool names_medicine(const fhir::CodeableConcept& codeable_concept) const;
  /// Does a word of it name such a medicine, or a substance that is no medicine?
  bool names_allergen(const fhir::CodeableConcept& codeable_concept) const;

  /// When it says that there is none ("No known allergies"): what it says besides, which may be
  /// nothing.
  std::optional<fhir::CodeableConcept> rest_beside_none(
      const fhir::CodeableConcept& codeable_concept) const;

 private:
  bool is_none(const fhir::Coding& coding) const;
  std::optional<std::string_view> rest_of(std::string_view words) const;

  NameIndex medicines_;
  NameIndex allergens_;
  std::vector<std::string> none_begins_;                         ///< words
  std::vector<std::string> none_unless_;                         ///< words
  std::vector<std::pair<std::string, std::string>> none_codes_;  ///< system and code
};

}  // namespace cdss::rules
