#include "core/base/uuid.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include <sys/random.h>

#include "core/base/text/ascii.hpp"

namespace cdss {
namespace {

constexpr std::array<std::size_t, 4> kHyphens{8, 13, 18, 23};
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
  std::string text = to_hex(bytes);
  for (const std::size_t at : kHyphens) {
    text.insert(at, 1, '-');
  }
  return text;
}

bool is_uuid(std::string_view text) {
  if (text.size() != kLength) {
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_hyphen = std::ranges::find(kHyphens, i) != kHyphens.end();
    if (is_hyphen ? text[i] != '-' : !is_hex_digit(text[i])) {
      return false;
    }
  }
  return true;
}

}  // namespace cdss
