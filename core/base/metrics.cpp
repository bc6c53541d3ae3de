#include "core/base/metrics.hpp"

#include <algorithm>
#include <iterator>

namespace cdss {
namespace {

/// `name="value"` as it stands between the braces; empty when there is no label.
std::string label_pair(Label label, Label value) {
  if (label.text().empty()) {
    return {};
  }
  std::string text{label.text()};
  text += "=\"";
  for (const char c : value.text()) {
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

template <class T>
T& at(std::map<std::string, std::map<std::string, std::unique_ptr<T>>>& all, Label name,
      Label label, Label value) {
  auto& slot = all[std::string{name.text()}][label_pair(label, value)];
  if (!slot) {
    slot = std::make_unique<T>();
  }
  return *slot;
}

}  // namespace

void Histogram::observe(std::chrono::microseconds took) {
  const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0));
  const auto bucket = std::ranges::lower_bound(kBounds, us) - std::begin(kBounds);
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_.fetch_add(us, std::memory_order_relaxed);
}

std::uint64_t Histogram::count() const {
  std::uint64_t all = 0;
  for (const auto& bucket : buckets_) {
    all += bucket.load(std::memory_order_relaxed);
  }
  return all;
}

Counter& Metrics::counter(Label name, Label label, Label value) {
  const std::lock_guard lock{mutex_};
  return at(counters_, name, label, value);
}

Histogram& Metrics::histogram(Label name, Label label, Label value) {
  const std::lock_guard lock{mutex_};
  return at(histograms_, name, label, value);
}

std::string Metrics::text() const {
  const std::lock_guard lock{mutex_};
  std::string out;
  for (const auto& [name, series] : counters_) {
    out += "# TYPE " + name + " counter\n";
    for (const auto& [labels, counter] : series) {
      out += name + braced(labels) + ' ' + std::to_string(counter->value()) + '\n';
    }
  }
  for (const auto& [name, series] : histograms_) {
    out += "# TYPE " + name + " histogram\n";
    for (const auto& [labels, histogram] : series) {
      const std::string prefix = labels.empty() ? "" : labels + ',';
      std::uint64_t so_far = 0;
      for (std::size_t i = 0; i < Histogram::kBuckets; ++i) {
        so_far += histogram->buckets_[i].load(std::memory_order_relaxed);
        const std::string bound =
            i < std::size(Histogram::kBounds) ? seconds(Histogram::kBounds[i]) : "+Inf";
        out.append(name).append("_bucket{").append(prefix).append("le=\"").append(bound);
        out.append("\"} ").append(std::to_string(so_far)) += '\n';
      }
      out += name + "_sum" + braced(labels) + ' ' +
             seconds(histogram->sum_.load(std::memory_order_relaxed)) + '\n';
      out += name + "_count" + braced(labels) + ' ' + std::to_string(so_far) + '\n';
    }
  }
  return out;
}

}  // namespace cdss
