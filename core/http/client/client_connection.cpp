#include "core/http/client/client_connection.hpp"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/write.hpp>

namespace cdss::http {

namespace asio = boost::asio;

ClientConnection::ClientConnection(asio::io_context& io, std::shared_ptr<Lease> room)
    : room_{std::move(room)}, stream_{Socket{io}}, idle_{io} {}

ClientConnection::Socket& ClientConnection::socket() {
  auto* const plain = std::get_if<Socket>(&stream_);
  return plain != nullptr ? *plain : std::get<TlsStream>(stream_).next_layer();
}

void ClientConnection::open(const Endpoints& endpoints, const Url& url, asio::ssl::context* tls,
                            TlsSession session, const std::weak_ptr<ConnectionUser>& user) {
  user_ = user;
  if (tls != nullptr) {
    Socket plain = std::move(std::get<Socket>(stream_));
    stream_.emplace<TlsStream>(std::move(plain), *tls);
  }
  asio::async_connect(socket(), endpoints,
                      [self = shared_from_this(), url, session = std::move(session)](
                          const error_code& error, const auto&) {
                        if (error || !std::holds_alternative<TlsStream>(self->stream_)) {
                          return self->opened(error, "could not be reached");
                        }
                        self->shake_hands(url, session);
                      });
}

void ClientConnection::shake_hands(const Url& url, const TlsSession& session) {
  if (!open_) {
    return;
  }
  auto& stream = std::get<TlsStream>(stream_);
  const std::string host{url.host()};
  stream.set_verify_callback(asio::ssl::host_name_verification{host});
  if (url.host_kind() == Url::HostKind::name) {
    SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
  }
  if (session) {
    SSL_set_session(stream.native_handle(), session.get());
  }
  stream.async_handshake(asio::ssl::stream_base::client,
                         [self = shared_from_this()](const error_code& error) {
                           self->opened(error, "is not trusted, or speaks no TLS 1.2");
                         });
}

void ClientConnection::opened(const error_code& error, const char* otherwise) {
  const auto user = user_.lock();
  if (!open_ || !user) {
    return close();
  }
  if (error) {
    close();
    return user->on_not_opened({Errc::unavailable, {}, otherwise});
  }
  error_code ignored;
  socket().set_option(asio::ip::tcp::no_delay{true}, ignored);
  read();
  user->on_opened();
}

TlsSession ClientConnection::session() {
  auto* const tls = std::get_if<TlsStream>(&stream_);
  if (tls == nullptr || SSL_session_reused(tls->native_handle()) == 1) {
    return nullptr;
  }
  TlsSession session{SSL_get1_session(tls->native_handle()), &SSL_SESSION_free};
  return session && SSL_SESSION_is_resumable(session.get()) == 1 ? session : nullptr;
}

void ClientConnection::serve(const std::weak_ptr<ConnectionUser>& user) {
  idle_.cancel();
  user_ = user;
}

void ClientConnection::rest(std::chrono::milliseconds longest) {
  user_.reset();
  idle_.expires_after(longest);
  idle_.async_wait([weak = weak_from_this()](const error_code& error) {
    const auto self = weak.lock();
    if (!error && self && self->user_.expired()) {
      self->retire();
    }
  });
}

void ClientConnection::send(std::shared_ptr<const SecretText> message) {
  const auto bytes = asio::buffer(message->view());
  auto sent = [self = shared_from_this(), message = std::move(message)](const error_code& error,
                                                                        std::size_t) mutable {
    message.reset();
    const auto user = self->user_.lock();
    // When it could not be written, the reading side knows why.
    if (!error && self->open_ && user) {
      user->on_sent();
    }
  };
  std::visit([&](auto& stream) { asio::async_write(stream, bytes, std::move(sent)); }, stream_);
}

void ClientConnection::read() {
  auto done = [self = shared_from_this()](const error_code& error, std::size_t bytes) {
    self->was_read(error, bytes);
  };
  std::visit([&](auto& stream) { stream.async_read_some(asio::buffer(buffer_), std::move(done)); },
             stream_);
}

void ClientConnection::was_read(const error_code& error, std::size_t bytes) {
  const auto user = user_.lock();
  if (!open_ || !user) {
    return close();
  }
  if (error) {
    close();
    return user->on_end(error == asio::error::eof);
  }
  user->on_bytes({buffer_.data(), bytes});
  if (open_) {
    read();
  }
}

void ClientConnection::forget_user() {
  idle_.cancel();
  user_.reset();
  room_.reset();
}

void ClientConnection::cut() {
  error_code ignored;
  socket().close(ignored);
}

void ClientConnection::close() {
  if (std::exchange(open_, false)) {
    forget_user();
    cut();
  }
}

void ClientConnection::retire() {
  auto* const tls = std::get_if<TlsStream>(&stream_);
  if (!open_ || tls == nullptr) {
    return close();
  }
  open_ = false;
  forget_user();
  constexpr std::chrono::seconds kFarewell{1};
  idle_.expires_after(kFarewell);
  idle_.async_wait([self = shared_from_this()](const error_code& error) {
    if (!error) {
      self->cut();
    }
  });
  tls->async_shutdown([self = shared_from_this()](const error_code&) {
    self->idle_.cancel();
    self->cut();
  });
}

}  // namespace cdss::http
