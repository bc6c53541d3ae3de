// The manual of the configuration: one row for each entry, from which reader, bounds, schema and
// README are made.

#include "core/config/settings.hpp"

namespace cdss::config {
namespace {

constexpr std::int64_t kMiB = 1 << 20;
constexpr std::int64_t kHour = 3'600'000;

}  // namespace

std::span<const Option<Listen>> Listen::rows() {
  static const Option<Listen> kRows[] = {
      {.name = "address", .member = &Listen::address, .doc = "IP address to listen on."},
      {.name = "port",
       .member = &Listen::port,
       .max = 65'535,
       .doc = "TCP port; 0 takes any free one."},
      {.name = "threads",
       .member = &Listen::threads,
       .max = 256,
       .doc = "I/O threads; 0 takes one for each core."},
      {.name = "tls_certificate",
       .member = &Listen::tls_certificate,
       .doc = "PEM file with the certificate and its chain; with tls_key it turns HTTPS on."},
      {.name = "tls_key", .member = &Listen::tls_key, .doc = "PEM file with the private key."},
      {.name = "tls_client_authorities",
       .member = &Listen::tls_client_authorities,
       .doc = "PEM file with the authorities that sign client certificates; needed when a client "
              "profile has certificate_names."},
      {.name = "require_client_certificate",
       .member = &Listen::require_client_certificate,
       .doc = "Refuse the TLS handshake of everyone who shows no client certificate, probes of "
              "/readyz included. If false, only calls of clients whose profile asks for a "
              "certificate need one."},
      {.name = "allow_plain_http",
       .member = &Listen::allow_plain_http,
       .doc = "Serve beyond loopback without TLS, because a proxy in front of this server ends "
              "it. Tokens and records cross the network between them unencrypted."},
      {.name = "allow_open_network",
       .member = &Listen::allow_open_network,
       .doc =
           "Serve beyond loopback although callers are not authenticated. Anyone who reaches the "
           "port can then read what the cards say of a patient they send."},
  };
  return kRows;
}

std::span<const Option<Limits>> Limits::rows() {
  static const Option<Limits> kRows[] = {
      {.name = "connections",
       .member = &Limits::connections,
       .min = 1,
       .max = 1'000'000,
       .doc = "Open connections; one more is answered 503."},
      {.name = "body_bytes",
       .member = &Limits::body_bytes,
       .unit = "bytes",
       .min = 1024,
       .max = 16 * kMiB,
       .doc = "Longest request body; a longer one is answered 413."},
      {.name = "bytes_in_flight",
       .member = &Limits::bytes_in_flight,
       .unit = "bytes",
       .min = 1024,
       .max = kMiB * kMiB,
       .doc = "Bodies held at one time by all calls; beyond it a call is answered 503."},
      {.name = "header_bytes",
       .member = &Limits::header_bytes,
       .unit = "bytes",
       .min = 1024,
       .max = 32 << 10,
       .doc = "Request line and header fields together; longer ones are answered 431."},
      {.name = "header_timeout_ms",
       .member = &Limits::header_timeout_ms,
       .unit = "ms",
       .min = 10,
       .max = kHour,
       .doc = "From the first byte of a request to the end of its header."},
      {.name = "body_timeout_ms",
       .member = &Limits::body_timeout_ms,
       .unit = "ms",
       .min = 10,
       .max = kHour,
       .doc = "From the end of the header to the end of the body."},
      {.name = "idle_timeout_ms",
       .member = &Limits::idle_timeout_ms,
       .unit = "ms",
       .min = 10,
       .max = kHour,
       .doc = "How long a connection may wait for its next request."},
      {.name = "write_timeout_ms",
       .member = &Limits::write_timeout_ms,
       .unit = "ms",
       .min = 10,
       .max = kHour,
       .doc = "How long a client may take to read an answer."},
      {.name = "drain_ms",
       .member = &Limits::drain_ms,
       .unit = "ms",
       .max = kHour,
       .doc = "After SIGTERM: how long running calls may take to end."},
  };
  return kRows;
}

std::span<const Option<Admin>> Admin::rows() {
  static const Option<Admin> kRows[] = {
      {.name = "enabled", .member = &Admin::enabled, .doc = "Serve /metrics."},
      {.name = "address", .member = &Admin::address, .doc = "Loopback address to listen on."},
      {.name = "port",
       .member = &Admin::port,
       .max = 65'535,
       .doc = "TCP port; 0 takes any free one."},
  };
  return kRows;
}

std::span<const Option<Outbound>> Outbound::rows() {
  static const Option<Outbound> kRows[] = {
      {.name = "certificate_authorities",
       .member = &Outbound::certificate_authorities,
       .doc = "PEM file with the authorities whose servers are trusted; empty takes those of the "
              "system."},
      {.name = "timeout_ms",
       .member = &Outbound::timeout_ms,
       .unit = "ms",
       .min = 100,
       .max = 60'000,
       .doc = "How long one fetch may take, from the name to the last byte."},
      {.name = "allow_private_networks",
       .member = &Outbound::allow_private_networks,
       .doc = "Also connect to addresses of the site's own networks, for an EHR that publishes its "
              "keys or has its FHIR server there. Never to this machine."},
  };
  return kRows;
}

std::span<const Option<Fhir>> Fhir::rows() {
  static const Option<Fhir> kRows[] = {
      {.name = "fetch_ms",
       .member = &Fhir::fetch_ms,
       .unit = "ms",
       .min = 10,
       .max = 10'000,
       .doc = "How long one call may wait for its client's FHIR server in all; what is late counts "
              "as unavailable."},
      {.name = "parallel",
       .member = &Fhir::parallel,
       .min = 1,
       .max = 64,
       .doc = "Queries of one call that run at the same time."},
      {.name = "pages",
       .member = &Fhir::pages,
       .min = 1,
       .max = 1'000,
       .doc = "Pages of one search; what comes after them is reported as not seen."},
      {.name = "bytes",
       .member = &Fhir::bytes,
       .unit = "bytes",
       .min = 1024,
       .max = 16 * kMiB,
       .doc = "What is read for one call, over all its queries and pages."},
      {.name = "breaker_failures",
       .member = &Fhir::breaker_failures,
       .min = 1,
       .max = 1'000,
       .doc = "After this many failed queries in a row (not reached, late, 5xx) a server is not "
              "asked for breaker_pause_ms."},
      {.name = "breaker_pause_ms",
       .member = &Fhir::breaker_pause_ms,
       .unit = "ms",
       .min = 10,
       .max = kHour,
       .doc = "How long it is not asked; then one query tries it."},
  };
  return kRows;
}

std::span<const Option<Plugins>> Plugins::rows() {
  static const Option<Plugins> kRows[] = {
      {.name = "folder",
       .member = &Plugins::folder,
       .doc =
           "Folder with one package a subfolder; empty takes ../lib/psoas-cds/plugins beside the "
           "program."},
      {.name = "workers",
       .member = &Plugins::workers,
       .min = 1,
       .max = 64,
       .doc = "Worker processes for each plugin; one more stands by."},
      {.name = "queue",
       .member = &Plugins::queue,
       .min = 1,
       .max = 100'000,
       .doc = "Calls that may wait for a worker of one plugin; one more is answered 503."},
  };
  return kRows;
}

}  // namespace cdss::config
