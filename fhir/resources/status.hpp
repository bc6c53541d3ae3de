#pragma once

// Statuses that senders write in words. For the .cpp files of this folder only.

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "core/base/text/ascii.hpp"
#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/reading.hpp"

namespace cdss::fhir::detail {

/// The words of a status as its code is written: "Entered in error" is `entered-in-error`.
inline std::string code_in_words(std::string_view words) {
  std::string code = to_lower(trimmed(words));
  std::ranges::replace(code, ' ', '-');
  return code;
}

/// The status by its code, else by its words: a plain text, or the text or display of a
/// CodeableConcept. `otherwise` for what is neither, and for one that is there without a value.
template <class E, std::size_t N>
E status_of(View value, std::string_view system, const Code<E> (&table)[N], E otherwise) {
  if (const auto code = read_code(value, system, table)) {
    return *code;
  }
  std::string words;
  if (const auto text = value.string()) {
    words = code_in_words(*text);
  } else if (const auto coded = read_codeable_concept(value)) {
    words = code_in_words(coded->words());
  }
  const auto* const row = std::ranges::find(table, words, &Code<E>::code);
  return row == std::end(table) ? otherwise : row->code_value;
}

}  // namespace cdss::fhir::detail
