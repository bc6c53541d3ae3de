#pragma once

// Reads of knowledge files.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::rules {

/// Errors: Errc::malformed for what is no array.
Result<void> check_array(View view);
/// Errors: Errc::missing, Errc::malformed.
Result<View> array_at(View object, std::string_view name);
/// An array with at least one element. Errors: Errc::missing, Errc::malformed.
Result<View> rows_at(View object, std::string_view name);
/// None when absent. Errors: Errc::malformed.
Result<std::optional<View>> optional_array(View object, std::string_view name);
/// A JSON number. Errors: Errc::missing, Errc::malformed.
Result<double> required_number(View object, std::string_view name);
/// A whole number of days, years and the like. Errors: Errc::missing; Errc::malformed, also below 0
/// or above what fits.
Result<int> required_count(View object, std::string_view name);
/// A whole number above 0. Errors: Errc::missing, Errc::malformed, Errc::out_of_range.
Result<std::int64_t> required_positive(View object, std::string_view name);
/// False when absent. Errors: Errc::malformed.
Result<bool> optional_flag(View object, std::string_view name);
/// Empty when absent. Errors: Errc::malformed.
Result<std::string_view> optional_text(View object, std::string_view name);
/// None when absent. Borrowed from the file. Errors: Errc::malformed.
Result<std::vector<std::string_view>> optional_texts(View object, std::string_view name);
/// The same, owned.
Result<std::vector<std::string>> optional_strings(View object, std::string_view name);

/// The elements of an array, each as `read_row(element)` reads it.
/// Errors: Errc::malformed for what is no array; of `read_row`.
template <class ReadRow, class Row = typename std::invoke_result_t<ReadRow, View>::value_type>
Result<std::vector<Row>> read_each(View array, ReadRow read_row) {
  CDSS_CHECK(check_array(array));
  std::vector<Row> rows;
  for (const View element : array.elements()) {
    CDSS_TRY(auto row, std::invoke(read_row, element));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// A name in the file and what it stands for: a value, or the member that holds it.
template <class E>
struct Name {
  std::string_view name;
  E value;
};

/// The value that the member names. Errors: Errc::missing; Errc::malformed for a name that is not
/// in the table.
template <class E, std::size_t N>
Result<E> read_name(View row, std::string_view member, const Name<E> (&table)[N]) {
  CDSS_TRY(const auto text, row.required_string(member));
  const auto* found = std::ranges::find(table, text, &Name<E>::name);
  if (found == std::end(table)) {
    return row.error_at(member, Errc::malformed, "is not one of its names");
  }
  return found->value;
}

/// The same of a member that may be absent.
template <class E, std::size_t N>
Result<E> read_name(View row, std::string_view member, const Name<E> (&table)[N], E absent) {
  return row.find(member) ? read_name(row, member, table) : Result<E>{absent};
}

/// A limit that rules compare with. Errors: of required_number, required_count.
inline Result<void> read_limit(View limits, std::string_view name, double& into) {
  CDSS_TRY(into, required_number(limits, name));
  return {};
}
inline Result<void> read_limit(View limits, std::string_view name, int& into) {
  CDSS_TRY(into, required_count(limits, name));
  return {};
}

/// The row of that id; null when there is none.
template <class Row>
const Row* find_by_id(const std::vector<Row>& rows, std::string_view id) {
  const auto found = std::ranges::find(rows, id, &Row::id);
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace cdss::rules
