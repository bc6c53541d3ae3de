#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/text/ascii.hpp"

namespace cdss::rules {

/// A letter of ASCII, or a byte of one that is not.
constexpr bool is_letter(char c) {
  return cdss::is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// The text as names are compared: compatibility forms resolved, without case and accents, ligatures
/// and letters with strokes in basic letters. "Ibuprofène" is "ibuprofene", "Straße" is "strasse",
/// "Sårsmøre" is "sarsmore". A text that is not UTF-8 only loses the case of its ASCII letters.
/// Thread-safe.
/// Source: Unicode 15, NFKD, default case folding, general category Mark.
std::string folded(std::string_view text);

/// Does `word` stand in `text` as a whole word (or words), both compared as `folded`: beside it is
/// no letter, and where it begins or ends with a digit no digit, point or comma, so that a number
/// is never found inside another.
///
/// @param word  as `folded` gives it, not empty.
bool has_word(std::string_view text, std::string_view word);

/// One of them.
bool has_any_word(std::string_view text, std::span<const std::string_view> words);

/// Does the text begin with one of them, spaces apart?
bool begins_with_any_word(std::string_view text, std::span<const std::string_view> words);

}  // namespace cdss::rules
