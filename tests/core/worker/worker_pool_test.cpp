#include "core/worker/worker_pool.hpp"

#include <fstream>
#include <new>
#include <sstream>

#include <gmock/gmock.h>

#include "core/base/clock.hpp"
#include "core/json/document.hpp"
#include "tests/core/worker/plugin_fixture.hpp"

namespace cdss::worker {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

/// A pool of one plugin, with what it logs and counts.
class PoolTest : public testing::Test {
 protected:
  Result<std::unique_ptr<WorkerPool>> start(std::string_view name, WorkerPoolSettings settings = {},
                                            std::string options = "{}") {
    const auto document = *Document::parse(std::move(options));
    return WorkerPool::start(make_test_package(name, R"({"codes":[1,2]})"), document.root(),
                             settings, timers_, log_, metrics_);
  }

  std::uint64_t count(const char* which) {
    // The registry gives the same counter for the same name.
    if (std::string_view{which} == "crashes") {
      return metrics_.counter("cdss_plugin_crashes_total", "naughty").value();
    }
    if (std::string_view{which} == "timeouts") {
      return metrics_.counter("cdss_plugin_timeouts_total", "naughty").value();
    }
    return metrics_.counter("cdss_plugin_calls_total", "naughty").value();
  }

  std::ostringstream lines_;
  Log log_{lines_, Clock::system()};
  Metrics metrics_;
  ThreadPool timers_{{.name = "timers"}, log_, metrics_};
};

TEST_F(PoolTest, HandsOverKeysAndNeverTheToken) {
  auto pool = start("echo", {}, R"({"window_days":7})");
  ASSERT_TRUE(pool) << pool.error().message;
  auto body = std::make_shared<const Document>(
      *Document::parse(R"({"secret":"t0ken","note":"seen","value":"text"})"));
  Call call;
  call.service = "echo";
  call.today = std::chrono::sys_days{std::chrono::days{20'780}};
  call.documents = {body->c_document()};
  call.blanked = {{0, body->root().find("secret")->node()}};
  call.keys = {{"patient", cdss_key_present, "", 0, body->root().find("value")->node()},
               {"conditions", cdss_key_unavailable, "HTTP 403", 0, 0}};
  std::promise<Result<std::string>> promise;
  auto future = promise.get_future();
  (*pool)->submit({body, call}, WorkerPool::Clock::now() + std::chrono::seconds{20},
                  [&](Result<std::string> answer) { promise.set_value(std::move(answer)); });
  const auto answer = future.get();
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(*answer,
            R"({"service":"echo","today":20780,"explain":0,"documents":1,"windowDays":7,)"
            R"("knowledge":1,"codes":2,"keys":[)"
            R"({"name":"patient","state":"present","reason":"","value":"text"},)"
            R"({"name":"conditions","state":"unavailable","reason":"HTTP 403","value":""}],)"
            R"("secret":"*****","note":"seen"})");
}

TEST_F(PoolTest, ABadCallCostsItselfAndNoOther) {
  auto pool = start("naughty");
  ASSERT_TRUE(pool) << pool.error().message;
  const struct {
    const char* deed;
    Errc code;
    std::uint64_t crashes;
  } rows[] = {
      {"abort", Errc::internal, 1}, {"segv", Errc::internal, 1},
      {"kill", Errc::internal, 1},  {"exit", Errc::internal, 1},
      {"lie", Errc::internal, 1},   {"write the request", Errc::internal, 1},
      {"fail", Errc::internal, 0},  {"huge", Errc::internal, 0},
  };
  std::uint64_t crashes = 0;
  for (const auto& row : rows) {
    SCOPED_TRACE(row.deed);
    const auto bad = ask(**pool, std::string{R"({"do":")"} + row.deed + "\"}");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, row.code);
    crashes += row.crashes;
    EXPECT_EQ(count("crashes"), crashes);
    const auto good = ask(**pool, "{}");
    ASSERT_TRUE(good) << good.error().message;
    EXPECT_EQ(*good, R"({"answer":42})");
  }
  EXPECT_THAT(lines_.str(), HasSubstr(R"("plugin":"naughty")"));
}

TEST_F(PoolTest, KillsAPluginThatHangsAndGoesOn) {
  auto pool = start("naughty");
  ASSERT_TRUE(pool);
  const auto hung = ask(**pool, R"({"do":"hang"})", milliseconds{50});
  ASSERT_FALSE(hung);
  EXPECT_EQ(hung.error().code, Errc::timed_out);
  EXPECT_EQ(count("timeouts"), 1U);
  EXPECT_TRUE(ask(**pool, "{}"));
}

TEST_F(PoolTest, PassesGarbageOnUnread) {
  auto pool = start("naughty");
  ASSERT_TRUE(pool);
  const auto answer = ask(**pool, R"({"do":"garbage"})");
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, "\xff{{no JSON");
}

TEST_F(PoolTest, GivesACallToAnotherWorkerWhenItsOwnDiedIdle) {
  auto pool = start("naughty");
  ASSERT_TRUE(pool);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(ask(**pool, R"({"do":"leave"})"));
    std::this_thread::sleep_for(milliseconds{300});  // its alarm ends it after 100 ms
    const auto answer = ask(**pool, "{}");
    ASSERT_TRUE(answer) << answer.error().message;
  }
  EXPECT_EQ(count("crashes"), 0U);
}

