#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

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

  /// Makes the TLS handshake, offering the versions from `least` to `most`. False when it fails.
  bool start_tls(int least, int most);
  std::string tls_version() const { return SSL_get_version(ssl_.get()); }

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
