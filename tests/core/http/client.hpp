#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

#include "tests/core/http/certificate.hpp"

namespace cdss::http::test {

/// One answer as it came. Status 0: the connection ended before there was one.
struct Answer {
  int status = 0;
  std::string head;
  std::string body;

  /// The value of a header, by its exact name; empty when there is none.
  std::string header(std::string_view name) const;
};

/// A blocking client that sends any bytes. No call waits longer than ten seconds.
class Client {
 public:
  explicit Client(std::uint16_t port);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  struct Tls {
    int least = TLS1_2_VERSION;
    int most = TLS1_3_VERSION;
    const Certificate* certificate = nullptr;  ///< shown when the server asks
    SSL_SESSION* resume = nullptr;             ///< of an earlier connection, borrowed
  };

  /// Makes the TLS handshake. False when it fails; in TLS 1.3 a server that refuses the client's
  /// certificate says so only afterwards.
  bool start_tls(const Tls& options);
  /// The same, offering the versions from `least` to `most`.
  bool start_tls(int least, int most) { return start_tls({.least = least, .most = most}); }
  std::string tls_version() const { return SSL_get_version(ssl_.get()); }
  bool was_resumed() const { return SSL_session_reused(ssl_.get()) == 1; }
  /// What can be resumed; after an answer was read, since TLS 1.3 sends it late.
  std::shared_ptr<SSL_SESSION> session() const {
    return {SSL_get1_session(ssl_.get()), &SSL_SESSION_free};
  }
  /// Whether the server has shown this certificate.
  bool sees(const Certificate& certificate) const;

  /// False when the connection is broken.
  bool send(std::string_view bytes);
  /// Reads one answer; `head_only` when none of its body comes. 100 is an answer of its own.
  Answer receive(bool head_only = false);
  /// Whether the server closes, and sends nothing before.
  bool closes();
  void end_sending();
  /// Goes without waiting for anything.
  void vanish();

 private:
  bool read_more();

  int socket_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, &SSL_CTX_free};
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, &SSL_free};
  std::string buffer_;
};

}  // namespace cdss::http::test
