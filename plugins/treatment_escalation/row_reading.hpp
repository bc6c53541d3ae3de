#pragma once

// How rows of knowledge files are read. For the .cpp files of this folder only.

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/concepts.hpp"

namespace cdss::treatment_escalation {

/// A name in the file and what it stands for.
template <class E>
struct Name {
  std::string_view name;
  E value;
};

/// The value that the member names. Errors: Errc::malformed for a name that is not in the table.
template <class E, std::size_t N>
Result<E> read_name(View row, std::string_view member, const Name<E> (&table)[N]) {
  CDSS_TRY(const auto text, row.required_string(member));
  const auto* found = std::ranges::find(table, text, &Name<E>::name);
  if (found == std::end(table)) {
    return row.error_at(member, Errc::malformed, "is not one of its names");
  }
  return found->value;
}

template <class E, std::size_t N>
Result<E> read_name(View row, std::string_view member, const Name<E> (&table)[N], E absent) {
  if (!row.find(member)) {
    return absent;
  }
  return read_name(row, member, table);
}

/// The texts of an array; none when it is absent. Errors: Errc::malformed when it is no array.
Result<std::vector<std::string_view>> read_texts(View row, std::string_view member);

/// Those of the concepts that the package has.
Result<std::vector<rules::ConceptId>> read_concepts(const rules::Concepts& concepts, View row,
                                                    std::string_view member);

/// An array of the file. Errors: Errc::missing; Errc::malformed when it is none or has no row.
Result<View> read_rows(View root, std::string_view member);

}  // namespace cdss::treatment_escalation
