#pragma once

#include <functional>
#include <list>
#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "core/base/errors/result.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/base/thread_pool.hpp"
#include "core/base/url.hpp"
#include "core/http/client/client_pool.hpp"

namespace cdss::http {

/// Addresses of one host, each of a kind that may be connected to.
using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

/// Looks host names up and keeps the addresses that an origin's permissions allow. Asks the system
/// in threads of its own, since it blocks, and about one origin once at a time, whoever waits for
/// it: a name service that hangs holds up few names. For the client's thread.
class ClientResolver {
 public:
  /// On the thread of `io`. Errors: Errc::unavailable when the name is not known; Errc::unsupported
  /// when none of its addresses is permitted.
  using Done = std::function<void(const Result<Endpoints>&)>;

  ClientResolver(boost::asio::io_context& io, Log& log, Metrics& metrics)
      : io_{io}, threads_{{.name = "names", .threads = kThreads}, log, metrics} {}
  /// Waits for names that are being looked up.
  ~ClientResolver() = default;
  ClientResolver(const ClientResolver&) = delete;
  ClientResolver& operator=(const ClientResolver&) = delete;

  /// @param asker  who waits; `done` is not called once it has gone.
  void resolve(Url::HostKind kind, const Origin& origin, std::weak_ptr<void> asker, Done done);

 private:
  static constexpr unsigned kThreads = 4;

  struct WaitingCall {
    std::weak_ptr<void> asker;
    Done done;
  };
  struct Lookup {
    Origin origin;
    std::vector<WaitingCall> waiting;
  };

  void look_up(const Origin& origin);
  void found(const Origin& origin, const Result<Endpoints>& endpoints);

  boost::asio::io_context& io_;
  std::list<Lookup> lookups_;  // under way
  ThreadPool threads_;         // the last: its tasks use the others
};

}  // namespace cdss::http
