#pragma once

#include <functional>
#include <string>
#include <tuple>

#include "core/base/errors/result.hpp"

namespace cdss::auth {

/// Where a client publishes its keys.
struct KeyAddress {
  std::string url;                ///< exactly as the profile lists it
  bool http_on_loopback = false;  ///< whether it may be plain HTTP on this machine: development

  friend bool operator<(const KeyAddress& a, const KeyAddress& b) {
    return std::tie(a.url, a.http_on_loopback) < std::tie(b.url, b.http_on_loopback);
  }
};

/// Fetches key sets. Thread-safe.
class KeyFetcher {
 public:
  /// Takes the bytes of a set, or why there are none.
  using Done = std::function<void(Result<std::string>)>;

  virtual ~KeyFetcher() = default;

  /// Fetches, without blocking, and calls `done` once: from any thread, perhaps before this
  /// returns.
  virtual void fetch(const KeyAddress& address, Done done) = 0;
};

}  // namespace cdss::auth
