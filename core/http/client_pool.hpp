#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <utility>

#include "core/http/budget.hpp"

namespace cdss::http {

class ClientConnection;

/// Where a connection leads, and by which permission it was made: who may not go to this machine is
/// never handed a connection of one who may.
struct Origin {
  bool tls = true;
  std::string host;  ///< in lower case
  std::uint16_t port = 443;
  bool loopback = false;
  bool private_network = false;

  bool operator==(const Origin&) const = default;
};

/// The connections of a client: those that wait to be used again, and how many there are in all.
/// Not thread-safe.
class ClientPool {
 public:
  static constexpr std::size_t kIdlePerOrigin = 8;
  static constexpr std::size_t kIdle = 64;

  /// @param open          how many connections there may be, idle ones too; borrowed.
  /// @param longest_idle  how long one waits to be used again.
  ClientPool(Budget& open, std::chrono::milliseconds longest_idle)
      : open_{open}, longest_idle_{longest_idle} {}

  /// The idle connection to `origin` that was used last; null when there is none.
  std::shared_ptr<ClientConnection> take(const Origin& origin);

  /// Keeps a connection for later; the one that has been idle longest goes when there are too many.
  void give(const Origin& origin, std::shared_ptr<ClientConnection> connection);

  /// Room for one more connection, an idle one being closed for it if need be; null when there is
  /// none. It is given back when the Lease goes.
  std::shared_ptr<Lease> room();

 private:
  struct Idle {
    Origin origin;
    std::shared_ptr<ClientConnection> connection;
  };

  void forget_closed();
  void drop(std::list<Idle>::iterator which);

  Budget& open_;
  const std::chrono::milliseconds longest_idle_;
  std::list<Idle> idle_;  // the longest idle first
};

}  // namespace cdss::http
