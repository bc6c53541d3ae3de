#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/http/server/request.hpp"
#include "core/http/server/response.hpp"
#include "core/http/server/settings.hpp"

namespace cdss::http {

/// Gives the answer to one request. Call it once, from any thread; later calls do nothing, and so
/// does a call after the client has gone or the server has ended. When the last copy is destroyed
/// uncalled, the client gets 500.
using Respond = std::function<void(Response)>;

/// Takes one request. Called on an I/O thread, by several at once; must not block and must not
/// throw. It may respond before it returns or later.
using Handler = std::function<void(Request, Respond)>;

/// Writes the body of an answer that the server gives by itself: 400, 403, 408, 413, 417, 431, 500,
/// 501, 503, 505. `sentence` is fixed text without anything from the request and without a full
/// stop. It is JSON. Called on an I/O thread, by several at once;
/// must not throw.
using ErrorBody = std::function<std::string(int status, std::string_view sentence)>;

/// An HTTP/1.1 server, plain or TLS 1.2/1.3, with threads of its own.
///
/// One request at a time on each connection, pipelined ones answered in order. Whatever is framed
/// wrongly is refused and its connection closed. Nothing is allocated by a size that the client
/// names. It logs no text from a request.
///
/// Counts `http_responses_total{class}`, `http_connections_opened_total`, `_closed_total`,
/// `_refused_total`, `http_timeouts_total{phase}`, `http_bytes_received_total`,
/// `http_bytes_sent_total` (before TLS), `http_tls_reloads_total{outcome}`, and
/// `http_request_duration_seconds`, from the whole header to the answer handed over. Source: RFC
/// 9110, RFC 9112; TLS as in RFC 9325.
class Server {
 public:
  /// Listens, and starts its threads.
  ///
  /// @param log, metrics  borrowed for the life of the server.
  /// Errors: Errc::malformed when the address is none; Errc::out_of_range for a limit of zero or
  /// too long, and for a certificate that has expired or is not valid yet; Errc::missing for a TLS
  /// file that cannot be read or for certificate and key that do not belong together, both with the
  /// path as `where`; Errc::unavailable when the address cannot be listened on.
  static Result<std::unique_ptr<Server>> start(Settings settings, Handler handler,
                                               ErrorBody error_body, Log& log, Metrics& metrics);

  /// Closes all connections and joins the threads. Not from an I/O thread.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The port it listens on.
  std::uint16_t port() const;

  /// Reads the TLS files again; connections from now on use what is in them, with new ticket keys.
  /// When they are not good, nothing changes. Blocks on the files. Thread-safe.
  /// Errors: Errc::unsupported without TLS; those that `start` gives for TLS, logged too as
  /// `tls_reload_failed`.
  Result<void> reload_tls();

  /// The same, without a log line when no TLS file has changed since it was read; ticket keys of a
  /// day are renewed. For a caller that asks every few seconds. Thread-safe.
  void reload_tls_if_changed();

  /// Stops accepting, closes idle connections, lets requests that have begun finish, and cuts what
  /// is left after `longest`. True when nothing was cut. Not from an I/O thread; the server does
  /// not accept again.
  bool drain(std::chrono::milliseconds longest);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace cdss::http
