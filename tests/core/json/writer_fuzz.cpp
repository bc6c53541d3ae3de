// Whatever the bytes: written as a JSON string they parse, to the same text when they were UTF-8,
// and otherwise to a text that writes and parses to itself.

#include <cstdint>
#include <string>

#include "core/json/document.hpp"
#include "core/json/json_writer.hpp"

namespace {

void require(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

/// The text that `bytes`, written as a JSON string, parse to.
std::string round_trip(const std::string& bytes) {
  std::string written;
  cdss::json::append_string(written, bytes);
  const auto document = cdss::Document::parse(written);
  require(document && document->root().is_string());
  return std::string{document->root().raw_text()};
}

/// RFC 3629 in a few lines of its own, to judge the library that the writer asks.
bool is_utf8(const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
      return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
    };
    const std::uint32_t first = byte(at);
    const std::size_t length = first < 0x80    ? 1
                               : first < 0xC0  ? 0
                               : first < 0xE0  ? 2
                               : first < 0xF0  ? 3
                               : first <= 0xF4 ? 4
                                               : 0;
    if (length == 0) {
      return false;
    }
    std::uint32_t point = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(at + i) & 0xC0U) != 0x80U) {
        return false;
      }
      point = point << 6U | (byte(at + i) & 0x3FU);
    }
    constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < kLeast[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
      return false;
    }
    at += length;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes{reinterpret_cast<const char*>(data), size};
  const std::string text = round_trip(bytes);
  require(is_utf8(text));
  require((text == bytes) == is_utf8(bytes));
  require(round_trip(text) == text);
  return 0;
}
