#include "core/base/text/ascii.hpp"

#include <gtest/gtest.h>

namespace cdss {
namespace {

TEST(Ascii, KnowsNoLettersButItsOwn) {
  EXPECT_EQ(to_lower("AZaz09[`{\xc4\xe4"), "azaz09[`{\xc4\xe4");
  EXPECT_EQ(upper('z'), 'Z');
  EXPECT_EQ(upper('{'), '{');
  for (const char c : {'@', '[', '`', '{', '\0', '\xc4'}) {
    EXPECT_FALSE(is_letter(c) || is_digit(c) || is_hex_digit(c)) << c;
  }
  EXPECT_TRUE(is_letter('A') && is_letter('z') && is_letter_or_digit('0'));
}

TEST(Ascii, ReadsHexadecimalDigits) {
  EXPECT_EQ(hex_value('0'), 0);
  EXPECT_EQ(hex_value('9'), 9);
  EXPECT_EQ(hex_value('a'), 10);
  EXPECT_EQ(hex_value('F'), 15);
  EXPECT_EQ(hex_value('g'), -1);
  EXPECT_EQ(hex_value('@'), -1);
}

TEST(Ascii, ComparesInAnyCase) {
  EXPECT_TRUE(equal_ignoring_case("Host", "hOST"));
  EXPECT_FALSE(equal_ignoring_case("Host", "Hosts"));
  EXPECT_TRUE(starts_ignoring_case("HTTPS://a", "https://"));
  EXPECT_FALSE(starts_ignoring_case("http", "https"));
}

TEST(Ascii, CutsTexts) {
  EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
  EXPECT_EQ(trimmed("\na\n", " \t"), "\na\n");
  std::string_view rest = "a,,b";
  EXPECT_EQ(take_until(rest, ','), "a");
  EXPECT_EQ(take_until(rest, ','), "");
  EXPECT_EQ(take_until(rest, ','), "b");
  EXPECT_EQ(rest, "");
  EXPECT_EQ(take_until(rest, ','), "");
}

}  // namespace
}  // namespace cdss
