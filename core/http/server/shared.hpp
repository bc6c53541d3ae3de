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
  Metrics& metrics;

  Counter& opened = metrics.counter("http_connections_opened_total");
  Counter& closed = metrics.counter("http_connections_closed_total");
  Counter& refused = metrics.counter("http_connections_refused_total");
  Counter& header_timeouts = metrics.counter("http_timeouts_total", "header");
  Counter& body_timeouts = metrics.counter("http_timeouts_total", "body");
  Counter& idle_timeouts = metrics.counter("http_timeouts_total", "idle");
  Counter& handler_timeouts = metrics.counter("http_timeouts_total", "handler");
  Counter& write_timeouts = metrics.counter("http_timeouts_total", "write");
  Counter& bytes_received = metrics.counter("http_bytes_received_total");
  Counter& bytes_sent = metrics.counter("http_bytes_sent_total");
  Histogram& duration = metrics.histogram("http_request_duration_seconds");
  std::array<Counter*, 4> by_class{&metrics.counter("http_responses_total", "2xx"),
                                   &metrics.counter("http_responses_total", "3xx"),
                                   &metrics.counter("http_responses_total", "4xx"),
                                   &metrics.counter("http_responses_total", "5xx")};

  /// @param status  200 to 599
  Counter& responses(int status) { return *by_class[static_cast<std::size_t>(status / 100 - 2)]; }
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
  const Settings settings;
  const Handler handler;
  const ErrorBody error_body;
  Log& log;
  Metrics& metrics;
  Counters counters{metrics};
  Budget budget{settings.bytes_in_flight};
  Registry registry = {};
  std::atomic<bool> draining{false};
};

}  // namespace cdss::http
