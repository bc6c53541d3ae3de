#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "core/http/server/response.hpp"

namespace cdss::http {

class Connection;

/// The way from a Respond to its connection, which may be gone. Thread-safe.
class Link {
 public:
  explicit Link(Connection* connection) : connection_{connection} {}

  /// Runs `work` with the connection on its strand; nothing when the connection is gone.
  void reach(std::function<void(Connection&)> work);

  /// After this nothing reaches the connection.
  void sever();

 private:
  std::mutex mutex_;
  Connection* connection_;  // guarded by mutex_; the registry owns it until it severs its link
};

/// One chance to answer one request. Whoever drops it uncalled has a defect, and the client is
/// told. Thread-safe.
class OneAnswer {
 public:
  OneAnswer(std::shared_ptr<Link> link, std::uint64_t serial)
      : link_{std::move(link)}, serial_{serial} {}
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;
  ~OneAnswer();

  void answer(Response response);

 private:
  const std::shared_ptr<Link> link_;
  const std::uint64_t serial_;
  std::atomic<bool> answered_{false};
};

}  // namespace cdss::http
