#include "core/config/url.hpp"

#include <gtest/gtest.h>

namespace cdss::config {
namespace {

TEST(Url, HasParts) {
  const struct {
    const char* text;
    const char* scheme;
    const char* host;
    const char* port;
    const char* rest;
  } rows[] = {
      {"https://a", "https", "a", "", ""},
      {"https://a.example.org/b/c?d=e&f", "https", "a.example.org", "", "/b/c?d=e&f"},
      {"http://127.0.0.1:8080/", "http", "127.0.0.1", "8080", "/"},
      {"https://[::1]:65535", "https", "[::1]", "65535", ""},
      {"https://[2001:db8::1]/x", "https", "[2001:db8::1]", "", "/x"},
      {"http://a:443", "http", "a", "443", ""},
  };
  for (const auto& [text, scheme, host, port, rest] : rows) {
    SCOPED_TRACE(text);
    const auto url = Url::parse(text);
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, scheme);
    EXPECT_EQ(url->host, host);
    EXPECT_EQ(url->port, port);
    EXPECT_EQ(url->rest, rest);
  }
}

TEST(Url, HasOneSpelling) {
  for (const char* text : {"",
                           "https",
                           "https:",
                           "https:/",
                           "https://",
                           "HTTPS://a",
                           "https:///a",
                           "https://A",
                           "https://a:443",
                           "http://a:80",
                           "https://a:",
                           "https://a:0",
                           "https://a:01",
                           "https://a:65536",
                           "https://a:8 ",
                           "https://a:+1",
                           "https://a:-1",
                           "https://a:1:2",
                           "https://u@a",
                           "https://u:p@a",
                           "https://a/b#c",
                           "https://a#",
                           "https://a?b",
                           "https://a b",
                           "https://a/ b",
                           "https://a/\n",
                           "https://a/\xc3\xa4",
                           "https://\xc3\xa4",
                           "https://a_b",
                           "https://*",
                           "https://.a",
                           "https://a..b",
                           "https://-a",
                           "https://[::1",
                           "https://::1",
                           "https://[::G]",
                           "https://[2001:DB8::1]",
                           "https://[127.0.0.1]",
                           "https://[]",
                           "https://[::1]x",
                           "https://a\\b",
                           "https://a/\"",
                           "ftp://a",
                           "ws://a",
                           "//a",
                           "a",
                           "null"}) {
    EXPECT_FALSE(Url::parse(text)) << text;
  }
}

TEST(Url, KnowsTheNamesOfThisMachine) {
  for (const char* text : {"http://localhost", "https://127.0.0.1:1", "http://[::1]:8080/x"}) {
    EXPECT_TRUE(Url::parse(text)->is_on_loopback()) << text;
  }
  for (const char* text : {"http://localhost.example.org", "http://127.0.0.2", "http://[::2]",
                           "http://0.0.0.0", "http://[::ffff:127.0.0.1]", "http://localhost."}) {
    EXPECT_FALSE(Url::parse(text)->is_on_loopback()) << text;
  }
}

}  // namespace
}  // namespace cdss::config
