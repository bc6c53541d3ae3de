#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/errors/result.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"

namespace cdss::http {

/// Whom a client trusts and how far it goes.
struct ClientSettings {
  std::filesystem::path ca_file = {};        ///< PEM certificates; empty: those of the system
  std::chrono::milliseconds timeout{5'000};  ///< one whole call that names no deadline
  std::size_t body_bytes = std::size_t{256} << 10U;  ///< longest body of an answer
  bool private_networks = false;  ///< whether it may go to addresses of the site's own networks
  std::size_t connections = 256;  ///< open at once in all, idle ones too
  std::chrono::milliseconds idle{30'000};  ///< how long a connection may wait to be used again
};

/// An answer as it came. Redirects are answers like others.
struct Reply {
  int status = 0;
  std::string content_type;
  std::string body;
};

/// Asks other servers over HTTPS. One thread of its own carries all calls. Thread-safe.
///
/// TLS 1.2 or 1.3; the certificate must lead to a trusted one and name the host. A name is resolved
/// once for each connection, and only addresses of a permitted kind are connected to, so that no
/// name can lead into this machine or its networks. A connection is used again by calls to the same
/// scheme, host and port with the same permissions. A call whose used connection turns out to be
/// closed before any byte of the answer is made once more on a new one. No redirect is followed, no
/// proxy used, no cookie kept, no compression asked for or accepted.
/// Source: RFC 9110, RFC 9112, RFC 9325.
class Client {
 public:
  /// One question: GET, or POST of a form.
  struct Question {
    std::string url;
    std::string accept = "application/json";
    /// The whole value of the field Authorization; empty: none. Sent to the origin of `url` alone,
    /// never logged, and wiped from memory once it is not needed, whatever becomes of the call.
    std::string authorization = {};
    /// Not empty: POST of this as application/x-www-form-urlencoded. Asked twice it must do no more
    /// than asked once, as a search does.
    std::string form = {};
    /// When the call ends, answered or not; none: the settings' timeout from now.
    std::optional<std::chrono::steady_clock::time_point> deadline = std::nullopt;
    std::size_t body_bytes = 0;    ///< longest body of the answer; 0: the settings'
    bool loopback = false;         ///< may lead to this machine, then also over plain HTTP
    bool private_network = false;  ///< may lead to the site's own networks, as in the settings
  };

  /// Takes the answer, or why there is none, on the client's thread. Must not throw, and must not
  /// take long: other calls wait.
  ///
  /// Errors: those of Url::parse; Errc::unsupported for plain HTTP that is not to this machine, and
  /// for a host with no address of a permitted kind; Errc::unavailable when the host cannot be
  /// resolved or reached or is not trusted; Errc::busy when too many connections of ours are open;
  /// Errc::timed_out;
  /// Errc::out_of_range for an answer that is too long; Errc::malformed for one that is not HTTP,
  /// and for an `accept` or `authorization` that is no field value.
  using Done = std::function<void(Result<Reply>)>;

  /// @param log, metrics  borrowed for the life of the client.
  /// Errors: Errc::missing, with its path, when the CA file cannot be read or holds no PEM
  /// certificates.
  static Result<std::unique_ptr<Client>> start(ClientSettings settings, Log& log, Metrics& metrics);

  /// Ends what runs; the `done` of it is destroyed uncalled. Waits for a name that is being
  /// resolved. Not from `done`.
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Asks, without blocking. `done` is called once, after this has returned.
  void ask(Question ask, Done done);

 private:
  class Impl;
  explicit Client(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace cdss::http
