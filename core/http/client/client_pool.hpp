#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <utility>

#include <openssl/ssl.h>

#include "core/http/common/budget.hpp"

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

/// What lets a handshake be shortened: the server proves that it is the one whose certificate was
/// good before. May be null.
using TlsSession = std::shared_ptr<SSL_SESSION>;

/// The connections of a client: those that wait to be used again, how many there are in all, and
/// what is remembered of those that have gone. Not thread-safe.
class ClientPool {
 public:
  static constexpr std::size_t kIdlePerOrigin = 8;
  static constexpr std::size_t kIdle = 64;
  static constexpr std::size_t kSessions = 64;
  static constexpr std::chrono::minutes kOldestSession{10};

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

  /// Keeps the session of a connection to `origin` for later ones; nothing when it is null.
  void remember(const Origin& origin, TlsSession session);
  /// The last session with `origin`; null when there is none, or it is too old: a certificate is
  /// looked at again from time to time.
  TlsSession session(const Origin& origin);

 private:
  struct CachedSession {
    Origin origin;
    TlsSession session;
    std::chrono::steady_clock::time_point since;
  };

  struct IdleConnection {
    Origin origin;
    std::shared_ptr<ClientConnection> connection;
  };

  void forget_closed();
  void drop(std::list<IdleConnection>::iterator which);

  Budget& open_;
  const std::chrono::milliseconds longest_idle_;
  std::list<IdleConnection> idle_;     // the longest idle first
  std::list<CachedSession> sessions_;  // the oldest first
};

}  // namespace cdss::http
