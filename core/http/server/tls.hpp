#pragma once

#include <memory>
#include <optional>

#include <openssl/ssl.h>

#include "core/base/errors/result.hpp"
#include "core/http/server/client_certificate.hpp"
#include "core/http/server/settings.hpp"

namespace cdss::http {

using TlsContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// A server's TLS context: 1.2 with ephemeral keys and authenticated encryption, and 1.3; no
/// compression, no renegotiation, no early data, HTTP/1.1 alone by ALPN. Sessions are resumed by
/// tickets, whose keys OpenSSL makes anew for each context.
///
/// Errors, `where` being the path: Errc::missing for a certificate, key or file of authorities that
/// cannot be read, or that do not belong together; Errc::out_of_range for a certificate that has
/// expired or is not valid yet; Errc::internal when OpenSSL gives no context.
/// Source: RFC 9325, sections 3.1, 3.3, 3.4, 3.5, 4.1, 4.2.
Result<TlsContext> make_tls_context(const Tls& files);

/// What the client showed in a finished handshake; none when it showed nothing.
std::optional<ClientCertificate> client_certificate_of(const SSL& connection);

}  // namespace cdss::http
