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

TEST(Metrics, AreWrittenByNameInThePrometheusTextFormat) {
  Metrics metrics;
  metrics.counter("http_connections_opened_total").add();
  metrics.counter("cdss_calls_total", Label::configured("hip-replacement")).add(3);
  metrics.counter("cdss_calls_total", "a").add();
  EXPECT_EQ(metrics.text(),
            "# HELP cdss_calls_total Calls of a service that were answered\n"
            "# TYPE cdss_calls_total counter\n"
            "cdss_calls_total{service=\"a\"} 1\n"
            "cdss_calls_total{service=\"hip-replacement\"} 3\n"
            "# HELP http_connections_opened_total Connections opened\n"
            "# TYPE http_connections_opened_total counter\n"
            "http_connections_opened_total 1\n");
}

TEST(Metrics, TellAGaugeAsItWasSetLast) {
  Metrics metrics;
  Gauge& left_out = metrics.gauge("cdss_plugin_left_out", Label::configured("hip-replacement"));
  left_out.set(1);
  EXPECT_THAT(metrics.text(), HasSubstr("# TYPE cdss_plugin_left_out gauge\n"
                                        "cdss_plugin_left_out{plugin=\"hip-replacement\"} 1\n"));
  left_out.set(0);
  EXPECT_THAT(metrics.text(), HasSubstr("cdss_plugin_left_out{plugin=\"hip-replacement\"} 0\n"));
  EXPECT_EQ(left_out.value(), 0);
}

TEST(Metrics, GiveTheSameCounterForTheSameName) {
  Metrics metrics;
  Counter& first = metrics.counter("cdss_calls_total", "a");
  metrics.counter("cdss_calls_total", "b").add(5);
  EXPECT_EQ(&first, &metrics.counter("cdss_calls_total", "a"));
  first.add();
  EXPECT_EQ(first.value(), 1U);
}

TEST(Metrics, EscapeLabelValues) {
  Metrics metrics;
  metrics.counter("cdss_calls_total", Label::configured("a\"b\\c\nd")).add();
  EXPECT_THAT(metrics.text(), HasSubstr("cdss_calls_total{service=\"a\\\"b\\\\c\\nd\"} 1\n"));
}

TEST(Metrics, CountEachObservationUpToItsBound) {
  Metrics metrics;
  Histogram& took = metrics.histogram("cdss_plugin_call_seconds", "a");
  took.observe(100us);  // bounds are inclusive
  took.observe(101us);
  took.observe(6s);
  took.observe(-1us);  // a clock that stepped back counts as nothing
  const std::string text = metrics.text();
  EXPECT_THAT(text, HasSubstr("# TYPE cdss_plugin_call_seconds histogram\n"));
  for (const char* const line : {
           "_bucket{plugin=\"a\",le=\"0.0001\"} 2\n",
           "_bucket{plugin=\"a\",le=\"0.00025\"} 3\n",
           "_bucket{plugin=\"a\",le=\"5\"} 3\n",
           "_bucket{plugin=\"a\",le=\"+Inf\"} 4\n",
           "_sum{plugin=\"a\"} 6.000201\n",
           "_count{plugin=\"a\"} 4\n",
       }) {
    EXPECT_THAT(text, HasSubstr("cdss_plugin_call_seconds" + std::string{line}));
  }
}

TEST(Metrics, SumWithoutLosingMicrosecondsInALongLife) {
  Metrics metrics;
  metrics.histogram("http_request_duration_seconds").observe(12345678s);
  metrics.histogram("http_request_duration_seconds").observe(1us);
  EXPECT_THAT(metrics.text(), HasSubstr("http_request_duration_seconds_sum 12345678.000001\n"));
}

TEST(Metrics, CountFromSeveralThreads) {
  Metrics metrics;
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&metrics] {
      for (int i = 0; i < 1000; ++i) {
        metrics.counter("http_bytes_sent_total").add();
        metrics.histogram("http_request_duration_seconds").observe(1ms);
      }
    });
  }
  threads.clear();
  EXPECT_EQ(metrics.counter("http_bytes_sent_total").value(), 4000U);
  EXPECT_THAT(metrics.text(), HasSubstr("http_request_duration_seconds_count 4000\n"));
}

TEST(Metrics, HaveNamesAndHelpThatPrometheusReads) {
  for (const Metric& metric : kMetrics) {
    SCOPED_TRACE(metric.name);
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz_";
    EXPECT_EQ(metric.name.find_first_not_of(kLetters), std::string_view::npos);
    EXPECT_EQ(metric.label.find_first_not_of(kLetters), std::string_view::npos);
    EXPECT_EQ(metric.name.ends_with("_total"), metric.type == MetricType::counter);
    EXPECT_EQ(metric.name.ends_with("_seconds"), metric.type == MetricType::histogram);
    EXPECT_FALSE(metric.help.empty());
    EXPECT_EQ(metric.help.find_first_of("\\\n"), std::string_view::npos);
    EXPECT_FALSE(metric.help.ends_with('.'));
  }
}

}  // namespace
}  // namespace cdss
