#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include <openssl/ssl.h>
#include <sys/socket.h>

#include "tests/core/http/certificate.hpp"

namespace cdss::http::test {

/// A server on a free port of the loopback that says any bytes, as its script has it, and keeps
/// what it was told. Each connection has a thread of its own.
class ScriptedServer {
 public:
  /// The server's end of one connection.
  class Peer {
   public:
    Peer(ScriptedServer& server, int socket, int number)
        : server_{server}, socket_{socket}, number_{number} {}
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    /// Which connection of the server it is, from 1.
    int number() const { return number_; }
    /// The next whole request; empty once the client has gone.
    std::string receive();
    /// False once the client has gone.
    bool send(std::string_view bytes) const;
    /// The same piece over and over, with a short pause before each, until the client has gone.
    void drip(std::string_view piece) const;
    /// Until the client has gone.
    void hang();

    /// Of a connection over TLS.
    std::string server_name() const;  ///< that the client asked for; empty: none
    bool was_resumed() const { return SSL_session_reused(tls_.get()) == 1; }
    /// Whether the client has said that it closes.
    bool was_told() const { return (SSL_get_shutdown(tls_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }
    /// Until the client has closed the connection below TLS, which is not answered.
    void hang_below_tls() const;
    /// Closes without a word, as somebody in between can do.
    void cut() const { shutdown(socket_, SHUT_RDWR); }

   private:
    friend class ScriptedServer;

    bool start_tls();
    bool read_more();

    ScriptedServer& server_;
    const int socket_;
    const int number_;
    std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, &SSL_free};
    std::string buffer_;
  };
  using Script = std::function<void(Peer&)>;

  /// Whom it shows itself as over TLS, and which versions it speaks.
  struct Tls {
    const Certificate& certificate;
    int least = TLS1_2_VERSION;
    int most = TLS1_3_VERSION;
  };

  /// Runs `script` for each connection, from several threads, and closes it afterwards. Throws, and
  /// so fails the test, when it cannot listen there.
  /// @param address  of the loopback, IPv4 or IPv6.
  /// @param port     0: any free one.
  explicit ScriptedServer(Script script, const char* address = "127.0.0.1", std::uint16_t port = 0);
  /// The same over TLS. A script runs once the handshake is done.
  ScriptedServer(Script script, const Tls& tls);
  /// Answers each request with 200 and an empty JSON object.
  ScriptedServer();
  /// Closes all connections and waits for their scripts.
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  std::uint16_t port() const { return port_; }
  /// How many connections have been accepted.
  int connections() const { return connections_; }
  /// The same, with those that were made before this was called.
  int all_connections();
  /// All bytes that have come, of all connections.
  std::string received();

 private:
  struct Served {
    int socket;
    std::thread thread;
  };

  void accept_all();
  void serve(int socket, int number);

  void listen_on(const char* address, std::uint16_t port);

  const Script script_;
  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> tls_{nullptr, &SSL_CTX_free};  // null: plain
  sockaddr_storage address_{};
  std::atomic<int> connections_{0};
  std::condition_variable probed_;
  std::mutex mutex_;
  std::uint16_t probe_ = 0;   // guarded by mutex_: local port of a connection of our own, 0: none
  std::string received_;      // guarded by mutex_
  std::list<Served> served_;  // guarded by mutex_
  std::thread thread_;        // started last
};

/// An answer with a length.
std::string answer(std::string_view body, int status = 200, std::string_view more_fields = "");

}  // namespace cdss::http::test
