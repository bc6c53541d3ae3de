#include "tests/core/http/client.hpp"

#include <cerrno>
#include <charconv>
#include <unistd.h>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace cdss::http::test {

std::string Answer::header(std::string_view name) const {
  const std::string start = "\r\n" + std::string{name} + ": ";
  const auto at = head.find(start);
  if (at == std::string::npos) {
    return {};
  }
  const auto from = at + start.size();
  return head.substr(from, head.find("\r\n", from) - from);
}

Client::Client(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  const timeval longest{.tv_sec = 10, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest);
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    vanish();
  }
}

Client::~Client() {
  vanish();
}

bool Client::start_tls(const Tls& options) {
  context_.reset(SSL_CTX_new(TLS_client_method()));
  // Security level 0, or OpenSSL would refuse to offer TLS 1.1 at all.
  SSL_CTX_set_security_level(context_.get(), 0);
  SSL_CTX_set_min_proto_version(context_.get(), options.least);
  SSL_CTX_set_max_proto_version(context_.get(), options.most);
  if (options.certificate != nullptr) {
    SSL_CTX_use_certificate(context_.get(), options.certificate->certificate());
    SSL_CTX_use_PrivateKey(context_.get(), options.certificate->key());
  }
  ssl_.reset(SSL_new(context_.get()));
  if (options.resume != nullptr) {
    SSL_set_session(ssl_.get(), options.resume);
  }
  SSL_set_fd(ssl_.get(), socket_);
  return SSL_connect(ssl_.get()) == 1;
}

bool Client::sees(const Certificate& certificate) const {
  const X509* const shown = SSL_get0_peer_certificate(ssl_.get());
  return shown != nullptr && X509_cmp(shown, certificate.certificate()) == 0;
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ssl_ ? SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Client::read_more() {
  char bytes[16384];
  const auto read =
      ssl_ ? SSL_read(ssl_.get(), bytes, sizeof bytes) : ::recv(socket_, bytes, sizeof bytes, 0);
  if (read <= 0) {
    return false;
  }
  buffer_.append(bytes, static_cast<std::size_t>(read));
  return true;
}

Answer Client::receive(bool head_only) {
  Answer answer;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_more()) {
      return answer;
    }
  }
  answer.head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  std::size_t length = 0;
  if (const auto text = answer.header("Content-Length"); !head_only && !text.empty()) {
    std::from_chars(text.data(), text.data() + text.size(), length);
  }
  while (buffer_.size() < length) {
    if (!read_more()) {
      return answer;
    }
  }
  answer.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  std::from_chars(answer.head.data() + 9, answer.head.data() + 12, answer.status);
  return answer;
}

bool Client::closes() {
  return buffer_.empty() && !read_more() && errno != EAGAIN;
}

void Client::end_sending() {
  shutdown(socket_, SHUT_WR);
}

void Client::vanish() {
  if (ssl_) {
    SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN);  // or its session could not be resumed
  }
  if (socket_ >= 0) {
    const linger reset{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(std::exchange(socket_, -1));
  }
}

}  // namespace cdss::http::test
