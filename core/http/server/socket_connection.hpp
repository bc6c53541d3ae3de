#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>

#include "core/http/server/connection.hpp"
#include "core/http/server/tls.hpp"

namespace cdss::http {

namespace asio = boost::asio;
using Strand = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Strand>;
using boost::system::error_code;

/// What a connection does in the same way with and without TLS. Asio sends with MSG_NOSIGNAL, below
/// TLS too, so a client that has gone raises no SIGPIPE.
template <class Stream>
class SocketConnection : public Connection {
 public:
  template <class... StreamArguments>
  explicit SocketConnection(Shared& shared, StreamArguments&&... arguments)
      : Connection{shared}, stream_{std::forward<StreamArguments>(arguments)...} {}

  void post(std::function<void()> work) final {
    asio::post(stream_.get_executor(),
               [self = shared_from_this(), work = std::move(work)] { work(); });
  }
  bool on_strand() const final {
    return const_cast<Stream&>(stream_).get_executor().running_in_this_thread();
  }

 protected:
  Socket& socket() { return static_cast<Socket&>(stream_.lowest_layer()); }

  void read(char* into, std::size_t most) final {
    stream_.async_read_some(asio::buffer(into, most),
                            [this, self = shared_from_this()](error_code error, std::size_t bytes) {
                              on_read(!error, bytes);
                            });
  }
  void read_to_discard(char* into, std::size_t most) final {
    socket().async_read_some(
        asio::buffer(into, most),
        [this, self = shared_from_this()](error_code error, std::size_t) { on_discarded(!error); });
  }
  void write(std::string_view head, std::string_view body) override {
    const std::array buffers{asio::buffer(head), asio::buffer(body)};
    asio::async_write(
        stream_, buffers,
        [this, self = shared_from_this()](error_code error, std::size_t) { on_written(!error); });
  }
  void cut() final {
    error_code ignored;
    socket().close(ignored);
  }

  void end_socket() {
    error_code ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
    on_ended();
  }

  Stream stream_;
};

class PlainConnection final : public SocketConnection<Socket> {
 public:
  using SocketConnection::SocketConnection;

 protected:
  void handshake() override { on_handshake(true); }
  void end_writing() override { end_socket(); }
};

class TlsConnection final : public SocketConnection<asio::ssl::stream<Socket>> {
 public:
  using SocketConnection::SocketConnection;

 protected:
  void handshake() override {
    stream_.async_handshake(
        asio::ssl::stream_base::server,
        [this, self = shared_from_this()](error_code error) { on_handshake(!error); });
  }
  void write(std::string_view head, std::string_view body) override {
    if (head.size() + body.size() > kOneRecord) {
      SocketConnection::write(head, body);
      return;
    }
    // One record and one call instead of two of each.
    joined_.assign(head).append(body);
    SocketConnection::write(joined_, {});
  }
  std::optional<ClientCertificate> client_certificate() const override {
    return client_certificate_of(*const_cast<TlsConnection*>(this)->stream_.native_handle());
  }
  /// Ends when the client has answered the closing alert, or failed to.
  void end_writing() override {
    stream_.async_shutdown([this, self = shared_from_this()](error_code) { end_socket(); });
  }

 private:
  static constexpr std::size_t kOneRecord = std::size_t{16} << 10U;
  std::string joined_;
};

}  // namespace cdss::http
