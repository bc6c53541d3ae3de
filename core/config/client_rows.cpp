// The manual of a client profile: one row for each entry, from which reader, bounds, schema and
// README are made.

#include "core/config/client.hpp"

namespace cdss::config {
namespace {

constexpr std::int64_t kDay = 86'400;

constexpr std::string_view kAuthentications[] = {"none", "jwt", "certificate",
                                                 "jwt_and_certificate"};
constexpr std::string_view kAlgorithms[] = {"ES256", "ES384", "ES512", "RS256", "RS384",
                                            "RS512", "PS256", "PS384", "PS512"};
constexpr std::string_view kReplays[] = {"refuse", "allow_window", "off"};
constexpr std::string_view kVersions[] = {"1.0", "2.0", "3.0"};
constexpr std::string_view kFeatures[] = {"action_selection_behavior", "system_actions",
                                          "system_actions_extension"};
constexpr std::string_view kLeniencies[] = {"no_hook_instance", "no_context", "hook_is_service",
                                            "typ_missing",      "base64_kid", "draft_shapes",
                                            "message_in_errors"};
constexpr std::string_view kModes[] = {"enforce", "warn"};

}  // namespace

std::string_view name_of(Authentication authentication) {
  return kAuthentications[static_cast<std::size_t>(authentication)];
}

std::span<const Option<Client>> Client::rows() {
  static const Option<Client> kRows[] = {
      {CDSS_OPTION(Client, id),
       .doc = "Name of this client in logs and metrics: lower-case letters, digits and hyphens."},
      {CDSS_OPTION(Client, description), .doc = "For people: which client this is."},
      {.name = "authentication",
       .member = one_of<&Client::authentication>(),
       .choices = kAuthentications,
       .doc = "How the caller proves who it is. `none` is for development on this machine."},
      {CDSS_OPTION(Client, issuers),
       .doc = "The `iss` of its JWTs, exactly. An issuer belongs to one profile."},
      {CDSS_OPTION(Client, jwks_urls),
       .doc = "The https addresses of its JWK Sets, exactly: only these are fetched, and only "
              "these are accepted as `jku`."},
      {CDSS_OPTION(Client, jwks_file),
       .doc = "A file with its JWK Set of public keys, beside or instead of jwks_urls."},
      {CDSS_OPTION(Client, algorithms), .choices = kAlgorithms,
       .doc = "The `alg` that its JWTs may be signed with.",
       .source = "CDS Hooks 2.0, Signing Algorithm"},
      {CDSS_OPTION(Client, audience_aliases),
       .doc = "Values of `aud` that are accepted beside the URL of the called endpoint, exactly."},
      {CDSS_OPTION(Client, token_age_s), .unit = "s", .min = 1, .max = kDay,
       .doc = "Longest life of a JWT, from `iat` to `exp`.",
       .source = "CDS Hooks, best practices: about an hour"},
      {CDSS_OPTION(Client, clock_skew_s), .unit = "s", .max = 300,
       .doc = "How far its clock may differ from ours."},
      {.name = "replay",
       .member = one_of<&Client::replay>(),
       .choices = kReplays,
       .doc = "What happens when a JWT is used again: it is refused, accepted for "
              "replay_window_s after its first use, or accepted."},
      {CDSS_OPTION(Client, replay_window_s), .unit = "s", .min = 1, .max = kDay,
       .doc = "With replay `allow_window`: how long one JWT may be used."},
      {CDSS_OPTION(Client, tenants),
       .doc = "Values of `tenant`, one of which its JWTs must name; with none, `tenant` is not "
              "checked. Required where the issuer signs for every customer of its vendor."},
      {CDSS_OPTION(Client, certificate_sha256),
       .doc = "SHA-256 fingerprints of its client certificates, in hex, with or without colons."},
      {CDSS_OPTION(Client, certificate_names),
       .doc = "Subject alternative names (DNS or URI) of its client certificates, exactly; these "
              "must be signed by an authority in listen.tls_client_authorities."},
      {CDSS_OPTION(Client, fhir_servers),
       .doc = "Base URLs, https, from which FHIR may be read with the token that it sends; with "
              "none, nothing is read."},
      {CDSS_OPTION(Client, fhir_subject),
       .doc = "The client id under which the EHR knows this service: a token is used only when "
              "`fhirAuthorization.subject` is this. Empty: not checked."},
      {CDSS_OPTION(Client, cors_origins),
       .doc = "Origins of pages that may call from a browser, exactly: `https://host` or "
              "`https://host:port`. `loopback` stands for this machine, any port; only with "
              "authentication `none`."},
      {CDSS_OPTION(Client, allow_http_on_loopback),
       .doc = "jwks_urls and fhir_servers may be http on localhost, 127.0.0.1 and [::1]."},
      {CDSS_OPTION(Client, services), .doc = "Ids of the services it may call; with none, all."},
      {.name = "cds_hooks_version",
       .member = one_of<&Client::cds_hooks_version>(),
       .choices = kVersions,
       .doc = "Version of CDS Hooks that it speaks; nothing newer is sent to it."},
      {.name = "features",
       .member = some_of<&Client::features>(),
       .choices = kFeatures,
       .doc = "What it supports beyond that: `actionSelectionBehavior` in suggestions; system "
              "actions, in their place or in the response's `extension`."},
      {.name = "leniencies",
       .member = some_of<&Client::leniencies>(),
       .choices = kLeniencies,
       .doc = "Its known mistakes that are tolerated."},
      {.name = "mode",
       .member = one_of<&Client::mode>(),
       .choices = kModes,
       .doc = "`warn` accepts and logs what `enforce` refuses, to find out what a new client "
              "needs; it never waives signature, `alg`, `iss`, `aud`, `exp` or the patient guard."},
      {CDSS_OPTION(Client, explain),
       .doc = "Add the extension org.psoas-cds.assessment to each response."},
  };
  return kRows;
}

}  // namespace cdss::config
