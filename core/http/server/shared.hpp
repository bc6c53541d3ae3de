#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/http/common/budget.hpp"
#include "core/http/server/server.hpp"

namespace cdss::http {

class Connection;

/// The counters of a server, looked up once.
struct Counters {
  explicit Counters(Metrics& metrics);

  /// @param status  200 to 599
  Counter& responses(int status) { return *by_class[static_cast<std::size_t>(status / 100 - 2)]; }

  std::array<Counter*, 4> by_class;
  Counter& opened;
  Counter& closed;
  Counter& refused;
  Counter& header_timeouts;
  Counter& body_timeouts;
  Counter& idle_timeouts;
  Counter& handler_timeouts;
  Counter& write_timeouts;
  Counter& bytes_received;
  Counter& bytes_sent;
  Histogram& duration;
};

/// The open connections. It owns them until they close. Thread-safe.
class Registry {
 public:
  void add(const std::shared_ptr<Connection>& connection);
  void remove(Connection* connection);
  std::size_t size() const;
  std::vector<std::shared_ptr<Connection>> all() const;
  /// Those whose deadline has passed.
  std::vector<std::shared_ptr<Connection>> late(std::chrono::steady_clock::time_point now) const;

  /// Waits until there are none, at most until `latest`. True when there are none.
  bool wait_until_empty(std::chrono::steady_clock::time_point latest) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable emptied_;
  std::unordered_map<Connection*, std::shared_ptr<Connection>> connections_;  // guarded by mutex_
};

/// What the connections of one server share. Built before the threads, constant afterwards except
/// for members that are thread-safe themselves.
struct Shared {
  Shared(Settings settings_given, Handler handler_given, ErrorBody error_body_given, Log& log_given,
         Metrics& metrics_given)
      : settings{std::move(settings_given)},
        handler{std::move(handler_given)},
        error_body{std::move(error_body_given)},
        log{log_given},
        metrics{metrics_given},
        counters{metrics},
        budget{settings.bytes_in_flight} {}

  const Settings settings;
  const Handler handler;
  const ErrorBody error_body;
  Log& log;
  Metrics& metrics;
  Counters counters;
  Budget budget;
  Registry registry;
  std::atomic<bool> draining{false};
};

}  // namespace cdss::http
