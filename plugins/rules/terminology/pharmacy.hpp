#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/terminology/concepts.hpp"
#include "plugins/rules/terminology/harmless_names.hpp"
#include "plugins/rules/terminology/name_index.hpp"

namespace cdss::rules {

/// One ingredient, or group of them, that the rules know.
struct MedicineDefinition {
  std::string id;                       ///< e.g. "ibuprofen"
  std::string text;                     ///< in words, for people
  std::optional<ConceptId> concept_id;  ///< its codes, when there are verified ones
  /// Ingredient and common brands, as `folded`. "ibuprof*" is the beginning of a word, "*sartan" its
  /// end: the names of ingredients differ there between languages.
  std::vector<std::string> names;
  std::vector<std::string> unless;   ///< words beside which it is not this medicine, as `folded`
  std::vector<std::string> classes;  ///< e.g. "nsaid", "antiplatelet"
  /// Those of `classes` that it keeps when it is only for skin, eyes or ears.
  std::vector<std::string> local_classes;

  bool is_of(std::string_view medicine_class) const;
};

/// What the medicines of a record are. Constant once made, Thread-safe.
///
/// Recognised by a code of the value sets, and by an ingredient or brand that is a whole word of a
/// display or of the text: many lists hold product codes ("Ibuprofen 200 MG Oral Tablet"). A product
/// name with several ingredients stands for all of them. Source: plugins/rules/README.md, "Medicines".
class Pharmacy {
 public:
  /// Reads medicines.json: `{forms: {classes, systemic, not_systemic}, rows: [{id, text, concept,
  /// names, classes, unless}]}`; `concept` and `unless` may be absent. The classes of `forms` are those that a local
  /// form does not have.
  /// @param harmless  harmless-medicines.json
  /// Errors: Errc::missing, Errc::malformed, also for a name that NameIndex does not take.
  static Result<Pharmacy> read(const Concepts& concepts, View knowledge, View harmless);

  /// Every definition that the meaning stands for, each once, in the order of the definitions;
  /// nothing when it says that there is none ("No known allergy to aspirin").
  std::vector<const MedicineDefinition*> recognise(
      const Concepts& concepts, const fhir::CodeableConcept& codeable_concept) const;

  /// Is it a medicine that no rule asks for: by its names, or since a word makes it another thing
  /// than what is named (a heparin lock flush); or does it say that there is none? To be asked of
  /// what is not recognised.
  bool is_harmless_medicine(const fhir::CodeableConcept& codeable_concept) const;
  /// The same of the substance of an allergy, which need not be a medicine.
  bool is_harmless_allergen(const fhir::CodeableConcept& codeable_concept) const;

  /// Is it plainly for skin, eyes or ears? A word of its name or route says so, and no word names a
  /// form for the whole body.
  bool is_local(const fhir::CodeableConcept& codeable_concept,
                const fhir::CodeableConcepts& routes) const;

  /// The definition of that id; null when there is none.
  const MedicineDefinition* find(std::string_view id) const;

  /// Is there a medicine of that class?
  bool has_class(std::string_view medicine_class) const;

 private:
  Result<void> index_names(View row, const MedicineDefinition& definition);
  void add_named(std::string_view display, std::set<std::size_t>& into) const;
  bool is_set_aside(const fhir::CodeableConcept& codeable_concept) const;

  std::vector<MedicineDefinition> definitions_;
  std::vector<std::string> systemic_forms_;  ///< words
  std::vector<std::string> local_forms_;     ///< words
  NameIndex names_;                          ///< by the place of their definition
  HarmlessNames harmless_;
};

}  // namespace cdss::rules
