#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/terminology/concepts.hpp"

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
  /// Errors: Errc::missing, Errc::malformed, also for a name that is not as `folded` gives it, and
  /// for a part of a word with fewer than four letters.
  static Result<Pharmacy> read(const Concepts& concepts, View knowledge);

  /// Every definition that the meaning stands for, each once, in the order of the definitions.
  std::vector<const MedicineDefinition*> recognise(
      const Concepts& concepts, const fhir::CodeableConcept& codeable_concept) const;

  /// Does the meaning hold anything by which a person could know the medicine?
  static bool is_readable(const fhir::CodeableConcept& codeable_concept);

  /// Is it plainly for skin, eyes or ears? A word of its name or route says so, and no word names a
  /// form for the whole body.
  bool is_local(const fhir::CodeableConcept& codeable_concept,
                const fhir::CodeableConcepts& routes) const;

  /// Is there a medicine of that class?
  bool has_class(std::string_view medicine_class) const;

 private:
  Result<void> index_names(View row, const MedicineDefinition& definition);
  void add_named(std::string_view display, std::set<std::size_t>& into) const;
  bool is_named(std::string_view text, std::size_t index) const;

  std::vector<MedicineDefinition> definitions_;
  std::vector<std::string> systemic_forms_;  ///< words
  std::vector<std::string> local_forms_;     ///< words
  /// Which definitions have a name that begins with that word: a text is split into words once.
  std::unordered_map<std::string, std::vector<std::size_t>> by_first_word_;
  /// A part of a word, and whose name it is.
  struct WordPart {
    std::string letters;
    std::size_t definition;
  };
  std::unordered_map<std::string, std::vector<WordPart>> beginnings_;  ///< by their first letters
  std::vector<WordPart> endings_;
};

}  // namespace cdss::rules
