#include "core/cli/doctor.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "tests/core/auth/draft.hpp"
#include "tests/core/auth/fixture.hpp"

namespace cdss::cli {
namespace {

using auth::Algorithm;
using auth::Draft;
using auth::json_text;
using auth::Signer;

constexpr std::int64_t kNow = 1'700'000'000;
constexpr const char* kEndpoint = "https://cds.example/cds-services/hip";
constexpr const char* kKeys = "https://ehr.example/jwks";

class Doctor : public testing::Test {
 protected:
  Doctor() {
    config::Client client;
    client.id = "ehr";
    client.authentication = config::Authentication::jwt;
    client.issuers = {"https://ehr.example"};
    client.jwks_urls = {kKeys};
    settings.public_url = "https://cds.example";
    settings.clients = {client};
    fetcher.sets[kKeys] = auth::jwk_set({signer().jwk(), R"({"kty":"oct","kid":"o"})"});
  }

  static const Signer& signer() {
    static const Signer made = Signer::ec("P-384", "ec");
    return made;
  }
  static Draft draft() {
    return {{{"alg", R"("ES384")"}, {"typ", R"("JWT")"}, {"kid", R"("ec")"}},
            {{"iss", R"("https://ehr.example")"},
             {"aud", json_text(kEndpoint)},
             {"exp", std::to_string(kNow + 300)},
             {"iat", std::to_string(kNow)},
             {"jti", R"("id")"}}};
  }
  static std::string sign(const Draft& draft) { return draft.sign(signer(), Algorithm::ES384); }

  /// What the operator reads; `accepted` tells the verdict.
  std::string diagnose(const std::string& token, std::optional<std::string> endpoint = kEndpoint) {
    std::ostringstream out;
    accepted = diagnose_jwt(token, {settings, services, endpoint}, fetcher, clock, out);
    return out.str();
  }
  static bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  }

