#include "core/http/server/request.hpp"

#include <algorithm>

#include "core/http/common/text.hpp"

namespace cdss::http {

std::string_view Request::header(std::string_view name) const {
  const auto found = std::ranges::find_if(
      headers, [&](const auto& header) { return equal_ignoring_case(header.first, name); });
  return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

std::size_t Request::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      headers, [&](const auto& header) { return equal_ignoring_case(header.first, name); }));
}

std::vector<std::string_view> Request::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [own, value] : headers) {
    if (equal_ignoring_case(own, name)) {
      values.emplace_back(value);
    }
  }
  return values;
}

}  // namespace cdss::http
