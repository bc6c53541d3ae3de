#pragma once

// For the .cpp files of this folder only.

#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/facts/fact_definitions.hpp"
#include "plugins/rules/orders/draft_place.hpp"
#include "plugins/rules/orders/drafts.hpp"
#include "plugins/rules/orders/recognition.hpp"

namespace cdss::rules {

/// Tells what kind of service a draft orders. Borrows the knowledge.
struct ServiceFinder {
  const FactDefinitions& definitions;
  const Recognition& recognition;

  /// The row that has one of the draft's codes, else the first that has one of its words; null for
  /// none.
  ///
  /// @param draft  with its code, texts and reasons.
  /// @param what   the words in which a row is looked for; what has to stand beside them may stand
  ///               anywhere in the draft.
  const ServiceRow* find(const Draft& draft, const TextList& what) const;

  /// Where words say that a needle brings a corticosteroid: injection, needle, else medicine.
  ///
  /// @param draft          a medicine, with its texts.
  /// @param is_parenteral  a code says that it goes into a muscle, a vein or under the skin: then
  ///                       only the site of the dosage tells of a joint, bursa or tendon.
  DraftKind kind_of_steroid(const Draft& draft, const DraftTexts& texts, bool is_parenteral) const;

  bool is_coded_as(const ServiceRow& row, const fhir::CodeableConcept& codeable_concept) const;

  /// Does the draft say that it gives a corticosteroid?
  bool names_steroid(const Draft& draft) const;

 private:
  bool is_said(const ServiceRow& row, const Draft& draft, const TextList& what) const;
  /// Is one of the row's words said, neither denied nor told of another time.
  bool is_ordered(const ServiceRow& row, const TextList& what) const;
  /// Is it an image for which contrast is injected, such as an MR arthrogram? A modality that
  /// guides a needle makes none, and neither does an arthrogram without one.
  bool is_imaging(const TextList& what) const;
  bool names_medicine(const ServiceRow& row, const Draft& draft) const;
  bool names_class(std::string_view medicine_class, const Draft& draft) const;
};

}  // namespace cdss::rules
