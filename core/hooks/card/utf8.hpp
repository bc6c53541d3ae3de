#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cdss::hooks::utf8 {

/// The code point at `at`, which moves past it. A byte that is no part of valid UTF-8 counts as
/// U+FFFD. `at` is less than text.size().
char32_t next(std::string_view text, std::size_t& at);

/// Appends `c`, a Unicode scalar value, as UTF-8.
void append(std::string& out, char32_t c);

}  // namespace cdss::hooks::utf8
