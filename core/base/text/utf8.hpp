#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cdss {

// Thread-safe. Source: The Unicode Standard, table 3-7 (no surrogates, no overlong forms).

/// Where the first byte stands that begins no whole UTF-8 character: after a character that is cut
/// short, where that character begins. text.size() when all of it is UTF-8.
std::size_t first_invalid_utf8(std::string_view text);

namespace utf8 {

/// The code point at `at`, which moves past it. A byte that is no part of valid UTF-8 counts as
/// U+FFFD. `at` is less than text.size().
char32_t next(std::string_view text, std::size_t& at);

/// Appends `c`, a Unicode scalar value.
void append(std::string& out, char32_t c);

}  // namespace utf8
}  // namespace cdss