TEST_F(PoolTest, NeverLetsAPluginWriteToTheLog) {
  auto pool = start("naughty");
  ASSERT_TRUE(pool);
  testing::internal::CaptureStdout();
  ASSERT_TRUE(ask(**pool, R"({"do":"print"})"));
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_THAT(lines_.str(), Not(HasSubstr("patient's")));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_F(PoolTest, KeepsAPluginInsideItsMemory) {
  auto pool = start("naughty");
  ASSERT_TRUE(pool);
  const auto answer = ask(**pool, R"({"do":"memory"})");
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, R"({"memory":"refused"})");
}
#endif

TEST_F(PoolTest, RefusesWhatItCannotTake) {
  WorkerPoolSettings settings;
  settings.queue = 1;
  settings.request_bytes = 4096;
  auto pool = start("naughty", settings);
  ASSERT_TRUE(pool);
  const auto long_one = ask(**pool, "{\"note\":\"" + std::string(5000, 'x') + "\"}");
  EXPECT_EQ(long_one.error().code, Errc::out_of_range);
  const auto late = ask(**pool, "{}", milliseconds{-1});
  EXPECT_EQ(late.error().code, Errc::timed_out);

  auto running = submit(**pool, R"({"do":"hang"})", milliseconds{400});
  std::vector<std::future<Result<std::string>>> others;
  others.reserve(8);
  for (int i = 0; i < 8; ++i) {
    others.push_back(submit(**pool, "{}", std::chrono::seconds{20}));
  }
  int refused = 0;
  for (auto& other : others) {
    const auto answer = other.get();
    refused += !answer && answer.error().code == Errc::unavailable ? 1 : 0;
    EXPECT_TRUE(answer || answer.error().code == Errc::unavailable);
  }
  EXPECT_GE(refused, 6);  // one at work, one that waits, and perhaps one that was just taken
  EXPECT_EQ(running.get().error().code, Errc::timed_out);
}

TEST_F(PoolTest, ACallThatWaitsIsAnsweredAtItsOwnDeadline) {
  auto pool = start("naughty");
  ASSERT_TRUE(pool);
  auto running = submit(**pool, R"({"do":"hang"})", std::chrono::seconds{3});
  auto waits = submit(**pool, "{}", milliseconds{100});
  const auto answer = waits.get();
  EXPECT_EQ(answer.error().code, Errc::timed_out);
  EXPECT_EQ(running.wait_for(milliseconds{0}), std::future_status::timeout)
      << "the one before it is still at work";
  EXPECT_EQ(running.get().error().code, Errc::timed_out);
}

TEST_F(PoolTest, EndingLetsWhatRunsEndAndRefusesWhatWaits) {
  auto pool = start("naughty");
  ASSERT_TRUE(pool);
  ASSERT_TRUE(ask(**pool, "{}"));
  auto running = submit(**pool, R"({"do":"slow"})", std::chrono::seconds{20});
  std::this_thread::sleep_for(milliseconds{50});  // so that a worker has it
  auto waits = submit(**pool, R"({"do":"slow"})", std::chrono::seconds{20});
  pool->reset();
  EXPECT_TRUE(running.get());
  EXPECT_EQ(waits.get().error().code, Errc::unavailable);
}

TEST_F(PoolTest, SaysWhyAPluginDoesNotOpen) {
  const auto refused = start("refuses_to_open");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::malformed);
  EXPECT_EQ(refused.error().message, "knowledge/weights.json lacks the weight of fever");
}

