#include "plugins/rules/terminology/words.hpp"

#include <algorithm>
#include <cstddef>

namespace cdss::rules {
namespace {

/// Does the `edge` of a word end at that neighbour? A number goes on with a digit, point or comma.
bool parts(char edge, char beside) {
  const bool is_of_number = is_digit(beside) || beside == '.' || beside == ',';
  return !is_letter(beside) && !(is_digit(edge) && is_of_number);
}

}  // namespace

bool has_word(std::string_view text, std::string_view word) {
  const auto same = [](char a, char b) { return lower(a) == b; };
  auto from = text.begin();
  while (true) {
    const auto found = std::search(from, text.end(), word.begin(), word.end(), same);
    if (found == text.end()) {
      return false;
    }
    const auto after = found + static_cast<std::ptrdiff_t>(word.size());
    const bool begins = found == text.begin() || parts(word.front(), *(found - 1));
    const bool ends = after == text.end() || parts(word.back(), *after);
    if (begins && ends) {
      return true;
    }
    from = found + 1;
  }
}

bool has_any_word(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return has_word(text, word); });
}

bool begins_with_any_word(std::string_view text, std::span<const std::string_view> words) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return std::ranges::any_of(words, [&](std::string_view word) {
    // With one byte more, so that a longer word is not taken for this one.
    return has_word(text.substr(0, word.size() + 1), word);
  });
}

}  // namespace cdss::rules
