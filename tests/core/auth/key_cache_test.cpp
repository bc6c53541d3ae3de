#include "core/auth/key_cache.hpp"

#include <new>

#include <gtest/gtest.h>

#include "tests/core/auth/fixture.hpp"
#include "tests/core/auth/signer.hpp"

namespace cdss::auth {
namespace {

const Signer kFirst = Signer::ec("P-256", "first");
const Signer kSecond = Signer::ec("P-256", "second");
constexpr const char* kUrl = "https://ehr.example/jwks";

class KeyCacheTest : public testing::Test {
 protected:
  struct Answer {
    bool came = false;
    KeyCache::Keys keys;
  };

  std::shared_ptr<Answer> ask(std::string kid) {
    auto answer = std::make_shared<Answer>();
    cache->get([kid](const JwkSet& set) { return set.find(kid) != nullptr; },
               [answer](KeyCache::Keys keys) {
                 *answer = {true, std::move(keys)};
               });
    return answer;
  }
  bool finds(std::string kid) {
    const auto answer = ask(kid);
    EXPECT_TRUE(answer->came);
    return answer->keys != nullptr && answer->keys->find(kid) != nullptr;
  }
  std::size_t fetches() const { return fetcher.asked.size(); }

  HandClock clock{1'700'000'000};
  Records records{clock};
  CountingFetcher fetcher;
  KeyCaches caches{fetcher, clock, records.log, records.metrics};
  std::shared_ptr<KeyCache> cache = caches.at({kUrl});
};

TEST_F(KeyCacheTest, JWT_25_FetchesOnceAndServesFromThenOn) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  EXPECT_EQ(cache->cached(), nullptr);
  EXPECT_EQ(fetches(), 0U);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(finds("first"));
  }
  EXPECT_NE(cache->cached(), nullptr);
  EXPECT_EQ(fetches(), 1U);
}

TEST_F(KeyCacheTest, JWT_25_FetchesOnceForAllWhoAskMeanwhile) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  fetcher.held = true;
  std::vector<std::shared_ptr<Answer>> answers;
  for (int i = 0; i < 20; ++i) {
    answers.push_back(ask("first"));
    EXPECT_FALSE(answers.back()->came);
  }
  EXPECT_EQ(fetches(), 1U);
  fetcher.release();
  for (const auto& answer : answers) {
    EXPECT_TRUE(answer->came);
    EXPECT_NE(answer->keys, nullptr);
  }
}

TEST_F(KeyCacheTest, JWT_25_TakesARotatedKeyWithinAMinute) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  EXPECT_TRUE(finds("first"));
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk(), kSecond.jwk()});
  EXPECT_FALSE(finds("second"));
  clock.advance(60);
  EXPECT_TRUE(finds("second"));
  EXPECT_TRUE(finds("first"));
  EXPECT_EQ(fetches(), 2U);
}

TEST_F(KeyCacheTest, JWT_25_FetchesRarelyUnderAFloodOfUnknownKids) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  for (int second = 0; second < 600; ++second) {
    for (int i = 0; i < 3; ++i) {
      EXPECT_FALSE(finds("unknown" + std::to_string(second)));
      EXPECT_TRUE(finds("first"));
    }
    clock.advance(1);
  }
  EXPECT_LE(fetches(), 11U);
}

TEST_F(KeyCacheTest, JWT_25_ServesOldKeysWhileItFetchesNewOnes) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  EXPECT_TRUE(finds("first"));
  fetcher.sets[kUrl] = jwk_set({kSecond.jwk()});
  fetcher.held = true;
  clock.advance(KeyCache::kRefreshAfter.count());
  EXPECT_TRUE(finds("first"));
  EXPECT_TRUE(finds("first"));
  EXPECT_EQ(fetches(), 2U);
  fetcher.release();
  EXPECT_FALSE(finds("first"));
  EXPECT_TRUE(finds("second"));
}

TEST_F(KeyCacheTest, JWT_25_WaitsForNewKeysWhenTheOldAreTooOld) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  EXPECT_TRUE(finds("first"));
  clock.advance(KeyCache::kWaitAfter.count());
  fetcher.held = true;
  EXPECT_EQ(cache->cached(), nullptr);
  const auto answer = ask("first");
  EXPECT_FALSE(answer->came);
  fetcher.sets[kUrl] = jwk_set({kSecond.jwk()});
  fetcher.release();
  EXPECT_TRUE(answer->came);
  EXPECT_EQ(answer->keys->find("first"), nullptr);
}

TEST_F(KeyCacheTest, JWT_25_KeepsKeysThroughFailuresForADay) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  EXPECT_TRUE(finds("first"));
  fetcher.sets.clear();
  clock.advance(KeyCache::kWaitAfter.count());
  EXPECT_TRUE(finds("first"));
  fetcher.sets[kUrl] = "not a key set";
  clock.advance(3600);
  EXPECT_TRUE(finds("first"));
  clock.advance(KeyCache::kKeepAfterErrors.count());
  EXPECT_FALSE(finds("first"));
}

