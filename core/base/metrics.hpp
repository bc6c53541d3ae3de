#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "core/base/label.hpp"
#include "core/base/metric_table.hpp"

namespace cdss {

/// A number that only grows. Thread-safe.
class Counter {
 public:
  void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// A number that goes up and down. Thread-safe.
class Gauge {
 public:
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

/// How long things took, in fixed buckets from 100 us to 5 s. Thread-safe.
class Histogram {
 public:
  /// Upper bounds, inclusive, in microseconds; one more bucket holds the rest.
  static constexpr std::uint64_t kBounds[] = {100,     250,     500,       1'000,     2'500,
                                              5'000,   10'000,  25'000,    50'000,    100'000,
                                              250'000, 500'000, 1'000'000, 2'500'000, 5'000'000};
  static constexpr std::size_t kBuckets = std::size(kBounds) + 1;

  void observe(std::chrono::microseconds took);

 private:
  friend class Metrics;
  void append_to(std::string& out, const std::string& name, const std::string& labels) const;

  std::atomic<std::uint64_t> buckets_[kBuckets]{};
  std::atomic<std::uint64_t> sum_{0};  // microseconds
};

/// All counters, gauges and histograms of the process. Names are those of kMetrics and the values of labels
/// are literals and configured names, so no patient data can enter. Look a metric up once and keep
/// the reference, which stays valid as long as the registry. Thread-safe.
class Metrics {
 public:
  /// The counter `name`, made at first use: without label, or for one value of its label.
  Counter& counter(MetricName<MetricType::counter, false> name);
  Counter& counter(MetricName<MetricType::counter, true> name, Label value);
  /// The same for a gauge.
  Gauge& gauge(MetricName<MetricType::gauge, true> name, Label value);
  /// The same for a histogram.
  Histogram& histogram(MetricName<MetricType::histogram, false> name);
  Histogram& histogram(MetricName<MetricType::histogram, true> name, Label value);

  /// Everything that was made, in the Prometheus text format 0.0.4, sorted by name.
  std::string text() const;

 private:
  template <class T>
  using Series = std::array<std::map<std::string, T, std::less<>>, kMetrics.size()>;
  template <class T>
  T& at(Series<T>& all, std::size_t metric, Label value);

  mutable std::mutex mutex_;  // guards the maps; the numbers inside are atomic
  Series<Counter> counters_;  // as kMetrics, and by the value of the label
  Series<Gauge> gauges_;
  Series<Histogram> histograms_;
};

}  // namespace cdss
