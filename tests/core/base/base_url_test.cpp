#include "core/base/base_url.hpp"

#include <gtest/gtest.h>

namespace cdss {
namespace {

TEST(BaseUrl, FA_12_IsEqualInTheSpellingsOfOneServer) {
  const auto base = BaseUrl::parse("https://ehr.example.org/fhir/r4");
  ASSERT_TRUE(base);
  EXPECT_EQ(base->text(), "https://ehr.example.org/fhir/r4");
  for (const char* same :
       {"https://ehr.example.org/fhir/r4/", "HTTPS://ehr.example.org/fhir/r4",
        "https://EHR.Example.ORG/fhir/r4", "https://ehr.example.org:443/fhir/r4"}) {
    EXPECT_TRUE(*BaseUrl::parse(same) == *base) << same;
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
    ASSERT_TRUE(url) << other;
    EXPECT_FALSE(*url == *base) << other;
  }
}

TEST(BaseUrl, FA_12_RefusesWhatServersCouldReadInTwoWays) {
  for (const char* text : {
           "",
           "ehr/fhir",
           "https://ehr@evil/fhir",
           "https://ehr/fhir?x=1",
           "https://ehr/fhir?",
           "https://ehr/fhir#",
           "https://ehr./fhir",
           "https://ehr/fhir/../x",
           "https://ehr/..",
           "https://ehr/./fhir",
           "https://ehr/fhir/.",
           "https://ehr/..;/fhir",
           "https://ehr/.;x/fhir",
           "https://ehr//fhir",
           "https://ehr/fhir//",
           "https://ehr//",
           "https://ehr/%2e%2e/fhir",
           "https://ehr/.%2e/fhir",
           "https://ehr/%2E/fhir",
           "https://ehr/a%2Fb",
           "https://ehr/a%2fb",
           "https://ehr/a%5Cb",
           "https://ehr/a%5cb",
           "https://ehr/a%00b",
           "https://ehr/a%1fb",
           "https://ehr/a%7fb",
           "https://ehr/a%0d%0aHost:x",
           "https://ehr/a%",
           "https://ehr/a\\b",
       }) {
    EXPECT_FALSE(BaseUrl::parse(text)) << text;
  }
}

TEST(BaseUrl, HasNoSlashAtItsEnd) {
  EXPECT_EQ(BaseUrl::parse("http://[::1]:8080/")->text(), "http://[::1]:8080");
  EXPECT_EQ(BaseUrl::parse("http://[::1]:8080")->text(), "http://[::1]:8080");
  EXPECT_EQ(BaseUrl::parse("https://a/b%20c/d.e/..f/g../")->text(), "https://a/b%20c/d.e/..f/g..");
}

TEST(BaseUrl, FA_12_ContainsWhatIsBelowIt) {
  const auto contains = [](const char* base, const char* url) {
    return BaseUrl::parse(base)->contains(*Url::parse(url));
  };
  for (const char* below : {"https://h/fhir", "https://h/fhir/", "https://h/fhir?x",
                            "https://h/fhir/a/b?c=/../d", "HTTPS://H:443/fhir/a"}) {
    EXPECT_TRUE(contains("https://h/fhir/", below)) << below;
    EXPECT_TRUE(contains("https://h", below)) << below;
  }
  for (const char* other :
       {"https://h", "https://h/", "https://h/fhir2", "https://h/FHIR", "http://h/fhir",
        "https://h:8443/fhir", "https://h.evil/fhir", "https://h/fhir/../x", "https://h/fhir//x",
        "https://h/fhir/%2e%2e/x", "https://h/%66hir/x"}) {
    EXPECT_FALSE(contains("https://h/fhir", other)) << other;
  }
}

}  // namespace
}  // namespace cdss
