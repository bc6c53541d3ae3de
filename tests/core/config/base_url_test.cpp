#include "core/config/base_url.hpp"

#include <gtest/gtest.h>

namespace cdss::config {
namespace {

TEST(BaseUrl, FA_12_IsEqualInTheSpellingsOfOneServer) {
  const auto base = BaseUrl::parse("https://ehr.example.org/fhir/r4");
  ASSERT_TRUE(base);
  EXPECT_EQ(base->text(), "https://ehr.example.org/fhir/r4");
  EXPECT_EQ(base->origin(), "https://ehr.example.org");
  for (const char* same :
       {"https://ehr.example.org/fhir/r4/", "HTTPS://ehr.example.org/fhir/r4",
        "https://EHR.Example.ORG/fhir/r4", "https://ehr.example.org:443/fhir/r4"}) {
    EXPECT_EQ(BaseUrl::parse(same), base) << same;
  }
  for (const char* other : {
           "http://ehr.example.org/fhir/r4",
           "https://ehr.example.org:8443/fhir/r4",
           "https://ehr.example.org:80/fhir/r4",
           "https://ehr.example.org/fhir",
           "https://ehr.example.org/fhir/r4/x",
           "https://ehr.example.org/fhir/r40",
           "https://ehr.example.org/FHIR/r4",
           "https://ehr.example.org/fhir/%724",
           "https://ehr.example.org.evil/fhir/r4",
           "https://evil.ehr.example.org/fhir/r4",
       }) {
    const auto url = BaseUrl::parse(other);
    EXPECT_TRUE(url) << other;
    EXPECT_NE(url, base) << other;
  }
}

TEST(BaseUrl, FA_12_RefusesWhatServersCouldReadInTwoWays) {
  for (const char* text : {
           "",
           "https",
           "https://",
           "https:///fhir",
           "//ehr/fhir",
           "ehr/fhir",
           "ftp://ehr/fhir",
           "https://user@ehr/fhir",
           "https://user:pass@ehr/fhir",
           "https://ehr@evil/fhir",
           "https://ehr/fhir?x=1",
           "https://ehr/fhir?",
           "https://ehr/fhir#x",
           "https://ehr/fhir#",
           "https://ehr./fhir",
           "https://ehr../fhir",
           "https://.ehr/fhir",
           "https://ehr:/fhir",
           "https://ehr:0/fhir",
           "https://ehr:65536/fhir",
           "https://ehr:0443/fhir",
           "https://ehr:44x/fhir",
           "https://ehr:443:443/fhir",
           "https://ehr/fhir/../x",
           "https://ehr/..",
           "https://ehr/./fhir",
           "https://ehr/fhir/.",
           "https://ehr//fhir",
           "https://ehr/fhir//",
           "https://ehr/%2e%2e/fhir",
           "https://ehr/%2E/fhir",
           "https://ehr/a%2Fb",
           "https://ehr/a%2fb",
           "https://ehr/a%5Cb",
           "https://ehr/a%5cb",
           "https://ehr/a%00b",
           "https://ehr/a%0d%0aHost:x",
           "https://ehr/a%",
           "https://ehr/a%2",
           "https://ehr/a%zz",
           "https://ehr/a\\b",
           "https:\\\\ehr\\fhir",
           "https://ehr\\@evil/fhir",
           " https://ehr/fhir",
           "https://ehr/fhir ",
           "https://ehr/a b",
           "https://ehr/\tfhir",
           "https://ehr/\nfhir",
           "https://\xc3\xa9hr/fhir",
           "https://ehr_x/fhir",
           "https://[::1/fhir",
           "https://::1/fhir",
           "https://[::1]x/fhir",
           "https://[zz]/fhir",
           "https://[::1%25eth0]/fhir",
           "javascript:alert(1)",
           "https:ehr/fhir",
           "https:/ehr/fhir",
       }) {
    EXPECT_FALSE(BaseUrl::parse(text)) << text;
  }
}

TEST(BaseUrl, KnowsThisMachine) {
  const auto base = BaseUrl::parse("http://[::1]:8080/");
  ASSERT_TRUE(base);
  EXPECT_EQ(base->text(), "http://[::1]:8080");
  EXPECT_EQ(base->path, "");
  EXPECT_TRUE(base->is_on_loopback());
  EXPECT_FALSE(base->is_https());
}

TEST(PlainPath, HasNoSegmentThatMeansAnother) {
  for (const char* plain : {"", "/", "/fhir", "/fhir/", "/a/b%20c/d.e", "/..a", "/a.."}) {
    EXPECT_TRUE(is_plain_path(plain)) << plain;
  }
  for (const char* other : {"fhir", "//", "/a//b", "/.", "/a/../b", "/%2e", "/a%2Fb", "/a%1fb"}) {
    EXPECT_FALSE(is_plain_path(other)) << other;
  }
}

}  // namespace
}  // namespace cdss::config
