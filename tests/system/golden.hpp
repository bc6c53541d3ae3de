#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace cdss::test {

/// A text in which every day written YYYY-MM-DD lies `by` later; times of day stay. Months and
/// years written alone stay too, so a text to be shifted must not hold any.
std::string with_days_shifted(std::string text, std::chrono::days by);

/// A service's response laid out for comparing, one member a line: each uuid is named by its order
/// of appearance, and the hash of the knowledge is left out. The text itself when it is no JSON.
std::string laid_out(const std::string& response);

/// What differs, line by line: "-" before what was expected only, "+" before what came only.
/// Breaks within JSON strings (of a card's detail) are broken here too. Empty when nothing differs.
std::string difference(std::string_view expected, std::string_view actual);

}  // namespace cdss::test
