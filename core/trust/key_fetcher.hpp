#pragma once

#include <functional>
#include <string>

#include "core/base/result.hpp"

namespace cdss::trust {

/// Where a client publishes its keys.
struct KeyAddress {
  std::string url;                ///< exactly as the profile lists it
  bool http_on_loopback = false;  ///< whether it may be plain HTTP on this machine: development

  friend auto operator<=>(const KeyAddress&, const KeyAddress&) = default;
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

}  // namespace cdss::trust
