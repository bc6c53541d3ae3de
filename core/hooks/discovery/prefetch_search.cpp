#include "core/hooks/discovery/prefetch_search.hpp"

#include <algorithm>
#include <array>

#include "core/hooks/discovery/prefetch_text.hpp"

namespace cdss::hooks {
namespace {

using prefetch_text::is_name;
using prefetch_text::kTokenMark;
using prefetch_text::malformed;
using prefetch_text::unsupported;

/// A comma list of parameter names, each with `-` before it for descending order (PF-22).
bool is_sort(std::string_view value) {
  if (value.ends_with(',')) {
    return false;
  }
  while (!value.empty()) {
    auto name = take_until(value, ',');
    name.remove_prefix(name.starts_with('-') ? 1 : 0);
    if (!is_name(name)) {
      return false;
    }
  }
  return true;
}

bool is_count(std::string_view value) {
  return !value.empty() && value.size() <= 6 && value.front() != '0' &&
         std::ranges::all_of(value, is_digit);
}

/// True when a value of the comma list is a date with a prefix outside the subset.
bool has_refused_prefix(std::string_view value) {
  constexpr std::array<std::string_view, 4> kRefused{"ne", "sa", "eb", "ap"};
  for (std::size_t at = 0; at < value.size();) {
    const auto item = value.substr(at, value.find(',', at) - at);
    const auto year = item.substr(std::min<std::size_t>(2, item.size()), 4);
    if (std::ranges::find(kRefused, item.substr(0, 2)) != kRefused.end() &&
        ((year.size() == 4 && std::ranges::all_of(year, is_digit)) ||
         year.starts_with(kTokenMark))) {
      return true;
    }
    at += item.size() + 1;
  }
  return false;
}

Result<void> check_parameter_name(std::string_view name) {
  const auto colon = name.find(':');
  const auto base = name.substr(0, colon);
  if (colon != std::string_view::npos && name.substr(colon) != ":in") {
    return unsupported("has a search modifier other than :in");
  }
  if (base.find('.') != std::string_view::npos) {
    return unsupported("has a chained search parameter");
  }
  if (!is_name(base)) {
    return malformed("has a search parameter without a proper name");
  }
  constexpr std::array<std::string_view, 4> kResult{"_id", "_lastUpdated", "_count", "_sort"};
  if (base.starts_with('_') && std::ranges::find(kResult, name) == kResult.end()) {
    return unsupported("has a result parameter other than _id, _lastUpdated, _count and _sort");
  }
  return {};
}

Result<void> check_parameter(std::string_view parameter) {
  const auto equals = parameter.find('=');
  if (equals == std::string_view::npos || equals + 1 == parameter.size()) {
    return malformed("has a search parameter without a value");
  }
  const auto name = parameter.substr(0, equals);
  const auto value = parameter.substr(equals + 1);
  CDSS_CHECK(check_parameter_name(name));
  if (name == "_count" && !is_count(value)) {
    return malformed("has a _count that is no whole number above 0");
  }
  if (name == "_sort" && !is_sort(value)) {
    return malformed("has a _sort that is no list of parameters, each with - before it or without");
  }
  if (has_refused_prefix(value)) {
    return unsupported("has a date prefix other than eq, lt, gt, ge and le");
  }
  return {};
}

}  // namespace

Result<void> check_search(std::string_view query) {
  while (true) {
    const auto end = query.find('&');
    CDSS_CHECK(check_parameter(query.substr(0, end)));
    if (end == std::string_view::npos) {
      return {};
    }
    query.remove_prefix(end + 1);
  }
}

}  // namespace cdss::hooks
