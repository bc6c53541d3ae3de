#include "core/record/scheduler.hpp"

#include <future>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

namespace cdss::record {
namespace {

using namespace std::chrono_literals;

TEST(Scheduler, RunsTasksInTheOrderOfTheirTimes) {
  const auto scheduler = Scheduler::start();
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

TEST(Scheduler, RunsWhatATaskGivesIt) {
  const auto scheduler = Scheduler::start();
  std::promise<void> ran;
  scheduler->at(scheduler->now(),
                [&] { scheduler->at(scheduler->now(), [&] { ran.set_value(); }); });
  EXPECT_EQ(ran.get_future().wait_for(10s), std::future_status::ready);
}

TEST(Scheduler, DestroysUnrunWhatItIsStoppedBefore) {
  const auto scheduler = Scheduler::start();
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
}  // namespace cdss::record
