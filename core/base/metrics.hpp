#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/log.hpp"

namespace cdss {

/// A number that only grows. Thread-safe.
class Counter {
 public:
  void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
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
  std::uint64_t count() const;

 private:
  friend class Metrics;
  std::atomic<std::uint64_t> buckets_[kBuckets]{};
  std::atomic<std::uint64_t> sum_{0};  // microseconds
};

/// All counters and histograms of the process. Names are literals and labels are configured names,
/// so no patient data can enter. Thread-safe; a reference stays valid as long as the registry.
class Metrics {
 public:
  /// The counter `name` for one value of one label, made at first use.
  Counter& counter(Label name, Label label = "", Label value = "");
  Histogram& histogram(Label name, Label label = "", Label value = "");

  /// Everything in the Prometheus text format 0.0.4, sorted by name.
  std::string text() const;

 private:
  mutable std::mutex mutex_;  // guards the maps; the numbers inside are atomic
  std::map<std::string, std::map<std::string, std::unique_ptr<Counter>>> counters_;
  std::map<std::string, std::map<std::string, std::unique_ptr<Histogram>>> histograms_;
};

}  // namespace cdss
