#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/concepts.hpp"
#include "plugins/rules/findings.hpp"

namespace cdss::rules {

/// One ingredient, or group of them, that the rules know.
struct MedicineDefinition {
  std::string id;                       ///< e.g. "ibuprofen"
  std::string text;                     ///< in words, for people
  std::optional<ConceptId> concept_id;  ///< its codes, when there are verified ones
  std::vector<std::string> names;       ///< ingredient and common brands, lower case
  std::vector<std::string> classes;     ///< e.g. "nsaid", "antiplatelet"
  /// Those of them that it has in a local form too, for skin, eyes or ears.
  std::vector<std::string> local_classes;

  bool is_of(std::string_view medicine_class) const;
};

/// What the medicines of a record are. Constant once made, Thread-safe.
///
/// By a code of the value sets, else by an ingredient or brand as a whole word of a display or of
/// the text: lists hold product codes ("Ibuprofen 200 MG Oral Tablet"). Product names of several
/// ingredients are all of them. Source: plugins/rules/README.md, "Medicines".
class Pharmacy {
 public:
  /// Reads medicines.json: `{forms: {classes, systemic, not_systemic}, rows: [{id, text, concept,
  /// names, classes}]}`; `concept` may be absent. The classes of `forms` are those that a local
  /// form does not have.
  /// Errors: Errc::missing, Errc::malformed.
  static Result<Pharmacy> read(const Concepts& concepts, View knowledge);

  /// Every definition that the meaning stands for, each once, in the order of the definitions.
  std::vector<const MedicineDefinition*> recognise(
      const Concepts& concepts, const fhir::CodeableConcept& codeable_concept) const;

  /// Does the meaning hold anything by which a person could know the medicine?
  static bool is_readable(const fhir::CodeableConcept& codeable_concept);

  /// Is it plainly for skin, eyes or ears: by a word of its name or route, and none of a form for
  /// the whole body.
  bool is_local(const fhir::CodeableConcept& codeable_concept,
                const fhir::CodeableConcepts& routes) const;

  const MedicineDefinition* find(std::string_view id) const;

  /// Is there a medicine of that class?
  bool has_class(std::string_view medicine_class) const;

 private:
  void add_named(std::string_view text, std::set<std::size_t>& into) const;

  std::vector<MedicineDefinition> definitions_;
  std::vector<std::string> systemic_forms_;  ///< words
  std::vector<std::string> local_forms_;     ///< words
  /// Which definitions have a name that begins with that word: a text is split into words once.
  std::unordered_map<std::string, std::vector<std::size_t>> by_first_word_;
};

/// Is a medicine taken now, as far as its status tells?
enum class Taking : std::uint8_t {
  taken,
  on_hold,  ///< not now, but it can be resumed at any time
  unclear,  ///< the status is unknown, missing, or none that is known
};

/// One medicine of the record.
struct Medicine {
  const MedicineDefinition* definition;  ///< borrowed from the Pharmacy
  Finding finding;                       ///< days: when it was ordered or asserted
  Taking taking = Taking::taken;
  bool is_local = false;  ///< plainly for skin, eyes or ears

  /// Has it that class in the form in which it is taken? A gel is no NSAID for the whole body.
  bool is_of(std::string_view medicine_class) const;
};

/// The medicines of a record. Borrows from the Pharmacy.
class Medicines {
 public:
  /// @param orders      MedicationRequests: a Bundle or one; none when there is nothing to read.
  /// @param statements  MedicationStatements, likewise.
  static Medicines read(const Pharmacy& pharmacy, const Concepts& concepts,
                        std::optional<View> orders, std::optional<View> statements,
                        std::chrono::sys_days today);

  /// The same, as if these were taken too and what those resources tell of were not: for a draft
  /// held against the others.
  ///
  /// @param excluded  e.g. "MedicationRequest/x".
  Medicines with(std::span<const std::string> excluded, std::span<const Medicine> taken) const;

  /// Taken now, or perhaps so: orders and statements that are active, on hold, or of a status that
  /// does not tell, in the order of the record. Unknown is never taken for safe: rules that protect
  /// look at all of them; one that rests on its being taken looks at `taking`.
  std::span<const Medicine> active() const { return active_; }
  std::vector<const Medicine*> active_of(std::string_view medicine_class) const;
  const Medicine* find_active(std::string_view id) const;
  bool has_active_of(std::string_view medicine_class) const;

  /// No longer taken: orders and statements of status completed or stopped.
  std::span<const Medicine> ended() const { return ended_; }

  /// Active, or perhaps so, and with neither a code that is known nor a name that can be read: no
  /// medicine is suggested while there is one.
  std::span<const Finding> unreadable() const { return unreadable_; }

  /// Resources of which the status does not tell whether they are taken, of whatever medicine; not
  /// those on hold.
  std::size_t unclear() const { return unclear_; }

  /// Resources that could not be read at all.
  std::size_t refused() const { return refused_; }

 private:
  struct Reader;

  std::vector<Medicine> active_;
  std::vector<Medicine> ended_;
  std::vector<Finding> unreadable_;
  std::size_t unclear_ = 0;
  std::size_t refused_ = 0;
};

/// The allergies and intolerances of a record to medicines that the rules know: active (or without
/// a status) and not refuted. An unconfirmed one counts.
class Allergies {
 public:
  /// @param allergies  AllergyIntolerances: a Bundle or one; none when there is nothing to read.
  static Allergies read(const Pharmacy& pharmacy, const Concepts& concepts,
                        std::optional<View> allergies, std::chrono::sys_days today);

  std::vector<const Medicine*> of(std::string_view medicine_class) const;

  /// Active, and with neither a code that is known nor a name that can be read.
  std::span<const Finding> unreadable() const { return unreadable_; }

  /// Resources that could not be read at all.
  std::size_t refused() const { return refused_; }

 private:
  std::vector<Medicine> known_;
  std::vector<Finding> unreadable_;
  std::size_t refused_ = 0;
};

}  // namespace cdss::rules
