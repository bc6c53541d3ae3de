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

/// Leads from a Respond to its connection, which may be closed already. Thread-safe.
class ConnectionHandle {
 public:
  explicit ConnectionHandle(Connection* connection) : connection_{connection} {}

  /// Runs `work` with the connection on its strand; nothing when the connection is gone.
  void reach(std::function<void(Connection&)> work);

  /// After this nothing reaches the connection.
  void detach();

 private:
  std::mutex mutex_;
  Connection* connection_;  // guarded by mutex_; the registry owns it until it detaches its handle
};

/// Makes sure that one request is answered once: when it is destroyed unused, which is a defect,
/// the client gets an answer all the same. Thread-safe.
class ResponseGuard {
 public:
  ResponseGuard(std::shared_ptr<ConnectionHandle> connection_handle, std::uint64_t serial)
      : connection_handle_{std::move(connection_handle)}, serial_{serial} {}
  ResponseGuard(const ResponseGuard&) = delete;
  ResponseGuard& operator=(const ResponseGuard&) = delete;
  ~ResponseGuard();

  void answer(Response response);

 private:
  const std::shared_ptr<ConnectionHandle> connection_handle_;
  const std::uint64_t serial_;
  std::atomic<bool> answered_{false};
};

}  // namespace cdss::http
