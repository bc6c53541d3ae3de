#pragma once

#include <cstddef>
#include <string_view>

namespace cdss {

/// Where the first byte stands that begins no whole UTF-8 character: after a character that is cut
/// short, where that character begins. text.size() when all of it is UTF-8. Thread-safe.
/// Source: The Unicode Standard, table 3-7 (no surrogates, no overlong forms).
std::size_t first_invalid_utf8(std::string_view text);

}  // namespace cdss
