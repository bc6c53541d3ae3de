// The example of CDS Hooks, section "Trusting CDS Clients".

#include "tests/core/auth/authenticator_fixture.hpp"

namespace cdss::auth {
namespace {

constexpr const char* kExampleKeys = R"({"keys":[{"kty":"EC","use":"sig","crv":"P-384",
  "kid":"example-kid",
  "x":"46SDH7Znh821wblCBglA61sNE9ZrHYKKt3qRtRTmSXyOI_FIGBLWrWa0GPUkDCEk",
  "y":"XMcRuuoGW7CXjQdy-F5i3FeBE0x9hPLdeFdSoDd3ELmx404tLX0VRRcqzAsPhXcI","alg":"ES384"}]})";
constexpr const char* kExampleToken =
    "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUta2lkIiwiamt1IjoiaHR0cHM6Ly9maGlyLWVoci"
    "5leGFtcGxlLmNvbS9qd2tfdXJpIn0.eyJpc3MiOiJodHRwczovL2ZoaXItZWhyLmV4YW1wbGUuY29tLyIsImF1ZCI6Imh0"
    "dHBzOi8vY2RzLmV4YW1wbGUub3JnL2Nkcy1zZXJ2aWNlcy9zb21lLXNlcnZpY2UiLCJleHAiOjE0MjI1Njg4NjAsImlhdC"
    "I6MTMxMTI4MDk3MCwianRpIjoiZWUyMmIwMjEtZTFiNy00NjExLWJhNWItOGVlYzZhMzNhYzFlIiwidGVuYW50IjoiMmRk"
    "ZDZjM2EtOGU5YS00NGM2LWEzMDUtNTIxMTFhZDMwMmEyIn0.d1WfLjGRKlcWB94l9do4cM8REXeYJLL6SGUBO8VHZhfM8m"
    "wKYP70EMxJ67War4TQblEpaQrp11wx5p7oPFm2ETYgCicS84vXWEIYTdjooZdooCSDf2L8-i4awdoUwiEb";

TEST_F(AuthenticatorTest, JWT_02_VerifiesTheExampleOfTheSpecification) {
  config::Client example;
  example.id = "example";
  example.authentication = config::Authentication::jwt;
  example.issuers = {"https://fhir-ehr.example.com/"};
  example.jwks_urls = {"https://fhir-ehr.example.com/jwk_uri"};
  example.token_age_s = 1422568860 - 1311280970;
  fetcher.sets[example.jwks_urls.front()] = kExampleKeys;
  audiences = {"https://cds.example.org/cds-services/some-service"};
  clock.advance(1'400'000'000 - kNow);
  open({example});
  const auto decision = decide(kExampleToken);
  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->issuer, "https://fhir-ehr.example.com/");
  EXPECT_EQ(decision->token_id, "ee22b021-e1b7-4611-ba5b-8eec6a33ac1e");
  EXPECT_EQ(decision->tenant, "2ddd6c3a-8e9a-44c6-a305-52111ad302a2");
  clock.advance(1422568860 + 60 - 1'400'000'000);
  EXPECT_EQ(reason(kExampleToken), Reason::expired);
}

TEST_F(AuthenticatorTest, JWT_02_RefusesTheExampleWithAnyPartChanged) {
  config::Client example = client();
  example.issuers = {"https://fhir-ehr.example.com/"};
  example.jwks_urls = {"https://fhir-ehr.example.com/jwk_uri"};
  example.token_age_s = 1422568860 - 1311280970;
  fetcher.sets[example.jwks_urls.front()] = kExampleKeys;
  audiences = {"https://cds.example.org/cds-services/some-service"};
  clock.advance(1'400'000'000 - kNow);
  open({example});
  const std::string token = kExampleToken;
  for (std::size_t at = 0; at < token.size(); ++at) {
    auto changed = token;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_NE(reason(changed), std::nullopt) << at;
    EXPECT_NE(reason(token.substr(0, at)), std::nullopt) << at;
  }
  EXPECT_EQ(reason(token), std::nullopt);
}

}  // namespace
}  // namespace cdss::auth
