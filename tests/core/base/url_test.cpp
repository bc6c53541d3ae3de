#include "core/base/url.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cdss {
namespace {

TEST(Url, HasPartsInNormalForm) {
  using enum Url::HostKind;
  const struct {
    const char* text;
    const char* normal;
    Url::HostKind kind;
    const char* host;
    std::uint16_t port;
    const char* authority;
    const char* path;
    const char* query;
  } rows[] = {
      {"https://a", "https://a/", name, "a", 443, "a", "/", ""},
      {"HTTPS://EHR.Example.org:443/B/c?D=e&f", "https://ehr.example.org/B/c?D=e&f", name,
       "ehr.example.org", 443, "ehr.example.org", "/B/c", "D=e&f"},
      {"http://127.0.0.1:8080/", "http://127.0.0.1:8080/", ipv4, "127.0.0.1", 8080,
       "127.0.0.1:8080", "/", ""},
      {"http://a:80?q=1?2", "http://a/?q=1?2", name, "a", 80, "a", "/", "q=1?2"},
      {"http://a:443", "http://a:443/", name, "a", 443, "a:443", "/", ""},
      {"https://[2001:DB8::1]:65535/x?", "https://[2001:db8::1]:65535/x?", ipv6, "2001:db8::1",
       65535, "[2001:db8::1]:65535", "/x", ""},
      {"https://fhir_server.site-1/%41;b,c(d)'e!*$@:~",
       "https://fhir_server.site-1/%41;b,c(d)'e!*$@:~", name, "fhir_server.site-1", 443,
       "fhir_server.site-1", "/%41;b,c(d)'e!*$@:~", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.text);
    const auto url = Url::parse(row.text);
    ASSERT_TRUE(url);
    EXPECT_EQ(url->text(), row.normal);
    EXPECT_EQ(url->is_https(), url->text().starts_with("https:"));
    EXPECT_EQ(url->host_kind(), row.kind);
    EXPECT_EQ(url->host(), row.host);
    EXPECT_EQ(url->port(), row.port);
    EXPECT_EQ(url->authority(), row.authority);
    EXPECT_EQ(url->path(), row.path);
    EXPECT_EQ(url->query(), row.query);
    EXPECT_EQ(url->has_query(), std::string_view{row.text}.find('?') != std::string_view::npos);
    EXPECT_EQ(std::string{url->origin()}.append(url->target()), row.normal);
    EXPECT_TRUE(*Url::parse(url->text()) == *url);
  }
}

TEST(Url, SaysWhyItIsRefused) {
  const struct {
    std::string text;
    Errc code;
  } rows[] = {
      {"ftp://a", Errc::unsupported},
      {"a", Errc::unsupported},
      {"https://u@a", Errc::unsupported},
      {"https://a/#b", Errc::unsupported},
      {"https://127.1", Errc::malformed},
      {"https://a:0", Errc::malformed},
      {"https://a/%4", Errc::malformed},
      {"https://a./", Errc::malformed},
      {"https://a/" + std::string(Url::kLongest, 'x'), Errc::malformed},
      {"https://" + std::string(64, 'a'), Errc::malformed},
  };
  for (const auto& [text, code] : rows) {
    SCOPED_TRACE(text.substr(0, 60));
    const auto url = Url::parse(text);
    ASSERT_FALSE(url);
    EXPECT_EQ(url.error().code, code);
  }
}

TEST(Url, IsReadToItsLongest) {
  const std::string name = std::string(63, 'a') + '.' + std::string(63, 'b') + '.' +
                           std::string(63, 'c') + '.' + std::string(61, 'd');
  EXPECT_TRUE(Url::parse("https://" + name));
  EXPECT_FALSE(Url::parse("https://" + name + "d"));
  const std::string start = "https://a/";
  EXPECT_TRUE(Url::parse(start + std::string(Url::kLongest - start.size(), 'x')));
  EXPECT_FALSE(Url::parse(start + std::string(Url::kLongest - start.size() + 1, 'x')));
}

TEST(Url, MayHaveAFragmentWherePeopleFollowIt) {
  const auto link = Url::parse_link("https://a/b?c=%20#d?e/%66");
  ASSERT_TRUE(link);
  EXPECT_EQ(link->text(), "https://a/b?c=%20");
  EXPECT_TRUE(Url::parse_link("https://a#"));
  for (const char* text :
       {"#a", "https://a#b#c", "https://a#<b>", "https://a#%4", "https://a b#c"}) {
    EXPECT_FALSE(Url::parse_link(text)) << text;
  }
  EXPECT_FALSE(Url::parse_link("https://a#" + std::string(Url::kLongest, 'x')));
}

TEST(Url, ResolvesAReferenceAgainstItsPage) {
  const struct {
    const char* page;
    const char* reference;
    const char* target;
  } rows[] = {
      {"https://h/a/b?c", "http://x/y?z", "http://x/y?z"},
      {"https://h:8443/a/b?c", "//x/y", "https://x/y"},
      {"https://h:8443/a/b?c", "/y?z", "https://h:8443/y?z"},
      {"https://h/a/b?c/d", "y", "https://h/a/y"},
      {"https://h/a/b?c", "y?z:1", "https://h/a/y?z:1"},
      {"https://h/a/b?c", "?z", "https://h/a/b?z"},
      {"https://h/a/b?c", "", "https://h/a/b?c"},
      {"https://h", "y", "https://h/y"},
      {"https://h?c", "y", "https://h/y"},
      {"https://h/a/b", "../y", "https://h/a/../y"},
      {"https://h/a/b", "#y", ""},
      {"https://h/a/b", "y:1", ""},
      {"https://h/a/b", ":1", ""},
      {"https://h/a/b", "///y", ""},
      {"https://h/a/b", "https:y", ""},
      {"https://h/a/b", "y z", ""},
  };
  for (const auto& [page, reference, target] : rows) {
    SCOPED_TRACE(reference);
    const auto resolved = Url::parse(page)->resolve(reference);
    EXPECT_EQ(resolved ? resolved->text() : "", target);
  }
}

TEST(Url, KnowsTheNamesOfThisMachine) {
  for (const char* text : {"http://localhost", "https://127.0.0.1:1", "http://[::1]:8080/x"}) {
    EXPECT_TRUE(Url::parse(text)->is_on_loopback()) << text;
  }
  for (const char* text : {"http://localhost.example.org", "http://127.0.0.2", "http://[::2]",
                           "http://0.0.0.0", "http://[::ffff:127.0.0.1]"}) {
    EXPECT_FALSE(Url::parse(text)->is_on_loopback()) << text;
  }
}

}  // namespace
}  // namespace cdss
