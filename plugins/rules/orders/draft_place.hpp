#pragma once

// Where a draft is done and how. For the .cpp files of this folder only.

#include <string>
#include <string_view>
#include <vector>

#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/orders/drafts.hpp"
#include "plugins/rules/orders/recognition.hpp"

namespace cdss::rules {

using TextList = std::vector<std::string_view>;

/// The words of a draft, by how much they tell of its place.
struct DraftTexts {
  TextList places;   ///< the body site
  TextList what;     ///< what is ordered
  TextList details;  ///< how: details and text of a dosage

  TextList all() const;  ///< what is ordered first
};

void add_text(std::string_view text, TextList& into);  ///< unless it is empty
void add_texts(const fhir::CodeableConcept& codeable_concept, TextList& into);

/// The text without these words, wherever they stand; they are in lower case.
std::string without(std::string_view text, const std::vector<std::string_view>& words);

bool has_any_word(const TextList& texts, const std::vector<std::string_view>& words);

/// Site, guidance and metal artifact protocol, as far as a code has not told them. The psoas is at
/// the hip, so its name says more than "hip"; what the body site says goes before the words of the
/// order, these before its details. A reason tells of the psoas or of any other place only when
/// the order itself does not: the first that names a place.
void read_place(const Recognition& recognition, const DraftTexts& texts, Draft& draft);

}  // namespace cdss::rules
