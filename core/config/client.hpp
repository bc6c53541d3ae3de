#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/enum_set.hpp"
#include "core/base/errors/result.hpp"
#include "core/base/options.hpp"

namespace cdss::config {

/// How a caller proves who it is.
enum class Authentication {
  none,                 ///< It does not: development, on this machine.
  jwt,                  ///< A signed JWT. Source: CDS Hooks, "Trusting CDS Clients".
  certificate,          ///< A TLS client certificate alone, by agreement (SEC-05).
  jwt_and_certificate,  ///< Both.
};

/// How a second use of one JWT id (`jti`) is treated (JWT-19).
enum class Replay {
  refuse,        ///< Refused.
  allow_window,  ///< Accepted within Client::replay_window_s of the first use, then refused.
  off,           ///< Not looked at.
};

/// What happens to a call that only the strict rules refuse.
enum class Mode {
  enforce,  ///< Refused.
  warn,     ///< Accepted, logged. Never waives signature, alg, iss, aud, exp or the patient guard.
};

/// The version of CDS Hooks that a client was written for.
enum class CdsHooksVersion { v1_0, v2_0, v3_0 };

/// What a client supports beyond its version: a request does not say, so it is agreed beforehand
/// and written here (SUG-10, SYS-04).
enum class Feature {
  action_selection_behavior,  ///< Reads `actionSelectionBehavior` (SUG-09).
  system_actions,             ///< Applies `systemActions` (SYS-04).
  system_actions_extension,   ///< Reads them in the response's `extension` instead.
};

/// A known mistake of a client that is tolerated.
enum class Leniency {
  no_hook_instance,   ///< Sends no `hookInstance`.
  no_context,         ///< Sends no `context`; the patient is the one in prefetch.
  hook_is_service,    ///< Sends the id of the service as `hook`.
  typ_missing,        ///< Its JWTs have no `typ`, or spell it in another case (JWT-10).
  base64_kid,         ///< Its `kid` is padded base64 or differs from its JWK's only by that coding.
  draft_shapes,       ///< Its draft orders are not valid R4: an object for a list, no Bundle.type.
  message_in_errors,  ///< Reads a member `message` in the body of an error.
};

/// Who may call and what such a caller gets: one file of config/clients. Constant after it is read;
/// a Client that was read keeps every rule that `read` names.
struct Client {
  std::string id;
  std::string description;  ///< for people
  Authentication authentication = Authentication::none;

  std::vector<std::string> issuers;    ///< `iss`, compared byte by byte
  std::vector<std::string> jwks_urls;  ///< the only addresses that keys are fetched from, as `jku`
  std::string jwks_file;               ///< a JWK Set; absolute after `read`; empty: none
  /// Names of RFC 7518 section 3.1; never "none" or one that is symmetric.
  std::vector<std::string> algorithms = {"ES384", "RS384"};
  std::vector<std::string> audience_aliases;  ///< values of `aud` taken beside the endpoint's URL
  std::int64_t token_age_s = 3600;            ///< longest `exp` minus `iat`
  std::int64_t clock_skew_s = 60;
  Replay replay = Replay::refuse;
  std::int64_t replay_window_s = 300;  ///< with Replay::allow_window
  std::vector<std::string> tenants;    ///< empty: `tenant` is not looked at

  std::vector<std::string> certificate_sha256;  ///< of the DER form, lower-case hex
  std::vector<std::string> certificate_names;   ///< subject alternative names: DNS name or URI

  std::vector<std::string> fhir_servers;  ///< base URLs without a slash at the end; empty: none
  std::string fhir_subject;  ///< `fhirAuthorization.subject` must be this; empty: not looked at
  std::vector<std::string> cors_origins;  ///< or "loopback", see allows_origin
  bool allow_http_on_loopback = false;    ///< for jwks_urls and fhir_servers
  std::vector<std::string> services;      ///< ids; empty: all

  CdsHooksVersion cds_hooks_version = CdsHooksVersion::v2_0;
  EnumSet<Feature> features;
  EnumSet<Leniency> leniencies;
  Mode mode = Mode::enforce;
  bool explain = false;

  std::filesystem::path file;  ///< where it was read from

  static std::span<const Option<Client>> rows();

  /// Reads a client profile. Relative paths start at its folder.
  ///
  /// @param faults  Each thing that is wrong is appended, with the file and the element: those of
  ///                read_json_file and read_options; Errc::missing without an id, and for what the
  ///                way of authentication needs (jwt: an issuer and a source of keys; certificate:
  ///                a fingerprint or name); Errc::unsupported for what has no effect with it,
  ///                for features with a client of CDS Hooks 1.0, and for a private key in
  ///                jwks_file; Errc::malformed for a URL, origin, fingerprint or name of another
  ///                shape.
  static Client read(const std::filesystem::path& file, std::vector<Error>& faults);

  bool needs_jwt() const {
    return authentication == Authentication::jwt ||
           authentication == Authentication::jwt_and_certificate;
  }
  bool needs_certificate() const {
    return authentication == Authentication::certificate ||
           authentication == Authentication::jwt_and_certificate;
  }
  bool takes(Feature feature) const { return features.has(feature); }
  bool tolerates(Leniency leniency) const { return leniencies.has(leniency); }

  /// Whether anyone can call as this client: authentication `none`, or an issuer whose private key
  /// is published (the CDS Hooks sandbox's is).
  bool is_open() const;

  /// Whether this client may call the service.
  bool allows_service(std::string_view id) const;

  /// Whether pages of this origin may call (the `Origin` field, compared byte by byte). "loopback"
  /// stands for http and https on localhost, 127.0.0.1 and [::1] with any port.
  bool allows_origin(std::string_view origin) const;

  /// Whether FHIR may be read from this base URL: whether it is one of fhir_servers, as BaseUrl
  /// compares.
  bool allows_fhir_server(std::string_view url) const;

  /// Whether a client certificate, shown in a handshake that proved its key, is this client's.
  /// @param sha256  Fingerprint of its DER form, lower-case hex.
  /// @param names   Its subject alternative names of type DNS and URI; none unless an authority in
  ///                Listen::tls_client_authorities signed it, since anyone can make up a name.
  bool owns_certificate(std::string_view sha256, std::span<const std::string> names) const;

  /// What this profile waives on purpose, one sentence each, without full stop: for the log at each
  /// start and for check-config. Empty for a profile that waives nothing.
  std::vector<std::string> cautions() const;
};

/// As the configuration spells it, for logs and people.
std::string_view name_of(Authentication authentication);

/// The JSON Schema (draft 2020-12) of a client profile, made from its rows.
std::string client_schema();

/// Every entry of a profile with the value that is in force, one a line, those that differ from the
/// default marked with `*`: what check-config prints.
std::string client_table(const Client& client);

}  // namespace cdss::config
