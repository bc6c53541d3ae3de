#include "core/base/thread_pool.hpp"

#include <atomic>
#include <future>
#include <memory>
#include <new>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

namespace cdss {
namespace {

using namespace std::chrono_literals;

class ThreadPoolTest : public testing::Test {
 protected:
  std::ostringstream lines;
  Log log{lines, Clock::system()};
  Metrics metrics;
  ThreadPool pool{{.name = "test"}, log, metrics};
  std::promise<void> done;

  bool is_done() { return done.get_future().wait_for(10s) == std::future_status::ready; }
};

TEST_F(ThreadPoolTest, RunsTasksInTheOrderOfTheirTimes) {
  std::vector<int> order;
  const auto now = pool.now();
  pool.at(now + 30ms, [&] {
    order.push_back(4);
    done.set_value();
  });
  pool.at(now + 20ms, [&] { order.push_back(2); });
  pool.at(now + 20ms, [&] { order.push_back(3); });
  pool.at(now + 10ms, [&] { order.push_back(1); });
  ASSERT_TRUE(is_done());
  EXPECT_EQ(order, (std::vector{1, 2, 3, 4}));
  EXPECT_GE(pool.now() - now, 30ms);
}

TEST_F(ThreadPoolTest, GoesOnAfterATaskThatThrewAndCountsIt) {
  pool.at(pool.now(), [] { throw std::bad_alloc{}; });
  pool.submit([] { throw std::bad_alloc{}; });
  pool.at(pool.now() + 1ms, [&] { done.set_value(); });
  ASSERT_TRUE(is_done());
  pool.stop();
  EXPECT_NE(lines.str().find(R"("event":"task_failed","pool":"test")"), std::string::npos);
  EXPECT_EQ(metrics.counter("cdss_tasks_failed_total", "test").value(), 2U);
}

TEST_F(ThreadPoolTest, RunsWhatATaskGivesIt) {
  pool.at(pool.now(), [&] { pool.at(pool.now(), [&] { done.set_value(); }); });
  EXPECT_TRUE(is_done());
}

TEST_F(ThreadPoolTest, DestroysUnrunWhatItIsStoppedBefore) {
  auto held = std::make_shared<int>();
  const std::weak_ptr<int> weak{held};
  pool.at(pool.now() + 1h, [held = std::move(held)] { FAIL(); });
  EXPECT_FALSE(weak.expired());
  pool.stop();
  EXPECT_TRUE(weak.expired());
  pool.at(pool.now(), [] { FAIL(); });
  EXPECT_EQ(pool.submit([] { FAIL(); }), ThreadPool::SubmitResult::stopped);
  pool.stop();
}

TEST_F(ThreadPoolTest, RefusesATaskWhenAsManyWaitAsMay) {
  std::promise<void> release;
  ThreadPool small{{.name = "small", .waiting = 1}, log, metrics};
  ASSERT_EQ(small.submit([&] {
    done.set_value();
    release.get_future().wait();
  }),
            ThreadPool::SubmitResult::queued);
  ASSERT_TRUE(is_done());
  EXPECT_EQ(small.submit([] {}), ThreadPool::SubmitResult::queued);
  EXPECT_EQ(small.submit([] {}), ThreadPool::SubmitResult::full);
  release.set_value();
}

TEST_F(ThreadPoolTest, KeepsTheTimeOfATaskWhileOtherThreadsAreBusy) {
  std::promise<void> release;
  ThreadPool two{{.name = "two", .threads = 2}, log, metrics};
  two.at(two.now() + 5ms, [&] { release.get_future().wait(); });  // both threads may know this one
  two.at(two.now() + 10ms, [&] { done.set_value(); });
  EXPECT_TRUE(is_done());
  release.set_value();
}

TEST_F(ThreadPoolTest, RunsATimerAtTheTimeSetLastAndAgainWhenSetAgain) {
  int runs = 0;
  const auto begin = pool.now();
  ThreadPool::Timer* self = nullptr;
  ThreadPool::Timer timer{pool, [&] {
                            if (++runs == 1) {
                              return self->set(pool.now() + 1ms);
                            }
                            done.set_value();
                          }};
  self = &timer;
  timer.set(begin + 1h);
  timer.set(begin + 10ms);
  ASSERT_TRUE(is_done());
  EXPECT_EQ(runs, 2);
  EXPECT_GE(pool.now() - begin, 11ms);
}

TEST_F(ThreadPoolTest, EndsATimerOnceItsTaskHasRun) {
  std::atomic<bool> ended{false};
  {
    ThreadPool::Timer timer{pool, [&] {
                              done.set_value();
                              std::this_thread::sleep_for(20ms);
                              ended = true;
                            }};
    ThreadPool::Timer never{pool, [] { FAIL(); }};
    timer.set(pool.now());
    never.set(pool.now() + 1h);
    ASSERT_TRUE(is_done());
  }
  EXPECT_TRUE(ended);
}

TEST_F(ThreadPoolTest, GoesOnAfterATimerThatThrew) {
  ThreadPool::Timer timer{pool, [] { throw std::bad_alloc{}; }};
  timer.set(pool.now());
  pool.at(pool.now() + 1ms, [&] { done.set_value(); });
  EXPECT_TRUE(is_done());
  EXPECT_EQ(metrics.counter("cdss_tasks_failed_total", "test").value(), 1U);
}

}  // namespace
}  // namespace cdss
