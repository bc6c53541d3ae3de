#include "tests/core/http/scripted_server.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <unistd.h>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

namespace cdss::http::test {
namespace {

constexpr std::string_view kHeaderEnd = "\r\n\r\n";

/// Of an IPv4 or IPv6 address.
in_port_t& port_of(sockaddr_storage& address) {
  return address.ss_family == AF_INET ? reinterpret_cast<sockaddr_in&>(address).sin_port
                                      : reinterpret_cast<sockaddr_in6&>(address).sin6_port;
}

sockaddr_storage local_address(int socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  return address;
}

/// Binds a new socket to an address; -1 when that cannot be.
int bound(const sockaddr_storage& address) {
  const int socket = ::socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;  // connections of an earlier server may linger on the same port
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(socket);
    return -1;
  }
  return socket;
}

std::size_t body_length(std::string_view header) {
  constexpr std::string_view kName = "\r\nContent-Length: ";
  const auto at = header.find(kName);
  std::size_t length = 0;
  if (at != std::string_view::npos) {
    const std::string_view digits = header.substr(at + kName.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), length);
  }
  return length;
}

}  // namespace

std::string ScriptedServer::Peer::receive() {
  std::size_t header = buffer_.find(kHeaderEnd);
  while (header == std::string::npos) {
    if (!read_more()) {
      return {};
    }
    header = buffer_.find(kHeaderEnd);
  }
  header += kHeaderEnd.size();
  const std::size_t length = header + body_length(std::string_view{buffer_}.substr(0, header));
  while (buffer_.size() < length) {
    if (!read_more()) {
      return {};
    }
  }
  std::string request = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return request;
}

bool ScriptedServer::Peer::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void ScriptedServer::Peer::drip(std::string_view piece) const {
  do {
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  } while (send(piece));
}

void ScriptedServer::Peer::hang() {
  while (read_more()) {
  }
}

std::string ScriptedServer::Peer::server_name() const {
  const char* const name = SSL_get_servername(tls_.get(), TLSEXT_NAMETYPE_host_name);
  return name != nullptr ? name : "";
}

void ScriptedServer::Peer::hang_below_tls() const {
  char byte = 0;
  while (::recv(socket_, &byte, 1, 0) > 0) {
  }
}

bool ScriptedServer::Peer::start_tls() {
  tls_.reset(SSL_new(server_.tls_.get()));
  SSL_set_fd(tls_.get(), socket_);
  return SSL_accept(tls_.get()) == 1;
}

bool ScriptedServer::Peer::read_more() {
  char bytes[4096];
  const auto length =
      tls_ ? SSL_read(tls_.get(), bytes, sizeof bytes) : ::recv(socket_, bytes, sizeof bytes, 0);
  if (length <= 0) {
    return false;
  }
  buffer_.append(bytes, static_cast<std::size_t>(length));
  const std::lock_guard lock{server_.mutex_};
  server_.received_.append(bytes, static_cast<std::size_t>(length));
  return true;
}

ScriptedServer::ScriptedServer(Script script, const char* address, std::uint16_t port)
    : script_{std::move(script)} {
  listen_on(address, port);
}

ScriptedServer::ScriptedServer(Script script, const Tls& tls)
    : script_{std::move(script)}, tls_{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free} {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets without MSG_NOSIGNAL
  // Security level 0, or OpenSSL would speak no TLS 1.1 at all.
  SSL_CTX_set_security_level(tls_.get(), 0);
  SSL_CTX_set_min_proto_version(tls_.get(), tls.least);
  SSL_CTX_set_max_proto_version(tls_.get(), tls.most);
  SSL_CTX_use_certificate(tls_.get(), tls.certificate.certificate());
  SSL_CTX_use_PrivateKey(tls_.get(), tls.certificate.key());
  listen_on("127.0.0.1", 0);
}

void ScriptedServer::listen_on(const char* address, std::uint16_t port) {
  if (inet_pton(AF_INET, address, &reinterpret_cast<sockaddr_in&>(address_).sin_addr) == 1) {
    address_.ss_family = AF_INET;
  } else if (inet_pton(AF_INET6, address, &reinterpret_cast<sockaddr_in6&>(address_).sin6_addr) ==
             1) {
    address_.ss_family = AF_INET6;
  }
  port_of(address_) = htons(port);
  listening_ = bound(address_);
  if (listening_ < 0 || listen(listening_, SOMAXCONN) != 0) {
    throw std::runtime_error{std::string{"cannot listen on "} + address};
  }
  address_ = local_address(listening_);
  port_ = ntohs(port_of(address_));
  thread_ = std::thread{[this] { accept_all(); }};
}

ScriptedServer::ScriptedServer()
    : ScriptedServer{[](Peer& peer) {
        while (!peer.receive().empty() && peer.send(answer("{}"))) {
        }
      }} {}

ScriptedServer::~ScriptedServer() {
  shutdown(listening_, SHUT_RDWR);
  thread_.join();
  close(listening_);
  for (auto& served : served_) {  // nobody adds to them any more
    shutdown(served.socket, SHUT_RDWR);
    served.thread.join();
    close(served.socket);
  }
}

int ScriptedServer::all_connections() {
  // They are accepted in their order: once one of our own is, so are all before it.
  sockaddr_storage from = address_;
  port_of(from) = 0;
  const int probe = bound(from);
  from = local_address(probe);
  std::unique_lock lock{mutex_};
  probe_ = ntohs(port_of(from));
  connect(probe, reinterpret_cast<const sockaddr*>(&address_), sizeof address_);
  const bool came =
      probed_.wait_for(lock, std::chrono::seconds{10}, [this] { return probe_ == 0; });
  close(probe);
  return came ? connections_.load() : throw std::runtime_error{"accepts nothing any more"};
}

std::string ScriptedServer::received() {
  const std::lock_guard lock{mutex_};
  return received_;
}

void ScriptedServer::accept_all() {
  while (true) {
    sockaddr_storage peer_address{};
    socklen_t length = sizeof peer_address;
    const int socket =
        accept4(listening_, reinterpret_cast<sockaddr*>(&peer_address), &length, SOCK_CLOEXEC);
    if (socket < 0) {
      return;
    }
    const std::lock_guard lock{mutex_};
    if (ntohs(port_of(peer_address)) == probe_) {
      probe_ = 0;
      probed_.notify_all();
      close(socket);
      continue;
    }
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const int number = ++connections_;
    served_.push_back({socket, std::thread{[this, socket, number] { serve(socket, number); }}});
  }
}

void ScriptedServer::serve(int socket, int number) {
  Peer peer{*this, socket, number};
  if (!tls_) {
    script_(peer);
  } else if (peer.start_tls()) {
    script_(peer);
    SSL_shutdown(peer.tls_.get());
  }
  // Closed as a descriptor at the end, so that no other takes its number.
  shutdown(socket, SHUT_RDWR);
}

std::string answer(std::string_view body, int status, std::string_view more_fields) {
  std::string text = "HTTP/1.1 " + std::to_string(status) + " Said\r\nContent-Length: ";
  text.append(std::to_string(body.size())).append("\r\n").append(more_fields).append("\r\n");
  return text.append(body);
}

}  // namespace cdss::http::test
