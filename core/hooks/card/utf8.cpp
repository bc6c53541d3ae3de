#include "core/hooks/card/utf8.hpp"

namespace cdss::hooks::utf8 {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

/// Length of the sequence that `lead` begins and the bits it carries; length 0 when it begins none.
struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t least;  ///< smallest code point that needs this length
};

constexpr Lead read_lead(unsigned char lead) {
  if (lead < 0x80) {
    return {1, lead, 0};
  }
  if (lead >= 0xC2 && lead < 0xE0) {
    return {2, lead & 0x1FU, 0x80};
  }
  if (lead >= 0xE0 && lead < 0xF0) {
    return {3, lead & 0x0FU, 0x800};
  }
  if (lead >= 0xF0 && lead < 0xF5) {
    return {4, lead & 0x07U, 0x10000};
  }
  return {0, 0, 0};
}

}  // namespace

char32_t next(std::string_view text, std::size_t& at) {
  const Lead lead = read_lead(static_cast<unsigned char>(text[at]));
  if (lead.length == 0 || at + lead.length > text.size()) {
    ++at;
    return kReplacement;
  }
  char32_t c = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    if ((byte & 0xC0U) != 0x80U) {
      ++at;
      return kReplacement;
    }
    c = (c << 6U) | (byte & 0x3FU);
  }
  if (c < lead.least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
    ++at;
    return kReplacement;
  }
  at += lead.length;
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

}  // namespace cdss::hooks::utf8
