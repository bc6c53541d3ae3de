#pragma once

#include <span>
#include <string_view>

#include "core/base/text/ascii.hpp"

namespace cdss::rules {

/// A letter of ASCII, or a byte of one that is not.
constexpr bool is_letter(char c) {
  return cdss::is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// Does `word` stand in `text` as a whole word (or words), whatever the case of ASCII letters:
/// beside it is no letter, and where it begins or ends with a digit no digit, point or comma, so
/// that a number is never found inside another.
///
/// @param word  in lower case, not empty.
bool has_word(std::string_view text, std::string_view word);

/// One of them.
bool has_any_word(std::string_view text, std::span<const std::string_view> words);

/// Does the text begin with one of them, spaces apart?
bool begins_with_any_word(std::string_view text, std::span<const std::string_view> words);

}  // namespace cdss::rules
