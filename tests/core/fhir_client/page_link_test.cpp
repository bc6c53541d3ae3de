#include "core/fhir_client/page_link.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cdss::fhir_client {
namespace {

BaseUrl base(const char* text) {
  const auto parsed = BaseUrl::parse(text);
  EXPECT_TRUE(parsed) << text;
  return *parsed;
}

TEST(PageLink, PF_40_PF_43_IsResolvedAsUrlsAre) {
  const struct {
    const char* base;
    const char* page;
    const char* link;
    const char* target;
  } rows[] = {
      {"https://h/fhir", "https://h/fhir/Condition?patient=p1", "https://h/fhir/Condition?page=2",
       "https://h/fhir/Condition?page=2"},
      {"https://h/fhir", "https://h/fhir/Condition?patient=p1", "https://h/fhir?_getpages=a&b=2",
       "https://h/fhir?_getpages=a&b=2"},
      {"https://h/fhir", "https://h/fhir/Condition?patient=p1", "https://h/fhir/?_getpages=a",
       "https://h/fhir/?_getpages=a"},
      {"https://h/fhir", "https://h/fhir/Condition?patient=p1", "HTTPS://H:443/fhir/Condition?x",
       "https://h/fhir/Condition?x"},
      {"https://h/fhir", "https://h/fhir/Condition?patient=p1", "//h/fhir/Condition?x",
       "https://h/fhir/Condition?x"},
      {"https://h/fhir", "https://h/fhir/Condition?patient=p1", "/fhir/Condition?x",
       "https://h/fhir/Condition?x"},
      {"https://h/fhir", "https://h/fhir/Condition?patient=p1", "Condition?x",
       "https://h/fhir/Condition?x"},
      {"https://h/fhir", "https://h/fhir/Condition?patient=a/b", "?page=2",
       "https://h/fhir/Condition?page=2"},
      {"https://h/fhir", "https://h/fhir/Condition?a=b/c", "Condition?x",
       "https://h/fhir/Condition?x"},
      {"https://h/fhir", "https://h/fhir/Condition?a", "Condition?code=http://x|1",
       "https://h/fhir/Condition?code=http://x%7C1"},
      {"https://h/fhir", "https://h/fhir/Condition?a", "Condition?x[]=1",
       "https://h/fhir/Condition?x%5B%5D=1"},
      {"https://fhir_server/fhir", "https://fhir_server/fhir/Condition?a", "?b",
       "https://fhir_server/fhir/Condition?b"},
      {"https://h", "https://h/Condition?a", "https://h/x/y?z", "https://h/x/y?z"},
      {"https://h", "https://h/Condition?a", "https://h?z=1", "https://h/?z=1"},
      {"http://[::1]:8080/fhir", "http://[::1]:8080/fhir/Condition?a", "/fhir/Condition?b",
       "http://[::1]:8080/fhir/Condition?b"},
  };
  for (const auto& [server, page, link, target] : rows) {
    SCOPED_TRACE(link);
    const auto next = next_page(base(server), page, link);
    EXPECT_EQ(next ? *next : "", target);
  }
}

TEST(PageLink, PF_43_LeadsNowhereElse) {
  constexpr const char* kHostile[] = {
      // other origins
      "https://evil/fhir/Condition?x",
      "http://h/fhir/Condition?x",
      "https://h:8443/fhir/Condition",
      "https://h.evil/fhir/Condition",
      "https://evil.h/fhir/Condition",
      "https://h@evil/fhir/x",
      "https://evil@h/fhir/Condition",
      "https://user:pw@h/fhir/Condition",
      "//evil/fhir/Condition",
      "//h:8443/fhir/Condition",
      "///evil/fhir",
      "////evil",
      "https:///evil/fhir",
      "https:evil/fhir",
      "https:/h/fhir/Condition",
      "https://h./fhir/Condition",
      "https://127.0.0.1/fhir",
      "https://169.254.169.254/latest/meta-data",
      "https://[::1]/fhir",
      "https://0x7f000001/fhir",
      "https://2130706433/fhir",
      "https://localhost/fhir",
      // other schemes
      "ftp://h/fhir/Condition",
      "file:///etc/passwd",
      "gopher://h/fhir",
      "javascript:alert(1)",
      "data:text/plain,x",
      "urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
      "ws://h/fhir",
      ":Condition",
      "1:x",
      // out of the base
      "/Condition?x",
      "https://h/Condition?x",
      "https://h",
      "https://h/",
      "https://h?x",
      "/",
      "/fhirx/Condition",
      "/fhi",
      "/FHIR/Condition",
      "https://h/fhir2/Condition",
      "/other/fhir/x",
      // another way up
      "../Condition?x",
      "./Condition",
      "Condition/../../x",
      "/fhir/../admin",
      "/fhir/..",
      "/fhir/.",
      "/fhir/%2e%2e/admin",
      "/fhir/%2E%2E/admin",
      "/fhir/.%2e/admin",
      "%2e%2e/admin",
      "/fhir/..%2fadmin",
      "/fhir/%2f..%2fadmin",
      "/fhir%2fCondition",
      "/fhir/a%5c..%5cb",
      "/fhir//Condition",
      "//",
      "/fhir/..;/admin",
      "/fhir/.;x/admin",
      "/fhir\\..\\admin",
      "\\\\evil\\fhir",
      "/\\evil/fhir",
      "https:\\\\evil\\fhir",
      "https://h\\@evil/fhir",
      "/%66hir/Condition",
      "/fhir/%00",
      "/fhir/%0d%0aHost:%20evil",
      "/fhir/%",
      "/fhir/%2",
      "/fhir/%zz",
      // no links
      "",
      " ",
      " /fhir/Condition",
      "/fhir/Condition ",
      "/fhir/Con dition",
      "/fhir/\tCondition",
      "/fhir/Condition\r\nHost: evil",
      "/fhir/Condition\n",
      "/fhir/Condition#x",
      "#",
      "#next",
      "/fhir/\xc3\xa9",
      "/fhir/<x>",
      "/fhir/\"x",
      "/fhir/{x}",
      "/fhir/^",
      "/fhir/`",
      "/fhir/Condition|x",
      "https://h:0/fhir/x",
      "https://h:99999/fhir/x",
      "https://h:/fhir/x",
      "https://h:443x/fhir/x",
      "https://[::1/fhir/x",
  };
  const auto server = base("https://h/fhir");
  for (const char* link : kHostile) {
    EXPECT_FALSE(next_page(server, "https://h/fhir/Condition?patient=p1", link)) << link;
  }
  EXPECT_FALSE(next_page(server, "https://h/fhir/x", "?" + std::string(8'200, 'a')));
  EXPECT_TRUE(next_page(server, "https://h/fhir/x", "?" + std::string(7'000, 'a')));
}

}  // namespace
}  // namespace cdss::fhir_client
