#pragma once

#include <future>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/auth/authenticator.hpp"
#include "tests/core/auth/draft.hpp"
#include "tests/core/auth/fixture.hpp"

namespace cdss::auth {

inline constexpr std::int64_t kNow = 1'700'000'000;
inline constexpr const char* kIssuer = "https://ehr.example";
inline constexpr const char* kKeys = "https://ehr.example/jwks";
inline const std::string kEndpoint = "https://cds.example/cds-services/hip";

/// An authenticator before which a client with an elliptic and an RSA key stands.
class AuthenticatorTest : public testing::Test {
 protected:
  static const Signer& ec() {
    static const Signer signer = Signer::ec("P-384", "ec");
    return signer;
  }
  static const Signer& rsa() {
    static const Signer signer = Signer::rsa(2048, "rsa");
    return signer;
  }

  AuthenticatorTest() { fetcher.sets[kKeys] = jwk_set({ec().jwk(), rsa().jwk()}); }

  /// A client whose keys are at kKeys.
  static config::Client client() {
    config::Client client;
    client.id = "ehr";
    client.authentication = config::Authentication::jwt;
    client.issuers = {kIssuer};
    client.jwks_urls = {kKeys};
    return client;
  }

  void open(std::vector<config::Client> clients, Authenticator::Settings settings = {}) {
    auto made = Authenticator::make(
        std::move(clients), {caches, replay, clock, records.log, records.metrics}, settings);
    ASSERT_TRUE(made) << made.error().where << made.error().message;
    authenticator = *std::move(made);
  }

  /// A token that the specification asks for; each has a jti of its own.
  Draft draft() {
    return {{{"alg", R"("ES384")"}, {"typ", R"("JWT")"}, {"kid", R"("ec")"}},
            {{"iss", json_text(kIssuer)},
             {"aud", json_text(kEndpoint)},
             {"exp", std::to_string(clock.seconds() + 300)},
             {"iat", std::to_string(clock.seconds())},
             {"jti", json_text("id-" + std::to_string(++drafts))}}};
  }
  static std::string sign(const Draft& draft) { return draft.sign(ec(), Algorithm::ES384); }

  Decision decide_fields(std::vector<std::string_view> fields,
                         const ClientCertificate* certificate = nullptr) {
    std::promise<Decision> promise;
    authenticator->decide({fields, audiences, certificate},
                          [&](Decision decision) { promise.set_value(std::move(decision)); });
    return promise.get_future().get();
  }
  Decision decide(const std::string& token, const ClientCertificate* certificate = nullptr) {
    const auto field = "Bearer " + token;
    return decide_fields({field}, certificate);
  }
  /// The reason of a refusal; none when the token is accepted.
  std::optional<Reason> reason(const std::string& token,
                               const ClientCertificate* certificate = nullptr) {
    const auto decision = decide(token, certificate);
    return decision ? std::nullopt : std::optional{decision.error().reason};
  }
  std::size_t fetches() const { return fetcher.asked.size(); }

  HandClock clock{kNow};
  Records records{clock};
  CountingFetcher fetcher;
  KeyCaches caches{fetcher, clock, records.log, records.metrics};
  ReplayMemory replay;
  std::vector<std::string> audiences{kEndpoint};
  int drafts = 0;
  std::unique_ptr<Authenticator> authenticator;
};

}  // namespace cdss::auth
