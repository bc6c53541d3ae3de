#pragma once

#include <algorithm>
#include <string_view>

#include "core/base/text/ascii.hpp"

namespace cdss::http {

constexpr bool is_token_char(char c) {
  return is_letter_or_digit(c) ||
         std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

/// Whether `text` is a token: the name of a method or a header.
/// Source: RFC 9110, section 5.6.2.
constexpr bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_char);
}

/// Whether `text` has no control character but the tab. Bytes above ASCII are let through.
constexpr bool is_text(std::string_view text) {
  return std::ranges::none_of(text,
                              [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; });
}

}  // namespace cdss::http
