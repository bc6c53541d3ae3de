// What a server does when a thread of it gets no memory.

#include <atomic>
#include <cstdlib>
#include <new>
#include <thread>

#include <gmock/gmock.h>

#include "core/http/server/connection.hpp"
#include "tests/core/http/server/fixture.hpp"

namespace {

std::atomic<std::size_t> least_refused{0};
std::atomic<std::size_t> most_refused{0};
std::atomic<int> refusals_left{0};

}  // namespace

// Not inlined, since g++ warns of malloc and free in the place of new and delete.
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (refusals_left > 0 && size >= least_refused && size <= most_refused && refusals_left-- > 0) {
    throw std::bad_alloc{};
  }
  void* const memory = std::malloc(size);
  if (memory == nullptr) {
    throw std::bad_alloc{};
  }
  return memory;
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace cdss::http {
namespace {

using namespace test;

/// From now on, `times` requests for `least` to `most` bytes are refused.
void refuse_memory(std::size_t least, std::size_t most, int times) {
  least_refused = least;
  most_refused = most;
  refusals_left = times;
}

/// Whether all refusals have been used up, after ten seconds at most.
bool was_refused() {
  for (int i = 0; i < 1000 && refusals_left > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return refusals_left.exchange(0) <= 0;
}

TEST(Memory, AConnectionThatGetsNoneCostsNoOther) {
  Running running;
  refuse_memory(sizeof(Connection), 2 * sizeof(Connection), 1);
  const Client cut{running.port()};
  ASSERT_TRUE(was_refused());
  Client next{running.port()};
  next.send(kGet);
  EXPECT_EQ(next.receive().status, 200);
  running.server.reset();
  EXPECT_THAT(running.lines.str(), testing::HasSubstr("http_exception"));
}

TEST(Memory, DeadlinesAreKeptAfterOneLookAtThemGotNone) {
  Settings settings;
  settings.header_timeout = std::chrono::milliseconds{100};
  Running running{echo, settings};
  Client slow{running.port()};
  slow.send("GET ");
  constexpr std::size_t kOneLate = sizeof(std::shared_ptr<Connection>);
  refuse_memory(kOneLate, kOneLate, 2);
  EXPECT_TRUE(was_refused());
  EXPECT_EQ(slow.receive().status, 408);
  running.server.reset();
  EXPECT_THAT(running.lines.str(), testing::HasSubstr("http_exception"));
}

}  // namespace
}  // namespace cdss::http
