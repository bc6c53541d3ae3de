#include "plugins/rules/orders/negation.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/base/text/ascii.hpp"

namespace cdss::rules {
namespace {

/// A word of a text in lower case.
struct Token {
  std::string word;
  bool begins_clause = false;
};

using Tokens = std::vector<Token>;

bool is_of_word(char c) {
  return is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

Tokens tokens_of(std::string_view text) {
  constexpr std::string_view kBreaks = ",;.:()[]!?\n\r";
  Tokens tokens;
  bool is_open = false;
  bool begins_clause = true;
  for (const char c : text) {
    if (!is_of_word(c)) {
      is_open = false;
      begins_clause = begins_clause || kBreaks.find(c) != std::string_view::npos;
      continue;
    }
    if (!is_open) {
      tokens.push_back({.word = {}, .begins_clause = begins_clause});
      is_open = true;
      begins_clause = false;
    }
    tokens.back().word += lower(c);
  }
  return tokens;
}

std::vector<Tokens> phrases_of(std::span<const std::string_view> words) {
  std::vector<Tokens> phrases;
  for (const auto word : words) {
    phrases.push_back(tokens_of(word));
  }
  return phrases;
}

/// Does the phrase stand at that place of the text, within one clause?
bool stands_at(const Tokens& text, std::size_t at, const Tokens& phrase) {
  if (phrase.empty() || at + phrase.size() > text.size()) {
    return false;
  }
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (text[at + i].word != phrase[i].word || (i > 0 && text[at + i].begins_clause)) {
      return false;
    }
  }
  return true;
}

/// Looks in one text.
struct Clauses {
  const Tokens& text;
  const std::vector<Tokens>& before;
  const std::vector<Tokens>& after;
  const std::vector<Tokens>& passable;  ///< phrases whose words may stand between

  bool is_passable(const Token& token) const {
    return std::ranges::any_of(passable, [&](const Tokens& phrase) {
      return std::ranges::find(phrase, token.word, &Token::word) != phrase.end();
    });
  }

  bool is_denied_before(std::size_t begin) const {
    for (std::size_t at = begin; at > 0 && !text[at].begins_clause; --at) {
      const bool is_denied = std::ranges::any_of(before, [&](const Tokens& phrase) {
        return phrase.size() <= at && stands_at(text, at - phrase.size(), phrase);
      });
      if (is_denied) {
        return true;
      }
      if (!is_passable(text[at - 1])) {
        return false;
      }
    }
    return false;
  }

  bool is_denied_after(std::size_t end) const {
    for (std::size_t at = end; at < text.size() && !text[at].begins_clause; ++at) {
      const bool is_denied = std::ranges::any_of(
          after, [&](const Tokens& phrase) { return stands_at(text, at, phrase); });
      if (is_denied) {
        return true;
      }
      if (!is_passable(text[at])) {
        return false;
      }
    }
    return false;
  }
};

}  // namespace

Assertion find_assertion(std::span<const std::string_view> texts,
                         std::span<const std::string_view> words, const Negation& negation) {
  struct Place {
    std::size_t text;
    std::size_t begin;
    std::size_t end;
  };
  const auto phrases = phrases_of(words);
  std::vector<Tokens> read;
  std::vector<Place> places;
  for (const auto text : texts) {
    read.push_back(tokens_of(text));
    for (std::size_t at = 0; at < read.back().size(); ++at) {
      for (const auto& phrase : phrases) {
        if (stands_at(read.back(), at, phrase)) {
          places.push_back({.text = read.size() - 1, .begin = at, .end = at + phrase.size()});
        }
      }
    }
  }
  if (places.empty()) {
    return Assertion::nothing;
  }
  const auto before = phrases_of(negation.before);
  const auto after = phrases_of(negation.after);
  auto passable = phrases_of(negation.between);
  passable.insert(passable.end(), phrases.begin(), phrases.end());
  const bool is_denied = std::ranges::all_of(places, [&](const Place& place) {
    const Clauses clauses{
        .text = read[place.text], .before = before, .after = after, .passable = passable};
    return clauses.is_denied_before(place.begin) || clauses.is_denied_after(place.end);
  });
  return is_denied ? Assertion::denied : Assertion::affirmed;
}

}  // namespace cdss::rules
