#include "core/http/tls.hpp"

#include <openssl/err.h>

namespace cdss::http {
namespace {

constexpr const char* kTls12Ciphers =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

/// A key with a passphrase must fail, not stop the start to ask at the terminal.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

/// Takes http/1.1 if it is offered. A client that offers other protocols alone is answered in
/// HTTP/1.1 without one being agreed, as by servers that know no ALPN.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_length,
                    const unsigned char* offered, unsigned int offered_length, void*) {
  static constexpr unsigned char kOurs[] = "\x08http/1.1";
  unsigned char* match = nullptr;
  if (SSL_select_next_proto(&match, chosen_length, kOurs, sizeof kOurs - 1, offered,
                            offered_length) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *chosen = match;
  return SSL_TLSEXT_ERR_OK;
}

Error failed(const std::filesystem::path& file, const char* message) {
  ERR_clear_error();
  return {Errc::missing, file.string(), message};
}

}  // namespace

Result<TlsContext> make_tls_context(const Tls& files) {
  TlsContext context{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
  SSL_CTX* const c = context.get();
  if (c == nullptr || SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(c, kTls12Ciphers) != 1) {
    ERR_clear_error();
    return Error{Errc::internal, "tls", "OpenSSL could not be set up"};
  }
  SSL_CTX_set_options(
      c, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(c, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                          SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Sessions are resumed by tickets; a cache of ours would only take memory.
  SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(c, choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(c, no_passphrase);
  if (SSL_CTX_use_certificate_chain_file(c, files.certificate.c_str()) != 1) {
    return failed(files.certificate, "cannot be read as a PEM certificate");
  }
  if (SSL_CTX_use_PrivateKey_file(c, files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return failed(files.key,
                  "cannot be read as a PEM key without a passphrase that belongs to the "
                  "certificate");
  }
  if (SSL_CTX_check_private_key(c) != 1) {
    return failed(files.key, "does not belong to the certificate");
  }
  return context;
}

}  // namespace cdss::http
