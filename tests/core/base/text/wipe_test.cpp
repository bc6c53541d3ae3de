#include "core/base/text/wipe.hpp"

#include <gtest/gtest.h>

namespace cdss {
namespace {

TEST(Wipe, OverwritesALongTextAndAShortOne) {
  for (const char* const secret : {"short", "a text that is longer than what lies in a string"}) {
    std::string text{secret};
    const char* const memory = text.data();
    const std::size_t size = text.size();
    wipe(text);
    EXPECT_TRUE(text.empty());
    EXPECT_EQ(text.data(), memory) << "the room is still its own, so that it may be looked at";
    EXPECT_EQ((std::string{memory, size}), std::string(size, '\0'));
  }
}

TEST(AppendWiping, AppendsAsAStringDoes) {
  std::string text;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string more(static_cast<std::size_t>(i % 50), static_cast<char>('a' + i % 26));
    append_wiping(text, more);
    expected += more;
  }
  EXPECT_EQ(text, expected);
  EXPECT_LE(text.capacity(), 4 * text.size());
}

}  // namespace
}  // namespace cdss