TEST_F(PoolTest, RefusesCallsWhileNoWorkerHasStartedYet) {
  const struct {
    const char* plugin;
    const char* program;
    milliseconds start_deadline;
    const char* reason;
  } rows[] = {
      {"echo", "/bin/true", milliseconds{10'000}, "worker ended"},
      {"echo", "/does/not/exist", milliseconds{10'000}, "worker ended"},
      {"echo", "/proc/self/exe", milliseconds{0}, "too slow to open"},
      {"crashes_to_open", "/proc/self/exe", milliseconds{10'000}, "worker ended"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.program);
    lines_.str("");
    WorkerPoolSettings settings;
    settings.program = row.program;
    settings.start_deadline = row.start_deadline;
    auto pool = start(row.plugin, settings);
    ASSERT_TRUE(pool) << pool.error().message;
    EXPECT_FALSE((*pool)->ready());
    EXPECT_EQ(ask(**pool, "{}").error().code, Errc::unavailable);
    pool->reset();
    EXPECT_THAT(lines_.str(), HasSubstr(row.reason));
    EXPECT_THAT(lines_.str(), HasSubstr("plugin_unavailable"));
    EXPECT_THAT(lines_.str(), Not(HasSubstr("plugin_available")));
  }
}

TEST_F(PoolTest, ServesOnceAWorkerStartsAfterAll) {
  const TemporaryFolder folder;
  WorkerPoolSettings settings;
  settings.program = folder.path() / "program";
  settings.workers = 2;
  auto pool = start("naughty", settings);
  ASSERT_TRUE(pool) << pool.error().message;
  EXPECT_FALSE((*pool)->ready());
  std::filesystem::copy_file("/proc/self/exe", folder.path() / "beside");
  std::filesystem::rename(folder.path() / "beside", settings.program);
  for (int i = 0; i < 600 && !(*pool)->ready(); ++i) {
    std::this_thread::sleep_for(milliseconds{50});
  }
  const auto answer = ask(**pool, "{}");
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(*answer, R"({"answer":42})");
  pool->reset();
  EXPECT_THAT(lines_.str(), HasSubstr("plugin_available"));
}

TEST_F(PoolTest, OutlivesACallerThatThrows) {
  auto pool = start("naughty");
  ASSERT_TRUE(pool);
  const auto throwing = [](const Result<std::string>&) { throw std::bad_alloc{}; };
  const auto now = WorkerPool::Clock::now();
  (*pool)->submit(make_job("{}"), now + std::chrono::seconds{20}, throwing);
  ASSERT_TRUE(ask(**pool, "{}")) << "the dispatcher goes on";
  (*pool)->submit(make_job("{}"), now - milliseconds{1}, throwing);  // refused on this thread
  auto running = submit(**pool, R"({"do":"hang"})", milliseconds{400});
  (*pool)->submit(make_job("{}"), WorkerPool::Clock::now() + milliseconds{50}, throwing);
  auto waits = submit(**pool, "{}", milliseconds{100});
  EXPECT_EQ(waits.get().error().code, Errc::timed_out) << "the watcher of deadlines goes on";
  EXPECT_EQ(running.get().error().code, Errc::timed_out);
  ASSERT_TRUE(ask(**pool, "{}"));
  pool->reset();
  const std::string lines = lines_.str();
  std::size_t told = 0;
  for (auto at = lines.find("plugin_callback_failed"); at != std::string::npos;
       at = lines.find("plugin_callback_failed", at + 1)) {
    ++told;
  }
  EXPECT_EQ(told, 3U) << lines;
}

TEST_F(PoolTest, BecomesUnavailableWhenNoWorkerStartsAnyMore) {
  const TemporaryFolder folder;
  const auto program = folder.path() / "program";
  std::filesystem::copy_file("/proc/self/exe", program);
  WorkerPoolSettings settings;
  settings.program = program;
  auto pool = start("naughty", settings);
  ASSERT_TRUE(pool) << pool.error().message;
  ASSERT_TRUE(ask(**pool, "{}"));
  std::filesystem::remove(program);
  Result<std::string> answer{std::string{}};
  for (int i = 0; i < 4 && (answer || answer.error().code == Errc::internal); ++i) {
    answer = ask(**pool, R"({"do":"abort"})");  // uses up the worker, then the one standing by
  }
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::unavailable);
  EXPECT_FALSE((*pool)->ready());
  std::filesystem::copy_file("/proc/self/exe", program);
  for (int i = 0; i < 600 && !(*pool)->ready(); ++i) {
    std::this_thread::sleep_for(milliseconds{50});
  }
  EXPECT_TRUE(ask(**pool, "{}")) << "it recovers when the cause is gone";
}

}  // namespace
}  // namespace cdss::worker
