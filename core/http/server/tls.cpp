#include "core/http/server/tls.hpp"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

namespace cdss::http {
namespace {

/// The finite-field groups and P-521 cost the server most and add nothing.
constexpr const char* kGroups = "X25519:P-256:P-384";
/// How long a session may be resumed without the client's certificate being looked at again.
constexpr long kSessionSeconds = 3600;
constexpr int kLongestClientChain = 5;

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

/// Lets a certificate pass that no known authority signed; whatever else is wrong with it stays
/// wrong. OpenSSL keeps the verdict, so its names are not taken.
int allow_unknown_authority(int good, X509_STORE_CTX* chain) {
  if (good == 1) {
    return 1;
  }
  switch (X509_STORE_CTX_get_error(chain)) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return 1;
    default:
      return 0;
  }
}

Error failed(const std::filesystem::path& file, const char* message) {
  ERR_clear_error();
  return {Errc::missing, file.string(), message};
}

/// Protocol, ciphers and the rest that no file decides.
bool set_up(SSL_CTX* c) {
  if (SSL_CTX_set_min_proto_version(c, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_cipher_list(c, kTls12Ciphers) != 1 || SSL_CTX_set1_groups_list(c, kGroups) != 1) {
    return false;
  }
  SSL_CTX_set_options(
      c, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(c, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                          SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  // Sessions are resumed by tickets; a cache of ours would only take memory.
  SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_timeout(c, kSessionSeconds);
  SSL_CTX_set_alpn_select_cb(c, choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(c, no_passphrase);
  return true;
}

/// Loads certificate and key, and holds them against each other and against today.
Result<void> load_own(SSL_CTX* c, const Tls& files) {
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
  const X509* const own = SSL_CTX_get0_certificate(c);
  if (X509_cmp_current_time(X509_get0_notAfter(own)) <= 0) {
    return Error{Errc::out_of_range, files.certificate.string(), "has expired"};
  }
  if (X509_cmp_current_time(X509_get0_notBefore(own)) >= 0) {
    return Error{Errc::out_of_range, files.certificate.string(), "is not valid yet"};
  }
  return {};
}

/// Asks clients for a certificate.
Result<void> ask_clients(SSL_CTX* c, const Tls& files) {
  // Tickets are bound to it, or OpenSSL would refuse to resume a session with a certificate.
  static constexpr unsigned char kSessionContext[] = "psoas-cds";
  SSL_CTX_set_session_id_context(c, kSessionContext, sizeof kSessionContext - 1);
  SSL_CTX_set_verify(c,
                     files.client_certificates == ClientCertificates::required
                         ? SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
                         : SSL_VERIFY_PEER,
                     files.allow_unknown_authorities ? allow_unknown_authority : nullptr);
  SSL_CTX_set_verify_depth(c, kLongestClientChain);
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(c), X509_V_FLAG_PARTIAL_CHAIN);
  if (files.client_authorities.empty()) {
    return {};
  }
  STACK_OF(X509_NAME)* const names = SSL_load_client_CA_file(files.client_authorities.c_str());
  if (names == nullptr || SSL_CTX_load_verify_file(c, files.client_authorities.c_str()) != 1) {
    sk_X509_NAME_pop_free(names, X509_NAME_free);
    return failed(files.client_authorities, "cannot be read as PEM certificates");
  }
  if (files.allow_unknown_authorities) {
    sk_X509_NAME_pop_free(names, X509_NAME_free);
  } else {
    SSL_CTX_set_client_CA_list(c, names);  // tells a client which of its certificates to show
  }
  return {};
}

}  // namespace

Result<TlsContext> make_tls_context(const Tls& files) {
  TlsContext context{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
  if (context == nullptr || !set_up(context.get())) {
    ERR_clear_error();
    return Error{Errc::internal, "tls", "OpenSSL could not be set up"};
  }
  CDSS_CHECK(load_own(context.get(), files));
  if (files.client_certificates != ClientCertificates::ignored) {
    CDSS_CHECK(ask_clients(context.get(), files));
  }
  return context;
}

}  // namespace cdss::http
