#include "core/auth/jose/base64url.hpp"

#include <array>
#include <cstdint>

namespace cdss::auth {
namespace {

constexpr std::uint8_t kNone = 0xff;
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr auto kValues = make_values();

Error malformed() {
  return {Errc::malformed, {}, "is not base64url without padding"};
}

}  // namespace

Result<std::string> decode_base64url(std::string_view text) {
  if (text.size() % 4 == 1) {
    return malformed();
  }
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  unsigned held = 0;  // how many low bits of `bits` are not written yet
  for (const char c : text) {
    const auto value = kValues[static_cast<unsigned char>(c)];
    if (value == kNone) {
      return malformed();
    }
    bits = bits << 6U | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes += static_cast<char>(bits >> held & 0xffU);
    }
  }
  if ((bits & ((1U << held) - 1)) != 0) {
    return malformed();
  }
  return bytes;
}

}  // namespace cdss::auth
