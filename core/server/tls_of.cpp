#include "core/server/tls_of.hpp"

#include <algorithm>

namespace cdss::server {

http::Tls tls_of(const config::Settings& settings) {
  const auto& listen = settings.listen;
  http::Tls tls;
  tls.certificate = listen.tls_certificate;
  tls.key = listen.tls_key;
  tls.client_authorities = listen.tls_client_authorities;
  if (listen.require_client_certificate) {
    tls.client_certificates = http::ClientCertificates::required;
  } else if (std::ranges::any_of(settings.clients, &config::Client::needs_certificate)) {
    tls.client_certificates = http::ClientCertificates::optional;
  }
  tls.allow_unknown_authorities = std::ranges::any_of(
      settings.clients, [](const auto& client) { return !client.certificate_sha256.empty(); });
  return tls;
}

}  // namespace cdss::server
