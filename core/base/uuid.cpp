#include "core/base/uuid.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>

#include <sys/random.h>

#include "core/base/text/ascii.hpp"

namespace cdss {
namespace {

constexpr bool is_hyphen_position(std::size_t i) {
  return i == 8 || i == 13 || i == 18 || i == 23;
}
constexpr std::size_t kLength = 36;

}  // namespace

std::string new_uuid() {
  std::array<std::uint8_t, 16> bytes{};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    std::abort();  // up to 256 bytes the kernel gives whole once it has booted; without it nothing
                   // here is safe
  }
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | 0x40U);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(kLength);
  for (const std::uint8_t byte : bytes) {
    if (is_hyphen_position(text.size())) {
      text += '-';
    }
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0x0FU];
  }
  return text;
}

bool is_uuid(std::string_view text) {
  if (text.size() != kLength) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_hyphen_position(i) ? text[i] != '-' : !is_hex_digit(text[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace cdss
