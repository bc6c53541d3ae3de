#include "core/auth/authenticator.hpp"

#include "tests/core/auth/authenticator_fixture.hpp"

namespace cdss::auth {
namespace {

using config::Authentication;
using config::Mode;

TEST_F(AuthenticatorTest, JWT_06_TakesATokenOfEachRecommendedAlgorithm) {
  open({client()});
  const auto elliptic = decide(sign(draft()));
  ASSERT_TRUE(elliptic);
  EXPECT_EQ(elliptic->profile->client.id, "ehr");
  EXPECT_EQ(elliptic->issuer, kIssuer);
  EXPECT_EQ(elliptic->token_id, "id-1");
  EXPECT_TRUE(elliptic->tenant.empty());
  EXPECT_TRUE(elliptic->waived.empty());
  EXPECT_TRUE(decide(
      draft().head("alg", R"("RS384")").head("kid", R"("rsa")").sign(rsa(), Algorithm::RS384)));
}

TEST_F(AuthenticatorTest, JWT_07_TakesEveryAlgorithmThatTheProfileLists) {
  auto all = client();
  all.algorithms.assign(std::begin(kAlgorithmNames), std::end(kAlgorithmNames));
  const auto p256 = Signer::ec("P-256", "p256");
  const auto p521 = Signer::ec("P-521", "p521");
  fetcher.sets[kKeys] = jwk_set({ec().jwk(), rsa().jwk(), p256.jwk(), p521.jwk()});
  open({all});
  for (const auto name : kAlgorithmNames) {
    const auto& signer = name == "ES256"          ? p256
                         : name == "ES384"        ? ec()
                         : name.starts_with("ES") ? p521
                                                  : rsa();
    EXPECT_TRUE(decide(draft()
                           .head("alg", json_text(name))
                           .head("kid", json_text(signer.kid()))
                           .sign(signer, *parse_algorithm(name))))
        << name;
  }
}

TEST_F(AuthenticatorTest, JWT_01_MatchesTheSchemeWithoutCase) {
  open({client()});
  for (const char* scheme : {"Bearer ", "bearer ", "BEARER ", "bEaReR   "}) {
    const auto field = scheme + sign(draft());
    EXPECT_TRUE(decide_fields({field})) << scheme;
  }
}

TEST_F(AuthenticatorTest, JWT_01_RefusesACallWithoutOneBearerToken) {
  open({client()});
  const auto token = sign(draft());
  const auto bearer = "Bearer " + token;
  const struct {
    std::vector<std::string_view> fields;
    Reason reason;
  } rows[] = {{{}, Reason::no_token},
              {{bearer, bearer}, Reason::several_authorizations},
              {{bearer, "Basic YTpi"}, Reason::several_authorizations},
              {{"Basic YTpi"}, Reason::other_scheme},
              {{token}, Reason::other_scheme},
              {{""}, Reason::other_scheme},
              {{"Bearer"}, Reason::other_scheme},
              {{"Bearer\tx"}, Reason::other_scheme},
              {{"Bearerx y"}, Reason::other_scheme},
              {{"Bearer "}, Reason::not_compact},
              {{"Bearer     "}, Reason::not_compact}};
  for (const auto& [fields, reason] : rows) {
    const auto decision = decide_fields(fields);
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.error().reason, reason);
    EXPECT_EQ(decision.error().status(), 401);
  }
  EXPECT_TRUE(decide(token));
  EXPECT_EQ(fetches(), 1U);
}

TEST_F(AuthenticatorTest, JWT_14_TakesEachUrlThatNamesWhatIsCalled) {
  open({client()});
  audiences = {kEndpoint + "/feedback", kEndpoint};
  EXPECT_TRUE(decide(sign(draft())));
  EXPECT_TRUE(decide(sign(draft().claim("aud", json_text(kEndpoint + "/feedback")))));
  EXPECT_EQ(reason(sign(draft().claim("aud", json_text("https://cds.example/cds-services")))),
            Reason::audience_other);
}

TEST_F(AuthenticatorTest, JWT_20_TellsTheTenant) {
  open({client()});
  EXPECT_EQ(decide(sign(draft().claim("tenant", R"("north")")))->tenant, "north");
}

TEST_F(AuthenticatorTest, JWT_29_DoesNotRefuseATokenWhenAuthenticationIsOff) {
  config::Client development;
  development.id = "development";
  open({development});
  for (const auto& token : {sign(draft()), std::string{"x"}, std::string(9000, 'x')}) {
    const auto decision = decide(token);
    ASSERT_TRUE(decision);
    EXPECT_EQ(decision->profile->client.id, "development");
    EXPECT_TRUE(decision->issuer.empty());
  }
  EXPECT_EQ(fetches(), 0U);
}

TEST_F(AuthenticatorTest, JWT_30_TakesCallsWithoutATokenWhereAProfileIsOpen) {
  config::Client development;
  development.id = "development";
  open({development});
  EXPECT_TRUE(decide_fields({}));
  EXPECT_TRUE(decide_fields({"Basic x"}));
}

TEST_F(AuthenticatorTest, SEC_04_TakesNoCallWithoutProofWhereNoProfileIsOpen) {
  open({client()});
  const ClientCertificate certificate{std::string(64, 'a'), {"ehr.example"}};
  EXPECT_EQ(decide_fields({}).error().reason, Reason::no_token);
  EXPECT_EQ(decide_fields({}, &certificate).error().reason, Reason::no_token);
  open({});
  EXPECT_EQ(reason(sign(draft())), Reason::issuer_unknown);
  EXPECT_FALSE(decide_fields({}));
}

TEST_F(AuthenticatorTest, ERR_04_AnswersEveryBadTokenAlike) {
  open({client()});
  const auto used = sign(draft());
  EXPECT_TRUE(decide(used));
  for (const auto& token :
       {std::string{"x"}, used, sign(draft().claim("iss", R"("https://evil.example")")),
        sign(draft().claim("aud", "[]")), sign(draft().claim("exp", "1")),
        sign(draft().head("kid", R"("other")")), sign(draft().head("alg", R"("none")")),
        draft().sign(Signer::ec("P-384", "ec"), Algorithm::ES384)}) {
    EXPECT_EQ(decide(token).error().status(), 401);
  }
}

TEST_F(AuthenticatorTest, JWT_29_HoldsATokenAgainstItsProfileBesideAnOpenOne) {
  config::Client development;
  development.id = "development";
  open({development, client()});
  EXPECT_EQ(decide(sign(draft()))->profile->client.id, "ehr");
  EXPECT_EQ(reason(draft().sign(Signer::ec("P-384", "ec"), Algorithm::ES384)),
            Reason::signature_wrong);
  EXPECT_EQ(decide(sign(draft().claim("iss", R"("https://x.example")")))->profile->client.id,
            "development");
}

TEST_F(AuthenticatorTest, SEC_05_TakesACertificateAloneWhereThatIsAgreed) {
  config::Client mutual;
  mutual.id = "mutual";
  mutual.authentication = Authentication::certificate;
  mutual.certificate_sha256 = {std::string(64, 'a')};
  mutual.certificate_names = {"ehr.example"};
  open({mutual, client()});
  const ClientCertificate by_hash{std::string(64, 'a'), {}};
  const ClientCertificate by_name{std::string(64, 'b'), {"ehr.example"}};
  const ClientCertificate other{std::string(64, 'b'), {"evil.example"}};
  for (const auto* certificate : {&by_hash, &by_name}) {
    const auto decision = decide_fields({}, certificate);
    ASSERT_TRUE(decision);
    EXPECT_EQ(decision->profile->client.id, "mutual");
  }
  EXPECT_FALSE(decide_fields({}, &other));
  EXPECT_FALSE(decide_fields({}));
}

TEST_F(AuthenticatorTest, SEC_05_AsksForBothWhereBothAreAgreed) {
  auto both = client();
  both.authentication = Authentication::jwt_and_certificate;
  both.certificate_sha256 = {std::string(64, 'a')};
  open({both});
  const ClientCertificate own{std::string(64, 'a'), {}};
  const ClientCertificate other{std::string(64, 'b'), {}};
  EXPECT_EQ(reason(sign(draft())), Reason::certificate_missing);
  EXPECT_EQ(reason(sign(draft()), &other), Reason::certificate_other);
  EXPECT_EQ(fetches(), 0U);
  EXPECT_EQ(reason(sign(draft()), &own), std::nullopt);
  EXPECT_FALSE(decide_fields({}, &own));
}

TEST_F(AuthenticatorTest, WarnsOfWhatStrictRefusesAndNeverWaivesWhoAndForWhomAndWhen) {
  auto warned = client();
  warned.mode = Mode::warn;
  warned.tenants = {"north"};
  open({warned});
  const auto token = sign(draft().head("typ", "").claim("iat", "").claim("jti", ""));
  for (int i = 0; i < 2; ++i) {
    const auto decision = decide(token);
    ASSERT_TRUE(decision);
    EXPECT_EQ(decision->waived, (std::vector{Reason::type_not_jwt, Reason::issued_at_missing,
                                             Reason::tenant_not_listed, Reason::jti_missing}));
  }
  const auto twice = sign(draft().claim("tenant", R"("north")"));
  EXPECT_TRUE(decide(twice)->waived.empty());
  EXPECT_EQ(decide(twice)->waived, std::vector{Reason::replayed});
  EXPECT_EQ(reason(sign(draft().claim("aud", "[]"))), Reason::audience_other);
  EXPECT_EQ(reason(sign(draft().claim("exp", std::to_string(kNow - 60)))), Reason::expired);
  EXPECT_EQ(reason(sign(draft().claim("iss", "7"))), Reason::issuer_missing);
  EXPECT_EQ(reason(sign(draft().head("alg", R"("ES512")"))), Reason::algorithm_not_listed);
  EXPECT_EQ(reason(draft().sign(Signer::ec("P-384", "ec"), Algorithm::ES384)),
            Reason::signature_wrong);
  EXPECT_NE(records.text.str().find(R"("event":"caller_refusal_waived","reason":"type_not_jwt")"),
            std::string::npos);
}

TEST_F(AuthenticatorTest, JWT_28_LogsReasonAndClientAndNothingOfTheToken) {
  open({client()});
  const auto token = sign(draft().claim("tenant", R"("secret-tenant")").claim("aud", R"("x-aud")"));
  EXPECT_EQ(reason(token), Reason::audience_other);
  EXPECT_EQ(reason(sign(draft().claim("iss", R"("https://evil.example")"))),
            Reason::issuer_unknown);
  const auto text = records.text.str();
  EXPECT_NE(text.find(R"("event":"caller_refused","reason":"audience_other","client":"ehr")"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("reason":"issuer_unknown","client":"unknown")"), std::string::npos);
  for (const std::string_view part : {"eyJ", "secret-tenant", "x-aud", "evil.example", "id-1"}) {
    EXPECT_EQ(text.find(part), std::string::npos) << part;
  }
  EXPECT_NE(records.metrics.text().find(R"(callers_total{decision="audience_other"} 1)"),
            std::string::npos)
      << records.metrics.text();
}

TEST_F(AuthenticatorTest, CannotBeMadeWithProfilesThatCannotBeToldApart) {
  auto twin = client();
  twin.id = "twin";
  const auto parts = Authenticator::Parts{caches, replay, clock, records.log, records.metrics};
  EXPECT_EQ(Authenticator::make({client(), twin}, parts, {}).error().code, Errc::unsupported);
  EXPECT_EQ(Authenticator::make({config::Client{}, config::Client{}}, parts, {}).error().code,
            Errc::unsupported);
}

}  // namespace
}  // namespace cdss::auth
