#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>

#include "core/base/result.hpp"
#include "core/http/budget.hpp"
#include "core/http/client_pool.hpp"
#include "core/http/url.hpp"

namespace cdss::http {

/// Addresses of one host, each of a kind that may be connected to.
using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

/// Looks host names up, each once, and keeps the addresses that an origin's permissions allow. Asks
/// the system in threads of its own, since it blocks: one name service that hangs must not hold up
/// the other names.
class ClientResolver {
 public:
  /// On the thread of `io`. Errors: Errc::unavailable when the name is not known; Errc::unsupported
  /// when none of its addresses is permitted.
  using Done = std::function<void(Result<Endpoints>)>;

  explicit ClientResolver(boost::asio::io_context& io) : io_{io} {}
  /// Waits for names that are being looked up.
  ~ClientResolver();
  ClientResolver(const ClientResolver&) = delete;
  ClientResolver& operator=(const ClientResolver&) = delete;

  /// @param asker  who waits; once it has gone nothing is looked up, and `done` is not called.
  /// @param room   held until the system has answered, so that as many wait as may connect.
  void resolve(const Url& url, const Origin& origin, const std::weak_ptr<void>& asker,
               std::shared_ptr<Lease> room, Done done);

 private:
  static constexpr std::size_t kThreads = 4;

  boost::asio::io_context& io_;
  boost::asio::thread_pool threads_{kThreads};
};

}  // namespace cdss::http
