#include "core/hooks/request/uri.hpp"

#include <gtest/gtest.h>

namespace cdss::hooks {
namespace {

TEST(WebUrl, ReadsHostAndQuery) {
  const struct {
    const char* text;
    bool https;
    const char* host;
    const char* query;
  } rows[] = {
      {"https://example.org", true, "example.org", ""},
      {"HTTPS://EXAMPLE.org:443/", true, "example.org", ""},
      {"http://a-b.example.org:9080/x/y?z=1&w=%20#f?g", false, "a-b.example.org", "z=1&w=%20"},
      {"https://10.0.0.1?q", true, "10.0.0.1", "q"},
      {"https://[::1]:8080/", true, "[::1]", ""},
      {"https://[2001:DB8::1]#f", true, "[2001:db8::1]", ""},
      {"https://ex_ample.org/a;b,c(d)'e!*$@:~", true, "ex_ample.org", ""},
  };
  for (const auto& [text, https, host, query] : rows) {
    SCOPED_TRACE(text);
    const auto url = read_web_url(text);
    ASSERT_TRUE(url);
    EXPECT_EQ(url->https, https);
    EXPECT_EQ(url->host, host);
    EXPECT_EQ(url->query, query);
  }
}

TEST(WebUrl, RefusesAnythingElse) {
  for (const auto* const text : {"",
                                 "https:",
                                 "https://",
                                 "https:///x",
                                 "example.org",
                                 "//example.org",
                                 "/x",
                                 "ftp://example.org",
                                 "javascript:alert(1)",
                                 "data:text/html,x",
                                 "https:example.org",
                                 "https:/example.org",
                                 "https://user@example.org",
                                 "https://user:pw@example.org",
                                 "https://example.org:",
                                 "https://example.org:0",
                                 "https://example.org:65536",
                                 "https://example.org:8x",
                                 "https://example.org:+80",
                                 "https://.org",
                                 "https://a..b",
                                 "https://example.org.",
                                 "https://-a.org",
                                 "https://a-.org",
                                 "https://a.org-",
                                 "https://exa mple.org",
                                 " https://example.org",
                                 "https://example.org/a b",
                                 "https://example.org/\"x",
                                 "https://example.org/<x>",
                                 "https://example.org\\x",
                                 "https://example.org/%4",
                                 "https://example.org/%zz",
                                 "https://example.org/#a#b",
                                 "https://ex\xC3\xA4mple.org",
                                 "https://example.org/\xC3\xA4",
                                 "https://[::1",
                                 "https://[]",
                                 "https://[::g]",
                                 "https://[::1]x",
                                 "https://a%2eb"}) {
    EXPECT_FALSE(read_web_url(text)) << text;
  }
}

TEST(WebUrl, KnowsLoopbackHosts) {
  for (const auto* const host : {"localhost", "127.0.0.1", "127.9.9.9", "[::1]"}) {
    EXPECT_TRUE(is_loopback(host)) << host;
  }
  for (const auto* const host : {"", "localhost.evil.com", "127.evil.com", "127.0.0.1.evil.com",
                                 "127.1", "10.0.0.1", "[::2]"}) {
    EXPECT_FALSE(is_loopback(host)) << host;
  }
}

}  // namespace
}  // namespace cdss::hooks
