#include "core/base/text/utf8.hpp"

#include <gtest/gtest.h>

namespace cdss {
namespace {

TEST(Utf8, IsReadAndWrittenCharacterByCharacter) {
  const struct {
    const char* text;
    char32_t character;
  } rows[] = {{"a", U'a'},
              {"\x7f", 0x7F},
              {"\xc2\x80", 0x80},
              {"\xdf\xbf", 0x7FF},
              {"\xe0\xa0\x80", 0x800},
              {"\xed\x9f\xbf", 0xD7FF},
              {"\xee\x80\x80", 0xE000},
              {"\xef\xbf\xbf", 0xFFFF},
              {"\xf0\x90\x80\x80", 0x10000},
              {"\xf4\x8f\xbf\xbf", 0x10FFFF}};
  for (const auto& [text, character] : rows) {
    SCOPED_TRACE(text);
    const std::string_view whole = text;
    std::size_t at = 0;
    EXPECT_EQ(utf8::next(whole, at), character);
    EXPECT_EQ(at, whole.size());
    EXPECT_EQ(first_invalid_utf8(whole), whole.size());
    std::string written;
    utf8::append(written, character);
    EXPECT_EQ(written, whole);
  }
}

TEST(Utf8, PassesOverOneByteOfWhatIsNone) {
  for (const std::string_view text :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2\x41", "\xe0\x80\x80", "\xe0\xa0",
        "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf0\x90\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
        "\xff"}) {
    std::size_t at = 0;
    EXPECT_EQ(utf8::next(text, at), 0xFFFDU) << text;
    EXPECT_EQ(at, 1U) << text;
    EXPECT_EQ(first_invalid_utf8(text), 0U) << text;
    EXPECT_EQ(first_invalid_utf8("a" + std::string{text}), 1U) << text;
  }
}

}  // namespace
}  // namespace cdss
