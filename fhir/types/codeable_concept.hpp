#pragma once

#include <string_view>
#include <vector>

#include <boost/container/small_vector.hpp>

#include "core/json/view.hpp"
#include "fhir/types/coding.hpp"

namespace cdss::fhir {

/// One meaning, in any number of code systems and in words. Borrows from the Document.
struct CodeableConcept {
  boost::container::small_vector<Coding, 1> codings;  ///< most have one: no allocation then
  std::string_view text;                              ///< for people; never to be matched

  bool has(const Coding& coding) const;
  bool is_empty() const { return codings.empty() && text.empty(); }
  /// Text, else the first display, else empty: words for people. From the record: escape it.
  std::string_view words() const;
};

using CodeableConcepts = std::vector<CodeableConcept>;

/// Reads a CodeableConcept. A single object where `coding` should be an array is taken as its only
/// element, as some clients write it.
/// Errors: Errc::malformed when `value` is no object, or of read_coding.
/// Source: HL7 FHIR R4, Data Types, "CodeableConcept".
Result<CodeableConcept> read_codeable_concept(View value);

/// Reads an array of them, or a single one. Errors: of read_codeable_concept.
Result<CodeableConcepts> read_codeable_concepts(View value);

}  // namespace cdss::fhir
