#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <string_view>
#include <variant>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/http/client/client_request.hpp"
#include "core/http/client/client_resolver.hpp"
#include "core/http/common/budget.hpp"

namespace cdss::http {

/// Whoever uses a connection just now.
class ConnectionUser {
 public:
  virtual void on_opened() = 0;
  virtual void on_not_opened(Error error) = 0;
  virtual void on_sent() = 0;
  virtual void on_bytes(std::string_view bytes) = 0;
  /// @param clean  the other side said that it was done; under TLS in a way nobody can forge.
  virtual void on_end(bool clean) = 0;

 protected:
  ~ConnectionUser() = default;
};

/// One connection of a client. It always reads, so that it notices at once when an idle one is
/// closed, or says what nobody asked. Lives as long as something of it runs, all of it on the
/// client's thread.
class ClientConnection : public std::enable_shared_from_this<ClientConnection> {
 public:
  ClientConnection(boost::asio::io_context& io, std::shared_ptr<Lease> room);

  /// Connects to one of `endpoints`, by TLS if `tls` is there: the certificate must name the host.
  /// @param session  of an earlier connection to the same host, or null.
  void open(const Endpoints& endpoints, const Url& url, boost::asio::ssl::context* tls,
            TlsSession session, const std::weak_ptr<ConnectionUser>& user);

  /// What can be resumed, of a whole handshake; once bytes have come, since TLS 1.3 sends it late.
  /// Null when nothing can.
  TlsSession session();

  /// Hands the connection to the next user.
  void serve(const std::weak_ptr<ConnectionUser>& user);

  /// Nobody uses it: it closes when a byte comes, when its end comes, and after `longest`.
  void rest(std::chrono::milliseconds longest);

  void send(std::shared_ptr<const SecretText> message);

  /// Closes at once. Nothing is called afterwards.
  void close();
  /// Closes what went well: under TLS the other side is told first. Nothing is called afterwards.
  /// Source: RFC 9112, section 9.8.
  void retire();
  bool is_open() const { return open_; }

 private:
  using Socket = boost::asio::ip::tcp::socket;
  using TlsStream = boost::asio::ssl::stream<Socket>;
  using error_code = boost::system::error_code;

  Socket& socket();
  void shake_hands(const Url& url, const TlsSession& session);
  void opened(const error_code& error, const char* otherwise);
  void read();
  void forget_user();
  void cut();
  void was_read(const error_code& error, std::size_t bytes);

  std::shared_ptr<Lease> room_;
  std::variant<Socket, TlsStream> stream_;
  boost::asio::steady_timer idle_;
  std::weak_ptr<ConnectionUser> user_;
  bool open_ = true;  // as far as we know
  std::array<char, std::size_t{16} << 10U> buffer_;
};

}  // namespace cdss::http
