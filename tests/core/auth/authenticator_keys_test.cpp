// Where an authenticator takes keys from, and how it waits for them and for its threads.

#include <atomic>
#include <fstream>
#include <thread>

#include "tests/core/auth/authenticator_fixture.hpp"

namespace cdss::auth {
namespace {

TEST_F(AuthenticatorTest, JWT_22_WorksOfflineWithAKeyFile) {
  const auto path = testing::TempDir() + "trust_gate_keys.json";
  std::ofstream{path} << jwk_set({ec().jwk()});
  auto offline = client();
  offline.jwks_urls.clear();
  offline.jwks_file = path;
  open({offline});
  EXPECT_EQ(reason(sign(draft())), std::nullopt);
  EXPECT_EQ(
      reason(
          draft().head("alg", R"("RS384")").head("kid", R"("rsa")").sign(rsa(), Algorithm::RS384)),
      Reason::kid_unknown);
  EXPECT_EQ(fetches(), 0U);
}

TEST_F(AuthenticatorTest, JWT_23_TakesTheSetFromTheListedJku) {
  constexpr const char* kOther = "https://ehr.example/other";
  const auto second = Signer::ec("P-384", "second");
  fetcher.sets[kOther] = jwk_set({second.jwk()});
  auto two = client();
  two.jwks_urls = {kKeys, kOther};
  open({two});
  const auto token = draft().head("kid", R"("second")").head("jku", json_text(kOther));
  EXPECT_EQ(reason(token.sign(second, Algorithm::ES384)), std::nullopt);
  EXPECT_EQ(fetcher.asked, std::vector<std::string>{kOther});
  EXPECT_EQ(reason(sign(draft().head("jku", json_text(kOther)))), Reason::kid_unknown);
  EXPECT_EQ(reason(sign(draft().head("jku", json_text(kKeys)))), std::nullopt);
}

TEST_F(AuthenticatorTest, JWT_22_LooksThroughAllAddressesOfAProfileWithoutJku) {
  constexpr const char* kEmpty = "https://ehr.example/empty";
  fetcher.sets[kEmpty] = R"({"keys":[]})";
  auto two = client();
  two.jwks_urls = {kEmpty, kKeys};
  open({two});
  EXPECT_EQ(reason(sign(draft())), std::nullopt);
  EXPECT_EQ(fetcher.asked, (std::vector<std::string>{kEmpty, kKeys}));
  clock.advance(61);  // an unknown kid could be asked for again, but the other address has it
  EXPECT_EQ(reason(sign(draft())), std::nullopt);
  EXPECT_EQ(fetches(), 2U);
}

TEST_F(AuthenticatorTest, JWT_23_RefusesTheJkuOfAnotherIssuer) {
  auto other = client();
  other.id = "other";
  other.issuers = {"https://other.example"};
  other.jwks_urls = {"https://other.example/jwks"};
  const auto thief = Signer::ec("P-384", "ec");
  fetcher.sets["https://other.example/jwks"] = jwk_set({thief.jwk()});
  open({client(), other});
  EXPECT_EQ(
      reason(draft().head("jku", R"("https://other.example/jwks")").sign(thief, Algorithm::ES384)),
      Reason::jku_not_listed);
  EXPECT_EQ(fetches(), 0U);
  EXPECT_EQ(reason(draft().sign(thief, Algorithm::ES384)), Reason::signature_wrong);
  EXPECT_EQ(
      reason(draft().claim("iss", R"("https://other.example")").sign(thief, Algorithm::ES384)),
      std::nullopt);
}

TEST_F(AuthenticatorTest, JWT_27_FetchesNothingBeforeAllCheapChecksHavePassed) {
  open({client()});
  const std::string refused[] = {
      sign(draft().claim("iss", R"("https://evil.example")")),
      sign(draft().claim("aud", R"("https://evil.example")")),
      sign(draft().claim("exp", std::to_string(kNow - 100))),
      sign(draft().claim("iat", std::to_string(kNow + 100))),
      sign(draft().claim("jti", "")),
      sign(draft().head("typ", "")),
      sign(draft().head("alg", R"("ES256")")),
      sign(draft().head("jku", R"("https://evil.example/jwks")")),
      sign(draft().claim("tenant", "7")),
  };
  for (const auto& token : refused) {
    EXPECT_NE(reason(token), std::nullopt);
    EXPECT_EQ(fetches(), 0U);
  }
  EXPECT_EQ(replay.size(), 0U);
}

TEST_F(AuthenticatorTest, JWT_25_RefusesAnUnknownKidWithoutManyFetches) {
  open({client()});
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(reason(sign(draft().head("kid", json_text("k" + std::to_string(i))))),
              Reason::kid_unknown);
  }
  EXPECT_EQ(fetches(), 1U);
  EXPECT_EQ(reason(sign(draft())), std::nullopt);
}

TEST_F(AuthenticatorTest, ERR_03_SaysTryAgainWhenThereAreNoKeysToBeHad) {
  fetcher.sets.clear();
  open({client()});
  const auto decision = decide(sign(draft()));
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().reason, Reason::keys_unavailable);
  EXPECT_EQ(decision.error().status(), 503);
}

TEST_F(AuthenticatorTest, JWT_25_DecidesWhenKeysThatWereWaitedForArrive) {
  open({client()});
  fetcher.held = true;
  const auto field = "Bearer " + sign(draft());
  const std::string_view fields[] = {field};
  std::promise<Decision> promise;
  authenticator->decide({fields, audiences}, [&](Decision d) { promise.set_value(std::move(d)); });
  auto future = promise.get_future();
  EXPECT_EQ(future.wait_for(std::chrono::seconds{0}), std::future_status::timeout);
  fetcher.release();
  EXPECT_TRUE(future.get());
}

TEST_F(AuthenticatorTest, DropsWhatWaitsForKeysWhenItIsDestroyed) {
  open({client()});
  fetcher.held = true;
  const auto field = "Bearer " + sign(draft());
  const std::string_view fields[] = {field};
  const auto called = std::make_shared<std::atomic<bool>>(false);
  authenticator->decide({fields, audiences}, [called](const Decision&) { *called = true; });
  authenticator.reset();
  fetcher.release();
  EXPECT_FALSE(*called);
  EXPECT_EQ(called.use_count(), 1);
}

TEST_F(AuthenticatorTest, ERR_03_SaysBusyWhenTooManySignaturesWait) {
  open({client()}, {.threads = 1, .waiting = 1});
  EXPECT_TRUE(decide(sign(draft())));
  std::atomic<int> decided{0};
  std::atomic<int> busy{0};
  std::promise<void> release;
  const auto released = release.get_future().share();
  std::promise<void> reached;
  const auto ask = [&](Authenticator::Done done) {
    const auto field = "Bearer " + sign(draft());
    const std::string_view fields[] = {field};
    authenticator->decide({fields, audiences}, std::move(done));
  };
  ask([&](const Decision&) {
    reached.set_value();
    released.wait();
  });
  reached.get_future().wait();  // the one thread is held
  for (int i = 0; i < 3; ++i) {
    ask([&](const Decision& decision) {
      busy +=
          !decision && decision.error().reason == Reason::busy && decision.error().status() == 503
              ? 1
              : 0;
      ++decided;  // last: the test ends when it has counted all
    });
  }
  EXPECT_EQ(decided, 2);
  EXPECT_EQ(busy, 2);
  release.set_value();
  while (decided < 3) {
    std::this_thread::yield();
  }
}

TEST_F(AuthenticatorTest, TakesAPaddedKidWhereThatIsForgiven) {
  const auto padded = Signer::ec("P-384", "a+b/cw==");
  fetcher.sets[kKeys] = jwk_set({padded.jwk()});
  auto lenient = client();
  lenient.leniencies.add(config::Leniency::base64_kid);
  open({lenient});
  const auto token = draft().head("kid", R"("a-b_cw")").sign(padded, Algorithm::ES384);
  EXPECT_EQ(reason(token), std::nullopt);
  auto strict = client();
  strict.issuers = {"https://strict.example"};
  open({strict});
  EXPECT_EQ(reason(draft()
                       .claim("iss", R"("https://strict.example")")
                       .head("kid", R"("a-b_cw")")
                       .sign(padded, Algorithm::ES384)),
            Reason::kid_unknown);
}

}  // namespace
}  // namespace cdss::auth
