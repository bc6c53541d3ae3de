#pragma once

#include <string_view>

#include "core/base/errors/result.hpp"

namespace cdss::hooks {

/// Checks the query of a prefetch template against the subset of searches that clients support.
///
/// @param query  what follows the "?", each token replaced by prefetch_text::kTokenMark.
/// Errors: Errc::malformed for a parameter without a name or a value, and for a `_count` or `_sort`
///         of another form; Errc::unsupported for a modifier other than `:in`, chaining, a result
///         parameter other than `_count`, `_sort`, `_id`, `_lastUpdated`, or a date prefix other
///         than eq lt gt ge le.
/// Source: rows PF-20, PF-22.
Result<void> check_search(std::string_view query);

}  // namespace cdss::hooks
