#include "core/base/ip_address.hpp"

#include <gtest/gtest.h>

namespace cdss {
namespace {

TEST(IpAddress, IsOfAFamily) {
  for (const char* text : {"127.0.0.1", "0.0.0.0", "255.255.255.255"}) {
    EXPECT_TRUE(is_ipv4_address(text)) << text;
    EXPECT_FALSE(is_ipv6_address(text)) << text;
  }
  for (const char* text : {"::", "::1", "fe80::1", "::ffff:127.0.0.1",
                           "1111:2222:3333:4444:5555:6666:255.255.255.255"}) {
    EXPECT_FALSE(is_ipv4_address(text)) << text;
    EXPECT_TRUE(is_ipv6_address(text)) << text;
  }
  for (const std::string_view text :
       {std::string_view{}, std::string_view{"localhost"}, std::string_view{"127.1"},
        std::string_view{"127.0.0.1 "}, std::string_view{"[::1]"}, std::string_view{"fe80::1%lo"},
        std::string_view{"127.0.0.1\0x", 11}}) {
    EXPECT_FALSE(is_ipv4_address(text) || is_ipv6_address(text)) << text;
  }
}

TEST(IpAddress, KnowsThoseOfThisMachine) {
  for (const char* address :
       {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1", "::ffff:127.255.0.9"}) {
    EXPECT_TRUE(is_loopback_address(address)) << address;
  }
  for (const char* address : {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "::2", "::ffff:10.0.0.1",
                              "::127.0.0.1", "localhost", "127.1", "", "127.0.0.1 "}) {
    EXPECT_FALSE(is_loopback_address(address)) << address;
  }
}

}  // namespace
}  // namespace cdss
