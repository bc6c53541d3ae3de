#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cdss::http {

/// Whether clients are asked for a certificate, and whether they can do without one.
enum class ClientCertificates { ignored, optional, required };

/// What a TLS server shows and asks for; PEM files.
struct Tls {
  std::filesystem::path certificate;  ///< The server's own first, then the chain.
  std::filesystem::path key;          ///< Without a passphrase.

  /// A client certificate that is outside its time or not meant for clients ends the handshake.
  ClientCertificates client_certificates = ClientCertificates::ignored;
  /// Those whose word is taken for a client's names; a client's own certificate may stand among
  /// them.
  std::filesystem::path client_authorities = {};
  /// Take certificates that none of these signed, without names: for clients that are known by
  /// their fingerprint. Else they end the handshake.
  bool allow_unknown_authorities = false;
};

/// The header fields of an answer that the server gives by itself, for a page in a browser that is
/// to read it. `origin` is what the request names in its only Origin field; empty when it names
/// none or several, or when its header did not come whole or was refused. Called on an I/O thread,
/// by several at once; must not throw.
using ErrorFields =
    std::function<std::vector<std::pair<std::string, std::string>>(std::string_view origin)>;

/// Where to listen and what one client, and all clients together, may cost.
struct Settings {
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6, no host names.
  std::uint16_t port = 0;             ///< 0: any free one, see Server::port.
  std::size_t threads = 0;            ///< I/O threads; 0: one for each core.
  std::optional<Tls> tls = {};        ///< None: plain HTTP.

  std::size_t header_bytes = std::size_t{16} << 10U;      ///< Request line and headers; else 431.
                                                          ///< At most kLongestHeader.
  std::size_t body_bytes = std::size_t{8} << 20U;         ///< One body, decoded; else 413.
  std::size_t bytes_in_flight = std::size_t{256} << 20U;  ///< All bodies together; else 503.
  std::size_t connections = 4096;                         ///< Open at once; else 503.

  std::chrono::milliseconds header_timeout{10'000};  ///< TLS handshake, then one whole header; 408.
  std::chrono::milliseconds body_timeout{30'000};    ///< One whole body; 408.
  std::chrono::milliseconds idle_timeout{60'000};    ///< Between requests; closed without a word.
  std::chrono::milliseconds write_timeout{30'000};   ///< One whole answer; cut.
  std::chrono::milliseconds handler_timeout{0};      ///< Handler to answer; 503. 0: no limit.

  /// Serve only `Host` localhost, 127.0.0.1 or [::1] and refuse any Forwarded, X-Forwarded-*, Via
  /// or X-Real-IP header with 403: a service without authentication must not be reached through a
  /// rebound DNS name or a forgotten proxy. A proxy that says nothing of itself is not noticed.
  bool require_local_host = false;

  ErrorFields error_fields = {};  ///< None: no more fields than the server's own.

  /// A longer limit is refused: a header must fit the read buffer.
  static constexpr std::size_t kLongestHeader = std::size_t{32} << 10U;
};

}  // namespace cdss::http
