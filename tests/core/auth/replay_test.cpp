#include "core/auth/replay.hpp"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace cdss::auth {
namespace {

using std::chrono::seconds;
using State = ReplayMemory::RecordState;

constexpr std::chrono::sys_seconds kNow{seconds{1'700'000'000}};

TEST(ReplayMemory, JWT_19_KnowsAnIdFromItsFirstUseUntilItExpires) {
  ReplayMemory memory;
  EXPECT_FALSE(memory.first_use("a", "1"));
  EXPECT_EQ(memory.record("a", "1", kNow, kNow + seconds{60}).state, State::first);
  EXPECT_EQ(memory.first_use("a", "1"), kNow);
  const auto again = memory.record("a", "1", kNow + seconds{59}, kNow + seconds{120});
  EXPECT_EQ(again.state, State::repeated);
  EXPECT_EQ(again.first_use, kNow);
  EXPECT_EQ(memory.record("a", "1", kNow + seconds{60}, kNow + seconds{120}).state, State::first);
}

TEST(ReplayMemory, JWT_19_KeepsTheIssuersApart) {
  ReplayMemory memory;
  EXPECT_EQ(memory.record("a", "1", kNow, kNow + seconds{60}).state, State::first);
  EXPECT_EQ(memory.record("b", "1", kNow, kNow + seconds{60}).state, State::first);
  EXPECT_FALSE(memory.first_use("c", "1"));
}

TEST(ReplayMemory, JWT_19_IsBoundedByTime) {
  ReplayMemory memory;
  for (int i = 0; i < 10'000; ++i) {
    const auto now = kNow + seconds{i};
    ASSERT_EQ(memory.record("a", std::to_string(i), now, now + seconds{100}).state, State::first);
    ASSERT_LE(memory.size(), 100U);
  }
}

TEST(ReplayMemory, JWT_19_IsBoundedByCountAndForgetsNothingForIt) {
  ReplayMemory memory{3};
  for (const char* id : {"1", "2", "3"}) {
    EXPECT_EQ(memory.record("a", id, kNow, kNow + seconds{60}).state, State::first);
  }
  EXPECT_EQ(memory.record("a", "4", kNow, kNow + seconds{60}).state, State::full);
  EXPECT_EQ(memory.record("a", "1", kNow, kNow + seconds{60}).state, State::repeated);
  EXPECT_EQ(memory.record("b", "4", kNow, kNow + seconds{60}).state, State::first);
  EXPECT_EQ(memory.record("a", "4", kNow + seconds{60}, kNow + seconds{90}).state, State::first);
}

TEST(ReplayMemory, JWT_19_LetsExactlyOneOfSeveralAtOncePass) {
  ReplayMemory memory;
  constexpr int kIds = 2000;
  std::atomic<int> passed{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int id = 0; id < kIds; ++id) {
        const auto recorded = memory.record("a", std::to_string(id), kNow, kNow + seconds{60});
        passed += recorded.state == State::first ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(passed, kIds);
}

}  // namespace
}  // namespace cdss::auth
