#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/base/errors/result.hpp"
#include "core/base/text/ascii.hpp"

namespace cdss::hooks::prefetch_text {

/// Stands for a token while the shape of a template is read.
inline constexpr char kTokenMark = '\x01';

/// Whether a text may name a field of a context or a search parameter.
constexpr bool is_name(std::string_view text) {
  return !text.empty() && (is_letter(text.front()) || text.front() == '_') &&
         only_letters_digits_and("-_", text);
}

inline Error malformed(std::string message) {
  return {Errc::malformed, {}, std::move(message)};
}

inline Error unsupported(std::string message) {
  return {Errc::unsupported, {}, std::move(message)};
}

}  // namespace cdss::hooks::prefetch_text
