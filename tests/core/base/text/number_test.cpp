#include "core/base/text/number.hpp"

#include <cstdint>

#include <gtest/gtest.h>

namespace cdss {
namespace {

TEST(Number, IsAllOfATextOrNoneOfIt) {
  EXPECT_EQ(parse_number<int>("0"), 0);
  EXPECT_EQ(parse_number<int>("-12"), -12);
  EXPECT_EQ(parse_number<double>("37.5"), 37.5);
  EXPECT_EQ(parse_number<double>("-1e3"), -1000.0);
  for (const char* text : {"", " 1", "1 ", "1x", "+1", "x", "-", "0x1", "1,5"}) {
    EXPECT_FALSE(parse_number<int>(text)) << text;
    EXPECT_FALSE(parse_number<double>(text)) << text;
  }
  EXPECT_FALSE(parse_number<int>("1.5"));
}

TEST(Number, FitsItsType) {
  EXPECT_EQ(parse_number<std::uint16_t>("65535"), 65535);
  EXPECT_FALSE(parse_number<std::uint16_t>("65536"));
  EXPECT_FALSE(parse_number<std::uint16_t>("-1"));
  EXPECT_TRUE(parse_number<double>("1e308"));
  EXPECT_FALSE(parse_number<double>("1e309"));
}

}  // namespace
}  // namespace cdss
