#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace cdss {

/// The number that `text` is, and nothing but: digits, with a `-` before them where Number has
/// signs, and for a floating-point Number with a fraction and an exponent as JSON writes them, or
/// "inf" and "nan". None for any other text, an empty one among them, and for what Number cannot
/// hold. The locale plays no part. Thread-safe.
template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  Number number{};
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc{} && read.ptr == end ? std::optional{number} : std::nullopt;
}

}  // namespace cdss
