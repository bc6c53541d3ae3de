#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/value_set.hpp"

namespace cdss::rules {

/// A clinical concept, e.g. groin_pain, as a small number: its place in Concepts.
using ConceptId = std::uint16_t;

/// What the codes of a record mean to the rules: the value sets of the package, by name. Constant
/// after it is read, so Thread-safe.
///
/// A concept may stand in several value sets of the same `name` (standard codes in one file, codes
/// under licence in another), and in a row of ICD-10-CM categories: it is their union.
class Concepts {
 public:
  /// One concept that a coding stands for.
  struct Match {
    ConceptId id;
    const fhir::Coding* coding;  ///< which coding of the CodeableConcept; borrowed from it
  };

  /// Reads the ValueSets in Bundles.
  /// Errors: those of fhir::ValueSet::read; Errc::missing for a value set without a name;
  /// Errc::malformed for an entry that is no ValueSet.
  static Result<Concepts> read(std::span<const View> bundles);

  /// Reads icd10cm.json: `{rows: [{concept, in: [category], out: ["codes: why"]}]}`. A code stands
  /// for the concept when it begins with one of `in` and with none of `out`. ICD-10 of WHO and its
  /// German modification are read by those categories that have at most one character after the
  /// dot: below that, the classifications differ.
  ///
  /// Two members of a row look at words, those of the coding's display and of the text beside it:
  /// `named: {in, words}`, categories that stand for the concept with one of these words only; and
  /// `instead: {concept, words}`, with one of which every code of the concept stands for that other
  /// one.
  /// Errors: Errc::missing, Errc::malformed; Errc::malformed for a concept or category that is there
  /// twice, and for an `out` that is in none of `in`.
  Result<void> add_categories(View knowledge);

  /// The concept of that name; none when no value set and no row has it.
  std::optional<ConceptId> find(std::string_view name) const;

  /// As `find`. Errors: Errc::missing at `where` when the package has no value set of that name.
  Result<ConceptId> require(std::string_view name, View where) const;

  /// The concepts of these names. Errors: those of `require`.
  Result<std::vector<ConceptId>> require_all(std::span<const std::string_view> names,
                                             View where) const;

  /// The concepts that an array of a knowledge file names; none when it is absent.
  /// Errors: Errc::malformed when it is no array of texts; those of `require`.
  Result<std::vector<ConceptId>> require_all(View row, std::string_view member) const;

  /// The same, passing over those of which the package has no value set (codes under licence).
  Result<std::vector<ConceptId>> known_of(View row, std::string_view member) const;

  const std::string& name(ConceptId id) const { return concepts_[id].name; }
  std::size_t size() const { return concepts_.size(); }

  /// Every concept that a coding of `codeable_concept` stands for, each once, in the order of the codings.
  /// ICD-10-CM codes whose seventh character is S (sequela: an injury that is past) match nothing.
  std::vector<Match> of(const fhir::CodeableConcept& codeable_concept) const;

  /// Does a coding of `codeable_concept` stand for this concept, or for one of these: by its code
  /// alone, without the rules that look at words.
  bool has(ConceptId id, const fhir::CodeableConcept& codeable_concept) const;
  bool has_any(std::span<const ConceptId> ids, const fhir::CodeableConcept& codeable_concept) const;

 private:
  struct Concept {
    std::string name;
    std::vector<fhir::ValueSet> value_sets;
    std::vector<std::string> categories{};  ///< "system|prefix" of the codes that are in
    std::vector<std::string> left_out{};    ///< likewise, of those of them that are not
    std::vector<std::string> if_named{};    ///< likewise, that are in with one of `name_words`
    std::vector<std::string> name_words{};
    std::vector<std::string> instead_words{};
    ConceptId instead = 0;  ///< what is meant with one of `instead_words`

    bool has(const fhir::Coding& coding) const;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Index = std::unordered_map<std::string, std::vector<ConceptId>, Hash, std::equal_to<>>;

  Concepts() = default;
  ConceptId find_or_add(std::string_view name);
  Result<void> add(View value_set);
  Result<void> add_row(View row);
  Result<void> add_words(View row, ConceptId id);
  Result<void> add_category(View category, ConceptId id, std::vector<std::string> Concept::*list);
  static Result<void> leave_out(View group, Concept& from);
  void index(ConceptId id, const fhir::ValueSet& value_set);
  void match(const fhir::Coding& coding, std::string_view text, std::vector<Match>& into) const;
  void match(std::span<const ConceptId> candidates, const fhir::Coding& coding,
             std::string_view text, std::vector<Match>& into) const;
  /// What the candidate means for a coding with that text beside it; none when it is not meant.
  std::optional<ConceptId> meant(ConceptId candidate, const fhir::Coding& coding,
                                 std::string_view text) const;

  std::vector<Concept> concepts_;
  // Where to look, so that a code is not held against every value set: "system|code" and
  // "system|prefix" to the concepts that name it. The value set itself decides.
  Index codes_;
  Index prefixes_;
  std::vector<ConceptId> unindexed_;  // whole systems: always looked into
};

/// The seventh character of a full ICD-10-CM code, in upper case; '\0' for any other code.
/// Source: ICD-10-CM Official Guidelines, section I.A.5.
char seventh_character(const fhir::Coding& coding);

}  // namespace cdss::rules
