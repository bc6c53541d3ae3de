#include "core/auth/workers.hpp"

#include <future>
#include <new>

#include <gtest/gtest.h>

#include "tests/core/auth/fixture.hpp"

namespace cdss::auth {
namespace {

TEST(Workers, GoOnAfterATaskThatThrows) {
  const HandClock clock{1'700'000'000};
  Records records{clock};
  Workers workers{1, 8, records.log};
  ASSERT_EQ(workers.submit([] { throw std::bad_alloc{}; }), Workers::Submitted::queued);
  std::promise<void> ran;
  ASSERT_EQ(workers.submit([&] { ran.set_value(); }), Workers::Submitted::queued);
  ran.get_future().wait();
  workers.stop();
  EXPECT_NE(records.text.str().find(R"("event":"task_failed")"), std::string::npos);
}

TEST(Workers, TakeNoMoreThanMayWaitAndNothingOnceStopped) {
  const HandClock clock{1'700'000'000};
  Records records{clock};
  Workers workers{1, 1, records.log};
  std::promise<void> started;
  std::promise<void> release;
  ASSERT_EQ(workers.submit([&] {
    started.set_value();
    release.get_future().wait();
  }),
            Workers::Submitted::queued);
  started.get_future().wait();
  EXPECT_EQ(workers.submit([] {}), Workers::Submitted::queued);
  EXPECT_EQ(workers.submit([] {}), Workers::Submitted::full);
  release.set_value();
  workers.stop();
  EXPECT_EQ(workers.submit([] {}), Workers::Submitted::stopped);
}

}  // namespace
}  // namespace cdss::auth
