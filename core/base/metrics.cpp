#include "core/base/metrics.hpp"

#include <algorithm>
#include <iterator>

namespace cdss {
namespace {

/// `label="value"` as it stands between the braces; empty when there is no label.
std::string label_pair(const Metric& metric, std::string_view value) {
  if (metric.label.empty()) {
    return {};
  }
  std::string text{metric.label};
  text += "=\"";
  for (const char c : value) {
    if (c == '"' || c == '\\' || c == '\n') {
      text += '\\';
    }
    text += c == '\n' ? 'n' : c;
  }
  return text + '"';
}

/// Exact, since a sum must still show single microseconds after weeks.
std::string seconds(std::uint64_t microseconds) {
  constexpr std::uint64_t kPerSecond = 1'000'000;
  std::string text = std::to_string(microseconds / kPerSecond);
  if (const std::uint64_t rest = microseconds % kPerSecond; rest != 0) {
    const std::string digits = std::to_string(kPerSecond + rest).substr(1);
    text += '.' + digits.substr(0, digits.find_last_not_of('0') + 1);
  }
  return text;
}

std::string braced(const std::string& labels) {
  return labels.empty() ? labels : '{' + labels + '}';
}

void append_head(std::string& out, const Metric& metric) {
  const std::string name{metric.name};
  constexpr const char* kTypes[] = {"counter", "gauge", "histogram"};  // as MetricType
  out += "# HELP " + name + ' ' + std::string{metric.help} + "\n# TYPE " + name + ' ' +
         kTypes[static_cast<std::size_t>(metric.type)] + '\n';
}

}  // namespace

void Histogram::observe(std::chrono::microseconds took) {
  const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0));
  const auto bucket = std::ranges::lower_bound(kBounds, us) - std::begin(kBounds);
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(us, std::memory_order_relaxed);
}

void Histogram::append_to(std::string& out, const std::string& name,
                          const std::string& labels) const {
  const std::string prefix = labels.empty() ? "" : labels + ',';
  std::uint64_t so_far = 0;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    so_far += buckets_[i].load(std::memory_order_relaxed);
    const std::string bound = i < std::size(kBounds) ? seconds(kBounds[i]) : "+Inf";
    out.append(name).append("_bucket{").append(prefix).append("le=\"").append(bound);
    out.append("\"} ").append(std::to_string(so_far)) += '\n';
  }
  out +=
      name + "_sum" + braced(labels) + ' ' + seconds(sum_.load(std::memory_order_relaxed)) + '\n';
  out += name + "_count" + braced(labels) + ' ' + std::to_string(so_far) + '\n';
}

template <class T>
T& Metrics::at(Series<T>& all, std::size_t metric, Label value) {
  const std::lock_guard lock{mutex_};
  return all[metric].try_emplace(std::string{value.text()}).first->second;
}

Counter& Metrics::counter(MetricName<MetricType::counter, false> name) {
  return at(counters_, name.index(), "");
}

Counter& Metrics::counter(MetricName<MetricType::counter, true> name, Label value) {
  return at(counters_, name.index(), value);
}

Gauge& Metrics::gauge(MetricName<MetricType::gauge, true> name, Label value) {
  return at(gauges_, name.index(), value);
}

Histogram& Metrics::histogram(MetricName<MetricType::histogram, false> name) {
  return at(histograms_, name.index(), "");
}

Histogram& Metrics::histogram(MetricName<MetricType::histogram, true> name, Label value) {
  return at(histograms_, name.index(), value);
}

std::string Metrics::text() const {
  const std::lock_guard lock{mutex_};
  std::string out;
  for (std::size_t i = 0; i < kMetrics.size(); ++i) {
    if (counters_[i].empty() && gauges_[i].empty() && histograms_[i].empty()) {
      continue;
    }
    const std::string name{kMetrics[i].name};
    append_head(out, kMetrics[i]);
    const auto append_numbers = [&](const auto& numbers) {
      for (const auto& [value, number] : numbers) {
        out += name + braced(label_pair(kMetrics[i], value)) + ' ' +
               std::to_string(number.value()) + '\n';
      }
    };
    append_numbers(counters_[i]);
    append_numbers(gauges_[i]);
    for (const auto& [value, histogram] : histograms_[i]) {
      histogram.append_to(out, name, label_pair(kMetrics[i], value));
    }
  }
  return out;
}

}  // namespace cdss
