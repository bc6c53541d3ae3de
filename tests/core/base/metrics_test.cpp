#include "core/base/metrics.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cdss {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(Metrics, AreWrittenSortedInThePrometheusTextFormat) {
  Metrics metrics;
  metrics.counter("z_total").add();
  metrics.counter("cdss_calls_total", "service", Label::configured("hip-replacement")).add(3);
  metrics.counter("cdss_calls_total", "service", "a").add();
  EXPECT_EQ(metrics.text(),
            "# TYPE cdss_calls_total counter\n"
            "cdss_calls_total{service=\"a\"} 1\n"
            "cdss_calls_total{service=\"hip-replacement\"} 3\n"
            "# TYPE z_total counter\n"
            "z_total 1\n");
}

TEST(Metrics, GiveTheSameCounterForTheSameName) {
  Metrics metrics;
  Counter& first = metrics.counter("calls", "service", "a");
  metrics.counter("calls", "service", "b").add(5);
  EXPECT_EQ(&first, &metrics.counter("calls", "service", "a"));
  first.add();
  EXPECT_EQ(first.value(), 1U);
}

TEST(Metrics, EscapeLabelValues) {
  Metrics metrics;
  metrics.counter("calls", "service", Label::configured("a\"b\\c\nd")).add();
  EXPECT_THAT(metrics.text(), HasSubstr("calls{service=\"a\\\"b\\\\c\\nd\"} 1\n"));
}

TEST(Metrics, CountEachObservationUpToItsBound) {
  Metrics metrics;
  Histogram& took = metrics.histogram("took_seconds", "service", "a");
  took.observe(100us);  // bounds are inclusive
  took.observe(101us);
  took.observe(6s);
  took.observe(-1us);  // a clock that stepped back counts as nothing
  EXPECT_EQ(took.count(), 4U);
  const std::string text = metrics.text();
  EXPECT_THAT(text, HasSubstr("# TYPE took_seconds histogram\n"));
  EXPECT_THAT(text, HasSubstr("took_seconds_bucket{service=\"a\",le=\"0.0001\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("took_seconds_bucket{service=\"a\",le=\"0.00025\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("took_seconds_bucket{service=\"a\",le=\"5\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("took_seconds_bucket{service=\"a\",le=\"+Inf\"} 4\n"));
  EXPECT_THAT(text, HasSubstr("took_seconds_sum{service=\"a\"} 6.000201\n"));
  EXPECT_THAT(text, HasSubstr("took_seconds_count{service=\"a\"} 4\n"));
}

TEST(Metrics, SumWithoutLosingMicrosecondsInALongLife) {
  Metrics metrics;
  metrics.histogram("took_seconds").observe(12345678s);
  metrics.histogram("took_seconds").observe(1us);
  EXPECT_THAT(metrics.text(), HasSubstr("took_seconds_sum 12345678.000001\n"));
}

TEST(Metrics, CountFromSeveralThreads) {
  Metrics metrics;
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&metrics] {
      for (int i = 0; i < 1000; ++i) {
        metrics.counter("calls").add();
        metrics.histogram("took").observe(1ms);
      }
    });
  }
  threads.clear();
  EXPECT_EQ(metrics.counter("calls").value(), 4000U);
  EXPECT_EQ(metrics.histogram("took").count(), 4000U);
}

}  // namespace
}  // namespace cdss
