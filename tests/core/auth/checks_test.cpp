#include "core/auth/checks.hpp"

#include <gtest/gtest.h>

#include "tests/core/auth/draft.hpp"

namespace cdss::auth {
namespace {

constexpr std::int64_t kNow = 1'700'000'000;
const std::string kEndpoint = "https://cds.example/cds-services/hip";
const std::vector<std::string> kAudiences = {kEndpoint};

Profile profile() {
  config::Client client;
  client.id = "ehr";
  client.issuers = {"https://ehr.example"};
  client.jwks_urls = {"https://ehr.example/jwks"};
  client.audience_aliases = {"hip-service"};
  client.tenants = {"north", "south"};
  return *Profile::of(client);
}

/// A claim or header member with another value; "" leaves it out.
struct Change {
  std::string member;
  std::string value;
};

Token token(const Change& header, const Change& claim) {
  const Draft good{{{"alg", R"("ES384")"}, {"typ", R"("JWT")"}, {"kid", R"("k")"}},
                   {{"iss", R"("https://ehr.example")"},
                    {"aud", json_text(kEndpoint)},
                    {"iat", std::to_string(kNow - 100)},
                    {"exp", std::to_string(kNow + 290)},
                    {"jti", R"("1")"},
                    {"tenant", R"("north")"}}};
  const auto draft = good.head(header.member, header.value).claim(claim.member, claim.value);
  auto read = Token::parse(draft.parts() + ".AAAA");
  EXPECT_TRUE(read) << draft.header() << draft.payload();
  return *std::move(read);
}

std::optional<Reason> first_fault(const Token& token, const Profile& profile) {
  const ValidationContext asked{kAudiences, std::chrono::sys_seconds{std::chrono::seconds{kNow}}};
  for (const auto& check : token_checks()) {
    if (const auto fault = check.fault(token)) {
      return fault;
    }
  }
  for (const auto& check : profile_checks()) {
    if (const auto fault = check.fault(token, profile, asked)) {
      return fault;
    }
  }
  return std::nullopt;
}

void expect_claim(const std::string& claim, const std::vector<std::string>& taken,
                  const std::vector<std::pair<std::string, Reason>>& refused) {
  for (const auto& value : taken) {
    EXPECT_EQ(first_fault(token({}, {claim, value}), profile()), std::nullopt)
        << claim << ' ' << value;
  }
  for (const auto& [value, reason] : refused) {
    EXPECT_EQ(first_fault(token({}, {claim, value}), profile()), reason) << claim << ' ' << value;
  }
}

std::string at(std::int64_t offset) {
  return std::to_string(kNow + offset);
}

TEST(Checks, TakeATokenAsTheSpecificationAsks) {
  EXPECT_EQ(first_fault(token({}, {}), profile()), std::nullopt);
}

TEST(Checks, JWT_07_TakeTheListedAlgorithmsOnly) {
  const struct {
    const char* alg;
    std::optional<Reason> fault;
  } rows[] = {{R"("ES384")", std::nullopt},
              {R"("RS384")", std::nullopt},
              {R"("ES256")", Reason::algorithm_not_listed},
              {R"("PS384")", Reason::algorithm_not_listed},
              {R"("HS384")", Reason::algorithm_symmetric},
              {"", Reason::algorithm_missing}};
  for (const auto& [alg, fault] : rows) {
    EXPECT_EQ(first_fault(token({"alg", alg}, {}), profile()), fault) << alg;
  }
}

TEST(Checks, JWT_09_RequireAKid) {
  for (const char* kid : {"", R"("")", "7", "null", R"(["k"])"}) {
    EXPECT_EQ(first_fault(token({"kid", kid}, {}), profile()), Reason::kid_missing) << kid;
  }
}

TEST(Checks, JWT_10_RequireTypJwt) {
  for (const char* typ : {"", R"("jwt")", R"("JOSE")", R"("at+jwt")", "null", R"("JWT ")", "7"}) {
    EXPECT_EQ(first_fault(token({"typ", typ}, {}), profile()), Reason::type_not_jwt) << typ;
  }
  auto lenient = profile();
  lenient.client.leniencies.add(config::Leniency::typ_missing);
  for (const char* typ : {"", R"("jwt")", R"("Jwt")", R"("JWT")"}) {
    EXPECT_EQ(first_fault(token({"typ", typ}, {}), lenient), std::nullopt) << typ;
  }
  for (const char* typ : {R"("JOSE")", "null", R"("")"}) {
    EXPECT_EQ(first_fault(token({"typ", typ}, {}), lenient), Reason::type_not_jwt) << typ;
  }
}

TEST(Checks, JWT_11_RequireAnIssuer) {
  expect_claim("iss", {},
               {{"", Reason::issuer_missing},
                {R"("")", Reason::issuer_missing},
                {"null", Reason::issuer_missing},
                {"7", Reason::issuer_missing},
                {R"(["https://ehr.example"])", Reason::issuer_missing}});
}

TEST(Checks, JWT_12_TakeAListedJkuOnly) {
  EXPECT_EQ(first_fault(token({"jku", R"("https://ehr.example/jwks")"}, {}), profile()),
            std::nullopt);
  for (const char* jku :
       {R"("https://ehr.example/jwks/")", R"("https://EHR.example/jwks")",
        R"("https://ehr.example:443/jwks")", R"("http://ehr.example/jwks")",
        R"("https://ehr.example/jwks?x")", R"("https://ehr.example/jwks#x")",
        R"("https://a@ehr.example/jwks")", R"("https://evil.example/jwks")", R"("file:///etc")"}) {
    EXPECT_EQ(first_fault(token({"jku", jku}, {}), profile()), Reason::jku_not_listed) << jku;
  }
  for (const char* jku : {"null", "7", R"("")", R"(["https://ehr.example/jwks"])"}) {
    EXPECT_EQ(first_fault(token({"jku", jku}, {}), profile()), Reason::jku_malformed) << jku;
  }
}

TEST(Checks, JWT_13_RequireTheEndpointAmongTheAudiences) {
  expect_claim("aud",
               {'"' + kEndpoint + '"', "[\"" + kEndpoint + "\"]",
                R"(["https://other.example",")" + kEndpoint + "\"]", R"("hip-service")"},
               {{"", Reason::audience_missing},
                {"null", Reason::audience_missing},
                {"7", Reason::audience_missing},
                {R"({"aud":1})", Reason::audience_missing},
                {"[\"" + kEndpoint + "\",7]", Reason::audience_missing},
                {"[[\"" + kEndpoint + "\"]]", Reason::audience_missing},
                {"[]", Reason::audience_other},
                {R"("")", Reason::audience_other},
                {R"("https://cds.example")", Reason::audience_other},
                {R"("https://cds.example/cds-services")", Reason::audience_other},
                {R"("https://cds.example/cds-services/other")", Reason::audience_other},
                {R"("http://cds.example/cds-services/hip")", Reason::audience_other},
                {R"("https://cds.example:443/cds-services/hip")", Reason::audience_other},
                {R"("https://evil.example/cds-services/hip")", Reason::audience_other},
                {R"("https://CDS.example/cds-services/hip")", Reason::audience_other},
                {'"' + kEndpoint + "/\"", Reason::audience_other},
                {'"' + kEndpoint + " \"", Reason::audience_other}});
}

TEST(Checks, JWT_14_NameAServiceAndItsFeedbackAlike) {
  const std::string base = "https://cds.example/x/cds-services";
  EXPECT_EQ(audiences_of(base), std::vector{base});
  EXPECT_EQ(audiences_of(base + "/hip"), std::vector{base + "/hip"});
  EXPECT_EQ(audiences_of(base + "/hip/feedback"),
            (std::vector{base + "/hip/feedback", base + "/hip"}));
  EXPECT_EQ(audiences_of(base + "/feedback"), std::vector{base + "/feedback"});
  EXPECT_EQ(audiences_of(base + "/feedback/feedback"),
            (std::vector{base + "/feedback/feedback", base + "/feedback"}));
}

TEST(Checks, JWT_15_RequireAnExpiryThatHasNotPassed) {
  expect_claim("exp", {at(290), at(0), at(-59) /* within the skew */, at(290) + ".9"},
               {{"", Reason::expiry_missing},
                {"null", Reason::expiry_missing},
                {'"' + at(290) + '"', Reason::expiry_missing},
                {"[" + at(290) + "]", Reason::expiry_missing},
                {"true", Reason::expiry_missing},
                {"1.7e9", Reason::expiry_missing},
                {"17E8", Reason::expiry_missing},
                {"-1", Reason::expiry_missing},
                {"9999999999999", Reason::expiry_missing},
                {at(-60), Reason::expired},
                {at(-60) + ".9", Reason::expired},
                {at(-86'400), Reason::expired},
                {"0", Reason::expired}});
}

TEST(Checks, JWT_16_RequireATimeOfIssueThatIsNotInTheFuture) {
  expect_claim("iat", {at(0), at(60), at(-3000)},
               {{"", Reason::issued_at_missing},
                {'"' + at(0) + '"', Reason::issued_at_missing},
                {"null", Reason::issued_at_missing},
                {"1e9", Reason::issued_at_missing},
                {"-5", Reason::issued_at_missing},
                {at(61), Reason::issued_in_future},
                {at(0) + "000", Reason::issued_at_missing},
                {"999999999999", Reason::issued_in_future}});
}

TEST(Checks, JWT_17_CapTheLifetime) {
  expect_claim("exp", {at(3500)}, {{at(3501), Reason::lifetime_too_long}});
  expect_claim("iat", {at(-3310)},
               {{at(-3311), Reason::lifetime_too_long}, {"0", Reason::lifetime_too_long}});
}

TEST(Checks, JWT_17_RequireAnExpiryAfterTheTimeOfIssue) {
  auto forgiving = profile();
  forgiving.client.clock_skew_s = 300;
  EXPECT_EQ(first_fault(token({}, {"exp", at(-99)}), forgiving), std::nullopt);
  EXPECT_EQ(first_fault(token({}, {"exp", at(-100)}), forgiving), Reason::lifetime_too_long);
  EXPECT_EQ(first_fault(token({}, {"exp", at(-101)}), forgiving), Reason::lifetime_too_long);
}

TEST(Checks, JWT_18_RequireAnId) {
  expect_claim("jti", {R"("ee22b021-e1b7-4611-ba5b-8eec6a33ac1e")"},
               {{"", Reason::jti_missing},
                {R"("")", Reason::jti_missing},
                {"1", Reason::jti_missing},
                {"null", Reason::jti_missing}});
}

TEST(Checks, JWT_21_TakeTheListedTenantsOnly) {
  expect_claim("tenant", {R"("south")"},
               {{"", Reason::tenant_not_listed},
                {R"("west")", Reason::tenant_not_listed},
                {R"("North")", Reason::tenant_not_listed},
                {R"("")", Reason::tenant_malformed},
                {"7", Reason::tenant_malformed},
                {"null", Reason::tenant_malformed},
                {R"(["north"])", Reason::tenant_malformed}});
  auto any = profile();
  any.client.tenants.clear();
  EXPECT_EQ(first_fault(token({}, {"tenant", ""}), any), std::nullopt);
  EXPECT_EQ(first_fault(token({}, {"tenant", R"("west")"}), any), std::nullopt);
  EXPECT_EQ(first_fault(token({}, {"tenant", "7"}), any), Reason::tenant_malformed);
}

TEST(Checks, JWT_31_HonourNotBeforeAndAskForNoOtherClaim) {
  expect_claim("nbf", {at(-10), at(60)},
               {{at(61), Reason::not_yet_valid},
                {'"' + at(0) + '"', Reason::not_before_malformed},
                {"null", Reason::not_before_malformed}});
  expect_claim("sub", {R"("anyone")", "7", "null"}, {});
}

TEST(Checks, NeverWaiveWhoCallsAndForWhomAndWhen) {
  for (const auto reason :
       {Reason::algorithm_none,    Reason::algorithm_symmetric,  Reason::algorithm_unknown,
        Reason::algorithm_missing, Reason::algorithm_not_listed, Reason::critical_header,
        Reason::embedded_key,      Reason::issuer_missing,       Reason::issuer_unknown,
        Reason::kid_missing,       Reason::jku_not_listed,       Reason::audience_missing,
        Reason::audience_other,    Reason::expiry_missing,       Reason::expired,
        Reason::not_yet_valid,     Reason::kid_unknown,          Reason::key_does_not_fit,
        Reason::signature_wrong,   Reason::signature_missing}) {
    EXPECT_FALSE(is_waivable(reason)) << label_of(reason).text();
  }
}

TEST(Profile, RefusesAnAlgorithmThatDoesNotExistAndAKeyFileWithoutKeys) {
  config::Client client;
  client.algorithms = {"HS256"};
  EXPECT_EQ(Profile::of(client).error().code, Errc::unsupported);
  client.algorithms = {"ES384"};
  client.jwks_file = "/nowhere/keys.json";
  EXPECT_EQ(Profile::of(client).error().code, Errc::missing);
}

}  // namespace
}  // namespace cdss::auth
