#pragma once

#include <memory>

#include <openssl/ssl.h>

#include "core/base/result.hpp"
#include "core/http/settings.hpp"

namespace cdss::http {

using TlsContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

/// A server's TLS context: 1.2 with ephemeral keys and authenticated encryption, and 1.3; no
/// compression, no renegotiation, HTTP/1.1 alone by ALPN.
///
/// Errors: Errc::missing for a certificate or key that cannot be read, or that do not belong
/// together; `where` is the path. Errc::internal when OpenSSL gives no context.
/// Source: RFC 9325, sections 3.1, 3.3, 3.5, 4.1, 4.2.
Result<TlsContext> make_tls_context(const Tls& files);

}  // namespace cdss::http
