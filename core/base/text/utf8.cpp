#include "core/base/text/utf8.hpp"

#include <array>

namespace cdss {
namespace {

/// The lead bytes of one row of the table, and what may follow them.
struct Row {
  unsigned char first;
  unsigned char last;
  std::size_t length;    ///< of the whole character
  unsigned char lowest;  ///< bounds of the second byte; those after it are 80 to BF
  unsigned char highest;
};

constexpr std::array<Row, 9> kRows{{{0x00, 0x7F, 1, 0, 0},
                                    {0xC2, 0xDF, 2, 0x80, 0xBF},
                                    {0xE0, 0xE0, 3, 0xA0, 0xBF},
                                    {0xE1, 0xEC, 3, 0x80, 0xBF},
                                    {0xED, 0xED, 3, 0x80, 0x9F},
                                    {0xEE, 0xEF, 3, 0x80, 0xBF},
                                    {0xF0, 0xF0, 4, 0x90, 0xBF},
                                    {0xF1, 0xF3, 4, 0x80, 0xBF},
                                    {0xF4, 0xF4, 4, 0x80, 0x8F}}};

/// Bytes of the character at the front of `text`, which is not empty; 0 when there is none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (const Row& row : kRows) {
    if (byte(0) < row.first || byte(0) > row.last) {
      continue;
    }
    if (text.size() < row.length ||
        (row.length > 1 && (byte(1) < row.lowest || byte(1) > row.highest))) {
      return 0;
    }
    for (std::size_t i = 2; i < row.length; ++i) {
      if (byte(i) < 0x80 || byte(i) > 0xBF) {
        return 0;
      }
    }
    return row.length;
  }
  return 0;
}

}  // namespace

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = character_length(text.substr(at));
    if (length == 0) {
      return at;
    }
    at += length;
  }
  return at;
}

namespace utf8 {

char32_t next(std::string_view text, std::size_t& at) {
  constexpr char32_t kReplacement = 0xFFFD;
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) {
    ++at;
    return lead;
  }
  const std::size_t length = character_length(text.substr(at));
  if (length == 0) {
    ++at;
    return kReplacement;
  }
  char32_t c = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    c = (c << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  at += length;
  return c;
}

void append(std::string& out, char32_t c) {
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | ((c >> shift) & 0x3FU));
  };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6U));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12U));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | (c >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace utf8
}  // namespace cdss
