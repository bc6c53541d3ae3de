// Plugins that misbehave while others are at work: each bad call gets its own error, all others
// their right answer.

#include <atomic>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "core/base/clock.hpp"
#include "core/json/document.hpp"
#include "core/worker/worker_pool.hpp"
#include "tests/core/worker/plugin_fixture.hpp"

namespace cdss::worker {
namespace {

std::unique_ptr<WorkerPool> start(std::string_view name, ThreadPool& timers, Log& log,
                                  Metrics& metrics) {
  WorkerPoolSettings settings;
  settings.workers = 2;
  settings.queue = 1000;
  const auto options = *Document::parse("{}");
  auto pool =
      WorkerPool::start(make_test_package(name), options.root(), settings, timers, log, metrics);
  return pool ? *std::move(pool) : nullptr;
}

/// Asks the echo plugin for a note that only this call carries.
void echo_often(WorkerPool& pool, int thread, int calls, std::atomic<int>& wrong) {
  for (int i = 0; i < calls; ++i) {
    const auto note = "note " + std::to_string(thread) + "/" + std::to_string(i);
    const std::string padding(static_cast<std::size_t>(i % 7) * 5'000, 'x');
    const auto answer = ask(pool, "{\"padding\":\"" + padding + "\",\"note\":\"" + note + "\"}");
    if (!answer || answer->find("\"note\":\"" + note + "\"") == std::string::npos) {
      ++wrong;
    }
  }
}

/// Every fourth call is a bad one; the three between must be answered.
void misbehave(WorkerPool& pool, int calls, std::atomic<int>& wrong) {
  const std::string deeds[] = {"abort", "hang", "exit", "segv"};
  for (int i = 0; i < calls; ++i) {
    const bool bad = i % 4 == 0;
    const std::string& deed = deeds[static_cast<std::size_t>(i) / 4 % 4];
    const bool hangs = bad && deed == "hang";
    const auto answer = ask(pool, bad ? "{\"do\":\"" + deed + "\"}" : "{}",
                            hangs ? std::chrono::milliseconds{30} : std::chrono::seconds{20});
    const Errc expected = hangs ? Errc::timed_out : Errc::internal;
    if (bad ? answer || answer.error().code != expected
            : !answer || *answer != R"({"answer":42})") {
      ++wrong;
    }
  }
}

TEST(PoolUnderLoad, OnePluginsCrashesAndHangsTouchNoOtherCall) {
  std::ostringstream lines;
  Log log{lines, Clock::system()};
  Metrics metrics;
  ThreadPool timers{{.name = "timers"}, log, metrics};
  const auto echo = start("echo", timers, log, metrics);
  const auto naughty = start("naughty", timers, log, metrics);
  const auto naughty_too = start("naughty", timers, log, metrics);
  ASSERT_TRUE(echo && naughty && naughty_too);

  std::atomic<int> wrong_echoes{0};
  std::atomic<int> wrong_others{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] { echo_often(*echo, thread, 150, wrong_echoes); });
  }
  for (int thread = 0; thread < 3; ++thread) {
    threads.emplace_back([&] { misbehave(*naughty, 32, wrong_others); });
  }
  threads.emplace_back([&] { misbehave(*naughty_too, 32, wrong_others); });
  for (auto& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(wrong_echoes, 0);
  EXPECT_EQ(wrong_others, 0);
  EXPECT_EQ(metrics.counter("cdss_plugin_calls_total", "echo").value(), 600U);
  EXPECT_EQ(metrics.counter("cdss_plugin_crashes_total", "echo").value(), 0U);
  EXPECT_EQ(metrics.counter("cdss_plugin_crashes_total", "naughty").value(), 4U * 6U);
  // A call that hangs may also reach its deadline while it waits, which kills no worker.
  const auto timeouts = metrics.counter("cdss_plugin_timeouts_total", "naughty").value();
  EXPECT_GE(timeouts, 1U);
  EXPECT_LE(timeouts, 4U * 2U);
  EXPECT_TRUE(ask(*naughty, "{}"));
}

}  // namespace
}  // namespace cdss::worker
