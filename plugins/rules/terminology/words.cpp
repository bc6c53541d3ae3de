#include "plugins/rules/terminology/words.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <utf8proc.h>
#include <utility>

namespace cdss::rules {
namespace {

/// Does the `edge` of a word end at that neighbour? A number goes on with a digit, point or comma.
bool parts(char edge, char beside) {
  const bool is_of_number = is_digit(beside) || beside == '.' || beside == ',';
  return !is_letter(beside) && !(is_digit(edge) && is_of_number);
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Letters that Unicode does not decompose, as they are written where they are not at hand.
constexpr std::pair<std::string_view, std::string_view> kLetters[] = {
    {"\u00e6", "ae"}, {"\u0153", "oe"}, {"\u00f8", "o"}, {"\u0142", "l"},
    {"\u0111", "d"},  {"\u00f0", "d"},  {"\u0131", "i"}, {"\u00fe", "th"},
};

/// As has_word, of texts that are both folded.
bool has_folded(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto after = at + word.size();
    const bool begins = at == 0 || parts(word.front(), text[at - 1]);
    const bool ends = after == text.size() || parts(word.back(), text[after]);
    if (begins && ends) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string folded(std::string_view text) {
  if (is_ascii(text)) {
    return to_lower(text);
  }
  constexpr auto kOptions =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                     UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &mapped, kOptions);
  if (size < 0) {
    return to_lower(text);
  }
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{mapped, &std::free};
  std::string out{reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
  for (const auto& [letter, basic] : kLetters) {
    for (auto at = out.find(letter); at != std::string::npos; at = out.find(letter, at)) {
      out.replace(at, letter.size(), basic);
    }
  }
  return out;
}

bool has_word(std::string_view text, std::string_view word) {
  return has_folded(folded(text), word);
}

bool has_any_word(std::string_view text, std::span<const std::string_view> words) {
  const std::string text_folded = folded(text);
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return has_folded(text_folded, word); });
}

bool begins_with_any_word(std::string_view text, std::span<const std::string_view> words) {
  const std::string text_folded = folded(trimmed(text, " "));
  return std::ranges::any_of(words, [&](std::string_view word) {
    // With one byte more, so that a longer word is not taken for this one.
    return has_folded(std::string_view{text_folded}.substr(0, word.size() + 1), word);
  });
}

}  // namespace cdss::rules
