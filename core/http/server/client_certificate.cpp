#include "core/http/server/client_certificate.hpp"

#include <algorithm>
#include <memory>

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "core/base/text/ascii.hpp"
#include "core/http/server/tls.hpp"

namespace cdss::http {
namespace {

std::string sha256_of(const X509& certificate) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  if (X509_digest(&certificate, EVP_sha256(), digest, &length) != 1) {
    return {};  // matches no fingerprint
  }
  return to_hex({digest, length});
}

/// A name as text. Empty when it has a byte that no DNS name or URI has: a NUL would end it early
/// for other readers.
std::string text_of(const ASN1_STRING& name) {
  const auto* const bytes = reinterpret_cast<const char*>(ASN1_STRING_get0_data(&name));
  std::string text{bytes, static_cast<std::size_t>(ASN1_STRING_length(&name))};
  const bool plain = std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
  return plain ? text : std::string{};
}

std::vector<std::string> names_of(const X509& certificate) {
  const std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)> all{
      static_cast<GENERAL_NAMES*>(
          X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)),
      &GENERAL_NAMES_free};
  std::vector<std::string> names;
  for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
    const GENERAL_NAME& name = *sk_GENERAL_NAME_value(all.get(), i);
    std::string text;
    if (name.type == GEN_DNS) {
      text = text_of(*name.d.dNSName);
    } else if (name.type == GEN_URI) {
      text = text_of(*name.d.uniformResourceIdentifier);
    }
    if (!text.empty()) {
      names.push_back(std::move(text));
    }
  }
  return names;
}

}  // namespace

std::optional<ClientCertificate> client_certificate_of(const SSL& connection) {
  const X509* const certificate = SSL_get0_peer_certificate(&connection);
  if (certificate == nullptr) {
    return std::nullopt;
  }
  ClientCertificate shown{.sha256 = sha256_of(*certificate)};
  if (SSL_get_verify_result(&connection) == X509_V_OK) {
    shown.names = names_of(*certificate);
  }
  return shown;
}

}  // namespace cdss::http
