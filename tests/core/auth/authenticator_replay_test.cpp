// What an authenticator does with a token that was used before.

#include <atomic>
#include <thread>

#include "tests/core/auth/authenticator_fixture.hpp"

namespace cdss::auth {
namespace {

using config::Replay;

TEST_F(AuthenticatorTest, JWT_19_RefusesASecondUse) {
  open({client()});
  const auto token = sign(draft());
  EXPECT_EQ(reason(token), std::nullopt);
  EXPECT_EQ(reason(token), Reason::replayed);
  EXPECT_EQ(reason(sign(draft())), std::nullopt);
}

TEST_F(AuthenticatorTest, JWT_19_ABadSignatureDoesNotBurnAnId) {
  open({client()});
  const auto good = draft();
  const auto forged = good.sign(Signer::ec("P-384", "ec"), Algorithm::ES384);
  EXPECT_EQ(reason(forged), Reason::signature_wrong);
  EXPECT_EQ(replay.size(), 0U);
  EXPECT_EQ(reason(sign(good)), std::nullopt);
}

TEST_F(AuthenticatorTest, JWT_19_LetsExactlyOneOfSeveralAtOncePass) {
  open({client()}, {.threads = 2});
  EXPECT_TRUE(decide(sign(draft())));  // has the keys fetched
  const auto field = "Bearer " + sign(draft());
  const std::string_view fields[] = {field};
  std::atomic<int> passed{0};
  std::atomic<int> decided{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int call = 0; call < 8; ++call) {
        authenticator->decide({fields, audiences}, [&](const Decision& decision) {
          passed += decision ? 1 : 0;
          ++decided;
        });
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  while (decided < 32) {
    std::this_thread::yield();
  }
  EXPECT_EQ(passed, 1);
}

TEST_F(AuthenticatorTest, JWT_19_AllowsRepeatsWithinTheWindowOnly) {
  auto kit = client();
  kit.replay = Replay::allow_window;
  kit.replay_window_s = 100;
  open({kit});
  const auto token = sign(draft());
  EXPECT_EQ(reason(token), std::nullopt);
  clock.advance(100);
  EXPECT_EQ(reason(token), std::nullopt);
  clock.advance(1);
  EXPECT_EQ(reason(token), Reason::replayed);
}

TEST_F(AuthenticatorTest, JWT_19_CanBeSwitchedOff) {
  auto kit = client();
  kit.replay = Replay::off;
  open({kit});
  const auto token = sign(draft());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(reason(token), std::nullopt);
  }
  EXPECT_EQ(replay.size(), 0U);
}

TEST_F(AuthenticatorTest, JWT_19_RefusesATokenThatExpiredWhileItWaitedForKeys) {
  int profiles = 0;
  for (const auto replay_mode : {Replay::refuse, Replay::allow_window, Replay::off}) {
    for (const auto mode : {config::Mode::enforce, config::Mode::warn}) {
      SCOPED_TRACE(profiles);
      auto waiting = client();
      waiting.jwks_urls = {"https://ehr.example/jwks" + std::to_string(++profiles)};
      waiting.replay = replay_mode;
      waiting.mode = mode;
      fetcher.sets[waiting.jwks_urls.front()] = jwk_set({ec().jwk()});
      fetcher.held = true;
      open({waiting});
      const auto field = "Bearer " + sign(draft());
      const std::string_view fields[] = {field};
      std::promise<Decision> first;
      std::promise<Decision> second;
      for (auto* const promise : {&first, &second}) {
        authenticator->decide({fields, audiences}, [promise](Decision decision) {
          promise->set_value(std::move(decision));
        });
      }
      clock.advance(300 + client().clock_skew_s);
      fetcher.release();
      for (auto* const promise : {&first, &second}) {
        const auto decision = promise->get_future().get();
        ASSERT_FALSE(decision);
        EXPECT_EQ(decision.error().reason, Reason::expired);
      }
    }
  }
}

TEST_F(AuthenticatorTest, JWT_19_RefusesWhenNoMoreCanBeRemembered) {
  ReplayMemory small{1};
  auto made =
      Authenticator::make({client()}, {caches, small, clock, records.log, records.metrics}, {});
  ASSERT_TRUE(made);
  authenticator = *std::move(made);
  EXPECT_EQ(reason(sign(draft())), std::nullopt);
  const auto refused = decide(sign(draft()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, Reason::replay_memory_full);
  EXPECT_EQ(refused.error().status(), 503);
  clock.advance(360);
  EXPECT_EQ(reason(sign(draft())), std::nullopt);
}

}  // namespace
}  // namespace cdss::auth
