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
      {CDSS_OPTION(Listen, address), .doc = "IP address to listen on."},
      {CDSS_OPTION(Listen, port), .max = 65'535, .doc = "TCP port; 0 takes any free one."},
      {CDSS_OPTION(Listen, threads), .max = 256, .doc = "I/O threads; 0 takes one for each core."},
      {CDSS_OPTION(Listen, tls_certificate),
       .doc = "PEM file with the certificate and its chain; with tls_key it turns HTTPS on."},
      {CDSS_OPTION(Listen, tls_key), .doc = "PEM file with the private key."},
      {CDSS_OPTION(Listen, tls_client_authorities),
       .doc = "PEM file with the authorities that sign client certificates; needed when a client "
              "profile has certificate_names."},
      {CDSS_OPTION(Listen, require_client_certificate),
       .doc = "Refuse the TLS handshake of everyone who shows no client certificate, probes of "
              "/readyz included. If false, only calls of clients whose profile asks for a "
              "certificate need one."},
      {CDSS_OPTION(Listen, allow_plain_http),
       .doc = "Serve beyond loopback without TLS, because a proxy in front of this server ends "
              "it. Tokens and records cross the network between them unencrypted."},
      {CDSS_OPTION(Listen, allow_open_network),
       .doc =
           "Serve beyond loopback although callers are not authenticated. Anyone who reaches the "
           "port can then read what the cards say of a patient they send."},
  };
  return kRows;
}

std::span<const Option<Limits>> Limits::rows() {
  static const Option<Limits> kRows[] = {
      {CDSS_OPTION(Limits, connections), .min = 1, .max = 1'000'000,
       .doc = "Open connections; one more is answered 503."},
      {CDSS_OPTION(Limits, body_bytes), .unit = "bytes", .min = 1024, .max = 16 * kMiB,
       .doc = "Longest request body; a longer one is answered 413."},
      {CDSS_OPTION(Limits, bytes_in_flight), .unit = "bytes", .min = 1024, .max = kMiB * kMiB,
       .doc = "Bodies held at one time by all calls; beyond it a call is answered 503."},
      {CDSS_OPTION(Limits, header_bytes), .unit = "bytes", .min = 1024, .max = 32 << 10,
       .doc = "Request line and header fields together; longer ones are answered 431."},
      {CDSS_OPTION(Limits, header_timeout_ms), .unit = "ms", .min = 10, .max = kHour,
       .doc = "From the first byte of a request to the end of its header."},
      {CDSS_OPTION(Limits, body_timeout_ms), .unit = "ms", .min = 10, .max = kHour,
       .doc = "From the end of the header to the end of the body."},
      {CDSS_OPTION(Limits, idle_timeout_ms), .unit = "ms", .min = 10, .max = kHour,
       .doc = "How long a connection may wait for its next request."},
      {CDSS_OPTION(Limits, write_timeout_ms), .unit = "ms", .min = 10, .max = kHour,
       .doc = "How long a client may take to read an answer."},
      {CDSS_OPTION(Limits, drain_ms), .unit = "ms", .max = kHour,
       .doc = "After SIGTERM: how long running calls may take to end."},
  };
  return kRows;
}

std::span<const Option<Admin>> Admin::rows() {
  static const Option<Admin> kRows[] = {
      {CDSS_OPTION(Admin, enabled), .doc = "Serve /metrics."},
      {CDSS_OPTION(Admin, address), .doc = "Loopback address to listen on."},
      {CDSS_OPTION(Admin, port), .max = 65'535, .doc = "TCP port; 0 takes any free one."},
  };
  return kRows;
}

std::span<const Option<Outbound>> Outbound::rows() {
  static const Option<Outbound> kRows[] = {
      {CDSS_OPTION(Outbound, certificate_authorities),
       .doc = "PEM file with the authorities whose servers are trusted; empty takes those of the "
              "system."},
      {CDSS_OPTION(Outbound, timeout_ms), .unit = "ms", .min = 100, .max = 60'000,
       .doc = "How long one fetch may take, from the name to the last byte."},
      {CDSS_OPTION(Outbound, allow_private_networks),
       .doc = "Also connect to addresses of the site's own networks, for an EHR that publishes its "
              "keys or has its FHIR server there. Never to this machine."},
  };
  return kRows;
}

std::span<const Option<Fhir>> Fhir::rows() {
  static const Option<Fhir> kRows[] = {
      {CDSS_OPTION(Fhir, fetch_ms), .unit = "ms", .min = 10, .max = 10'000,
       .doc = "How long one call may wait for its client's FHIR server in all; what is late counts "
              "as unavailable."},
      {CDSS_OPTION(Fhir, parallel), .min = 1, .max = 64,
       .doc = "Queries of one call that run at the same time."},
      {CDSS_OPTION(Fhir, pages), .min = 1, .max = 1'000,
       .doc = "Pages of one search; what comes after them is reported as not seen."},
      {CDSS_OPTION(Fhir, bytes), .unit = "bytes", .min = 1024, .max = 16 * kMiB,
       .doc = "What is read for one call, over all its queries and pages."},
      {CDSS_OPTION(Fhir, breaker_failures), .min = 1, .max = 1'000,
       .doc = "After this many failed queries in a row (not reached, late, 5xx) a server is not "
              "asked for breaker_pause_ms."},
      {CDSS_OPTION(Fhir, breaker_pause_ms), .unit = "ms", .min = 10, .max = kHour,
       .doc = "How long it is not asked; then one query tries it."},
  };
  return kRows;
}

std::span<const Option<Plugins>> Plugins::rows() {
  static const Option<Plugins> kRows[] = {
      {CDSS_OPTION(Plugins, folder),
       .doc =
           "Folder with one package a subfolder; empty takes ../lib/psoas-cds/plugins beside the "
           "program."},
      {CDSS_OPTION(Plugins, workers), .min = 1, .max = 64,
       .doc = "Worker processes for each plugin; one more stands by."},
      {CDSS_OPTION(Plugins, queue), .min = 1, .max = 100'000,
       .doc = "Calls that may wait for a worker of one plugin; one more is answered 503."},
  };
  return kRows;
}

}  // namespace cdss::config
