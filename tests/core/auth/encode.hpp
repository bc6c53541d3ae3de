#pragma once

#include <string>
#include <string_view>

namespace cdss::auth {

/// base64url without padding. Source: RFC 4648, section 5.
inline std::string encode_base64url(std::string_view bytes) {
  static constexpr char kAlphabet[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  unsigned bits = 0;
  unsigned held = 0;
  for (const char c : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) {
      text += kAlphabet[bits >> (held - 6) & 63U];
    }
  }
  if (held > 0) {
    text += kAlphabet[bits << (6 - held) & 63U];
  }
  return text;
}

}  // namespace cdss::auth