  auth::HandClock clock{kNow};
  auth::CountingFetcher fetcher;
  config::Settings settings;
  std::vector<std::string> services{"hip", "other"};
  bool accepted = false;
};

TEST_F(Doctor, AcceptsAGoodTokenHoweverItWasPasted) {
  const auto token = sign(draft());
  for (const auto& pasted : {token, token + "\n", "Bearer " + token, "bearer  " + token + "\r\n",
                             "Authorization: Bearer " + token + "\n"}) {
    const auto text = diagnose(pasted);
    EXPECT_TRUE(accepted) << text;
    EXPECT_TRUE(has(text, "the token is accepted")) << text;
    EXPECT_TRUE(has(text, "ok       signature\n")) << text;
    EXPECT_TRUE(has(text, "left out: keys[1].kty")) << text;
  }
}

TEST_F(Doctor, TellsEachFaultAndWhatToDo) {
  const auto text = diagnose(sign(draft()
                                      .head("typ", "")
                                      .claim("exp", std::to_string(kNow - 61))
                                      .claim("aud", R"("https://cds.example")")));
  EXPECT_FALSE(accepted);
  EXPECT_TRUE(has(text, "REFUSED  typ: typ is not JWT")) << text;
  EXPECT_TRUE(has(text, "leniency typ_missing")) << text;
  EXPECT_TRUE(has(text, "REFUSED  aud: ")) << text;
  EXPECT_TRUE(has(text, R"(aud "https://cds.example")")) << text;
  EXPECT_TRUE(has(text, "REFUSED  exp: the token has expired")) << text;
  EXPECT_TRUE(has(text, "ok       signature\n")) << text;
}

TEST_F(Doctor, SaysWhatIsWrongWithKeysAndSignature) {
  EXPECT_TRUE(has(diagnose(draft().sign(Signer::ec("P-384", "ec"), Algorithm::ES384)),
                  "REFUSED  signature: "));
  EXPECT_FALSE(accepted);
  EXPECT_TRUE(has(diagnose(sign(draft().head("kid", R"("other")"))), "no usable key of this kid"));
  fetcher.sets.clear();
  const auto text = diagnose(sign(draft()));
  EXPECT_TRUE(has(text, "could not be fetched")) << text;
  EXPECT_TRUE(has(text, "https://ehr.example/jwks: could not be reached")) << text;
}

TEST_F(Doctor, FetchesNothingForAnIssuerThatIsNotListed) {
  const auto text = diagnose(sign(draft()
                                      .claim("iss", R"("https://evil.example")")
                                      .head("jku", R"("https://evil.example/jwks")")));
  EXPECT_FALSE(accepted);
  EXPECT_TRUE(has(text, "no client profile lists this iss")) << text;
  diagnose(sign(draft().head("jku", R"("https://evil.example/jwks")")));
  EXPECT_FALSE(accepted);
  EXPECT_TRUE(fetcher.asked.empty());
}

TEST_F(Doctor, TakesAnyEndpointBelowThePublicUrlWhenNoneIsGiven) {
  diagnose(sign(draft().claim("aud", R"(["x","https://cds.example/cds-services/other"])")),
           std::nullopt);
  EXPECT_TRUE(accepted);
  diagnose(sign(draft().claim("aud", R"("https://cds.example/cds-servicesx")")), std::nullopt);
  EXPECT_FALSE(accepted);
  diagnose(sign(draft()), std::string{kEndpoint} + "/feedback");
  EXPECT_TRUE(accepted);
}

TEST_F(Doctor, RefusesAnAudienceThatNoServiceTakes) {
  for (const char* aud :
       {"https://cds.example/cds-services", "https://cds.example/cds-services/",
        "https://cds.example/cds-services/none", "https://cds.example/cds-services/hip/other"}) {
    const auto text = diagnose(sign(draft().claim("aud", json_text(aud))), std::nullopt);
    EXPECT_FALSE(accepted) << aud;
    EXPECT_TRUE(has(text, "REFUSED  aud: ")) << text;
  }
}

TEST_F(Doctor, RefusesAnEndpointThatIsNotServedOrThatTheClientMayNotUse) {
  EXPECT_TRUE(has(diagnose(sign(draft()), "https://cds.example/cds-services"), "REFUSED  --url: "));
  EXPECT_FALSE(accepted);
  settings.clients.front().services = {"other"};
  EXPECT_TRUE(has(diagnose(sign(draft())), "REFUSED  service: may not be used by this client"));
  EXPECT_FALSE(accepted);
  diagnose(sign(draft()), std::nullopt);
  EXPECT_FALSE(accepted);
}

TEST_F(Doctor, SaysThatACallIsLetInWhoseTokenIsNobodysWhereAnyoneMayCall) {
  config::Client open;
  open.id = "anyone";
  open.authentication = config::Authentication::none;
  settings.clients.push_back(open);
  for (const auto& token :
       {sign(draft().claim("iss", R"("https://unknown.example")")), std::string{"x"}}) {
    const auto text = diagnose(token);
    EXPECT_TRUE(accepted);
    EXPECT_TRUE(has(text, "the token is refused, but the call is accepted: client anyone")) << text;
  }
  diagnose(sign(draft().claim("exp", std::to_string(kNow - 61))));
  EXPECT_FALSE(accepted) << "a token that is somebody's is judged";
}

TEST_F(Doctor, ShowsNeitherTheTokenNorWhatCouldMoveTheTerminal) {
  const auto token = sign(draft().claim("tenant", R"("\u001b[2J\u0007x")"));
  const auto text = diagnose(token);
  EXPECT_FALSE(has(text, "\x1b"));
  EXPECT_FALSE(has(text, "\x07"));
  EXPECT_TRUE(has(text, R"(tenant "?[2J?x")")) << text;
  EXPECT_FALSE(has(text, "eyJ"));
  EXPECT_FALSE(has(text, token.substr(token.size() - 20)));
}

TEST_F(Doctor, SaysWhatIsNoToken) {
  for (const char* text : {"", "\n", "x", "Basic x", "a.b.c"}) {
    EXPECT_TRUE(has(diagnose(text), "the token is refused")) << text;
    EXPECT_FALSE(accepted);
  }
}

TEST_F(Doctor, TellsWhatModeWarnWaives) {
  settings.clients.front().mode = config::Mode::warn;
  const auto text = diagnose(sign(draft().head("typ", "")));
  EXPECT_TRUE(accepted);
  EXPECT_TRUE(has(text, "waived   typ: ")) << text;
}

}  // namespace
}  // namespace cdss::cli
