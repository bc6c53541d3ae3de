#include "fhir/types/id.hpp"

#include <algorithm>

#include "core/base/text/ascii.hpp"

namespace cdss::fhir {
namespace {

constexpr bool is_of_id(char c) {
  return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
}

}  // namespace

bool is_id(std::string_view text) {
  return !text.empty() && text != "." && text != ".." && std::ranges::all_of(text, is_of_id);
}

}  // namespace cdss::fhir
