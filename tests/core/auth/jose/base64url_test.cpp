#include "core/auth/jose/base64url.hpp"

#include <gtest/gtest.h>

#include "tests/core/auth/encode.hpp"

namespace cdss::auth {
namespace {

TEST(Base64url, ReadsWhatRfc4648Gives) {
  const struct {
    const char* text;
    const char* bytes;
  } rows[] = {
      {"", ""},           {"Zg", "f"},          {"Zm8", "fo"},          {"Zm9v", "foo"},
      {"Zm9vYg", "foob"}, {"Zm9vYmE", "fooba"}, {"Zm9vYmFy", "foobar"}, {"-_-_", "\xfb\xff\xbf"}};
  for (const auto& [text, bytes] : rows) {
    SCOPED_TRACE(text);
    const auto read = decode_base64url(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, bytes);
  }
}

TEST(Base64url, ReadsBackEveryByteAndLength) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    const auto read = decode_base64url(encode_base64url(bytes));
    ASSERT_TRUE(read);
    ASSERT_EQ(*read, bytes);
    bytes += static_cast<char>(i * 7);
  }
}

TEST(Base64url, RefusesEverySpellingButOne) {
  for (const std::string_view text :
       {"Z",     "Zm9vY",    "Zg==", "Zm8=",  "Zg=",    "=",         "Zm9v=",
        "Zh",    "Zm9",      "Zm+v", "Zm/v",  " Zg",    "Zg ",       "Z g",
        "Zm\n8", "Zm9v\r\n", "Zm.v", "Zm%76", "Zm9v\t", "\xc3\xa4Zg"}) {
    SCOPED_TRACE(text);
    const auto read = decode_base64url(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::malformed);
  }
  EXPECT_FALSE(decode_base64url(std::string_view{"Zm\0v", 4}));
}

}  // namespace
}  // namespace cdss::auth
