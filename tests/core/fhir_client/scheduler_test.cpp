#include "core/fhir_client/scheduler.hpp"

#include <future>
#include <memory>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

namespace cdss::fhir_client {
namespace {

using namespace std::chrono_literals;

Log& quiet_log() {
  static std::ostringstream lines;
  static Log log{lines, Clock::system()};
  return log;
}

TEST(Scheduler, RunsTasksInTheOrderOfTheirTimes) {
  const auto scheduler = Scheduler::start(quiet_log());
  std::vector<int> order;
  std::promise<void> all;
  const auto now = scheduler->now();
  scheduler->at(now + 30ms, [&] {
    order.push_back(4);
    all.set_value();
  });
  scheduler->at(now + 20ms, [&] { order.push_back(2); });
  scheduler->at(now + 20ms, [&] { order.push_back(3); });
  scheduler->at(now + 10ms, [&] { order.push_back(1); });
  ASSERT_EQ(all.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_EQ(order, (std::vector<int>{1, 2, 3, 4}));
  EXPECT_GE(scheduler->now() - now, 30ms);
}

TEST(Scheduler, GoesOnAfterATaskThatThrew) {
  std::ostringstream lines;
  Log log{lines, Clock::system()};
  const auto scheduler = Scheduler::start(log);
  std::promise<void> ran;
  scheduler->at(scheduler->now(), [] { throw std::bad_alloc{}; });
  scheduler->at(scheduler->now(), [&] { ran.set_value(); });
  EXPECT_EQ(ran.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_NE(lines.str().find("task_failed"), std::string::npos);
}

TEST(Scheduler, RunsWhatATaskGivesIt) {
  const auto scheduler = Scheduler::start(quiet_log());
  std::promise<void> ran;
  scheduler->at(scheduler->now(),
                [&] { scheduler->at(scheduler->now(), [&] { ran.set_value(); }); });
  EXPECT_EQ(ran.get_future().wait_for(10s), std::future_status::ready);
}

TEST(Scheduler, DestroysUnrunWhatItIsStoppedBefore) {
  const auto scheduler = Scheduler::start(quiet_log());
  auto held = std::make_shared<int>();
  const std::weak_ptr<int> weak{held};
  scheduler->at(scheduler->now() + 1h, [held = std::move(held)] { FAIL(); });
  EXPECT_FALSE(weak.expired());
  scheduler->stop();
  EXPECT_TRUE(weak.expired());
  scheduler->at(scheduler->now(), [] { FAIL(); });
  scheduler->stop();
}

}  // namespace
}  // namespace cdss::fhir_client
