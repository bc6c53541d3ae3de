#include "core/server/http_settings.hpp"

#include <algorithm>
#include <chrono>

namespace cdss::server {

using std::chrono::milliseconds;

http::Tls tls_settings(const config::Settings& settings) {
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

http::Settings public_settings(const config::Settings& settings) {
  const auto& listen = settings.listen;
  const auto& limits = settings.limits;
  http::Settings http;
  http.address = listen.address;
  http.port = static_cast<std::uint16_t>(listen.port);
  http.threads = static_cast<std::size_t>(listen.threads);
  if (!listen.tls_key.empty()) {
    http.tls = tls_settings(settings);
  }
  http.header_bytes = static_cast<std::size_t>(limits.header_bytes);
  http.body_bytes = static_cast<std::size_t>(limits.body_bytes);
  http.bytes_in_flight = static_cast<std::size_t>(limits.bytes_in_flight);
  http.connections = static_cast<std::size_t>(limits.connections);
  http.header_timeout = milliseconds{limits.header_timeout_ms};
  http.body_timeout = milliseconds{limits.body_timeout_ms};
  http.idle_timeout = milliseconds{limits.idle_timeout_ms};
  http.write_timeout = milliseconds{limits.write_timeout_ms};
  http.require_local_host =
      std::ranges::any_of(settings.clients, &config::Client::is_open) && !listen.allow_open_network;
  return http;
}

http::Settings admin_settings(const config::Admin& admin) {
  http::Settings http;
  http.address = admin.address;
  http.port = static_cast<std::uint16_t>(admin.port);
  http.threads = 1;
  http.connections = 16;
  http.body_bytes = 4096;
  http.require_local_host = true;
  return http;
}

http::ClientSettings client_settings(const config::Outbound& outbound) {
  return {.ca_file = outbound.certificate_authorities,
          .timeout = std::chrono::milliseconds{outbound.timeout_ms},
          .private_networks = outbound.allow_private_networks};
}

}  // namespace cdss::server
