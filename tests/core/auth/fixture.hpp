#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <new>
#include <sstream>
#include <string>
#include <vector>

#include "core/auth/key_cache.hpp"
#include "core/auth/key_fetcher.hpp"
#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"

namespace cdss::auth {

/// A time of day that a test moves.
class HandClock : public Clock {
 public:
  explicit HandClock(std::int64_t seconds) : seconds_{seconds} {}
  std::chrono::system_clock::time_point now() const override {
    return std::chrono::system_clock::time_point{std::chrono::seconds{seconds_.load()}};
  }
  std::chrono::sys_days today() const override {
    return std::chrono::floor<std::chrono::days>(now());
  }
  void advance(std::int64_t seconds) { seconds_ += seconds; }
  std::int64_t seconds() const { return seconds_; }

 private:
  std::atomic<std::int64_t> seconds_;
};

/// Answers fetches from a table and counts them; an address that is not in it fails. When `held`,
/// it answers when the test says so.
class CountingFetcher : public KeyFetcher {
 public:
  void fetch(const KeyAddress& address, Done done) override {
    asked.push_back(address.url);
    if (throws) {
      throw std::bad_alloc{};
    }
    if (held) {
      waiting.emplace_back(address.url, std::move(done));
      return;
    }
    done(answer(address.url));
  }

  void release() {
    auto now = std::move(waiting);
    waiting.clear();
    for (auto& [url, done] : now) {
      done(answer(url));
    }
  }

  Result<std::string> answer(const std::string& url) const {
    const auto found = sets.find(url);
    if (found == sets.end()) {
      return Error{Errc::unavailable, {}, "could not be reached"};
    }
    return found->second;
  }

  std::map<std::string, std::string> sets;
  std::vector<std::string> asked;
  bool held = false;
  bool throws = false;
  std::vector<std::pair<std::string, Done>> waiting;
};

/// A log and metrics that a test can read.
struct Records {
  explicit Records(const Clock& clock) : log{text, clock} {}
  std::ostringstream text;
  Log log;
  Metrics metrics;
};

}  // namespace cdss::auth
