#pragma once

#include <span>
#include <string_view>

namespace cdss::rules {

/// Does `word` stand in `text` as a whole word (or words), whatever the case of ASCII letters:
/// beside it is no letter, and where it begins or ends with a digit no digit, point or comma, so
/// that a number is never found inside another.
///
/// @param word  in lower case, not empty.
bool has_word(std::string_view text, std::string_view word);

/// One of them.
bool has_any_word(std::string_view text, std::span<const std::string_view> words);

}  // namespace cdss::rules