TEST_F(KeyCacheTest, JWT_25_MakesNobodyWaitForAHostThatIsSilentWhileGoodKeysAreAtHand) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  EXPECT_TRUE(finds("first"));
  fetcher.sets.clear();
  clock.advance(KeyCache::kWaitAfter.count());
  EXPECT_TRUE(finds("first"));  // has seen a fetch fail
  fetcher.held = true;
  for (int i = 0; i < 3; ++i) {
    clock.advance(KeyCache::kRetryAfter.count());
    EXPECT_TRUE(finds("first"));
    EXPECT_NE(cache->cached(), nullptr);
  }
  EXPECT_EQ(fetches(), 3U);  // the last is under way
  EXPECT_FALSE(ask("second")->came);
  fetcher.sets[kUrl] = jwk_set({kSecond.jwk()});
  fetcher.held = false;
  fetcher.release();
  EXPECT_FALSE(finds("first"));
  EXPECT_TRUE(finds("second"));
}

TEST_F(KeyCacheTest, JWT_25_DoesNotTryAgainAtOnceAfterAFailure) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_FALSE(finds("first"));
  }
  EXPECT_EQ(fetches(), 1U);
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  clock.advance(KeyCache::kRetryAfter.count());
  EXPECT_TRUE(finds("first"));
  EXPECT_EQ(fetches(), 2U);
}

TEST_F(KeyCacheTest, ForgetsAKeyThatIsNoLongerPublished) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk(), kSecond.jwk()});
  EXPECT_TRUE(finds("second"));
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  clock.advance(KeyCache::kRefreshAfter.count());
  EXPECT_TRUE(finds("second"));  // while it fetches
  EXPECT_FALSE(finds("second"));
}

TEST_F(KeyCacheTest, KeepsItsKeysWhenASetHasNoneThatIsUsable) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  EXPECT_TRUE(finds("first"));
  for (const auto* const none : {R"({"keys":[]})", R"({"keys":[{"kty":"oct","kid":"first"}]})"}) {
    fetcher.sets[kUrl] = none;
    clock.advance(KeyCache::kRefreshAfter.count());
    EXPECT_TRUE(finds("first"));
    EXPECT_TRUE(finds("first"));
  }
  EXPECT_EQ(fetches(), 3U);
  EXPECT_NE(records.text.str().find(
                R"("event":"keys_not_fetched","url":"https://ehr.example/jwks","error":"missing")"),
            std::string::npos)
      << records.text.str();
  clock.advance(KeyCache::kKeepAfterErrors.count());
  EXPECT_FALSE(finds("first"));
}

TEST_F(KeyCacheTest, FetchesAgainAfterTheClockWasSetBack) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  EXPECT_TRUE(finds("first"));
  clock.advance(-86'400);
  EXPECT_TRUE(finds("first"));
  EXPECT_EQ(fetches(), 2U);
  EXPECT_TRUE(finds("first"));
  EXPECT_EQ(fetches(), 2U);
}

TEST_F(KeyCacheTest, KeepsOneCacheForEachAddress) {
  EXPECT_EQ(caches.at({kUrl}), cache);
  EXPECT_NE(caches.at({"https://other.example/jwks"}), cache);
}

TEST_F(KeyCacheTest, JWT_25_FetchesAgainAfterAFetchThatThrew) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  fetcher.throws = true;
  const auto answer = ask("first");
  EXPECT_TRUE(answer->came);
  EXPECT_EQ(answer->keys, nullptr);
  fetcher.throws = false;
  clock.advance(KeyCache::kRetryAfter.count());
  EXPECT_TRUE(finds("first"));
}

TEST_F(KeyCacheTest, GivesTheKeysToAllWhoWaitThoughOneOfThemThrows) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk()});
  fetcher.held = true;
  cache->get([](const JwkSet&) { return true; },
             [](const KeyCache::Keys&) { throw std::bad_alloc{}; });
  const auto answer = ask("first");
  fetcher.release();
  EXPECT_TRUE(answer->came);
  EXPECT_TRUE(finds("first"));
}

TEST_F(KeyCacheTest, LogsAddressAndCountsAndNoKey) {
  fetcher.sets[kUrl] = jwk_set({kFirst.jwk(), R"({"kty":"oct","k":"secret"})"});
  EXPECT_TRUE(finds("first"));
  const auto text = records.text.str();
  EXPECT_NE(text.find(R"("event":"keys_fetched","url":"https://ehr.example/jwks")"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("keys":1,"rejected":1)"), std::string::npos) << text;
  EXPECT_EQ(text.find("secret"), std::string::npos);
}

}  // namespace
}  // namespace cdss::auth
