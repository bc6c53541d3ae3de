#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/base/options.hpp"
#include "core/config/client.hpp"

namespace cdss::config {

/// Where the public side listens. Section "listen".
struct Listen {
  std::string address = "127.0.0.1";
  std::int64_t port = 8080;
  std::int64_t threads = 0;
  std::string tls_certificate;
  std::string tls_key;
  std::string tls_client_authorities;
  bool require_client_certificate = false;
  bool allow_plain_http = false;
  bool allow_open_network = false;
  static std::span<const Option<Listen>> rows();
};

/// What one connection, and all of them together, may take. Section "limits".
struct Limits {
  std::int64_t connections = 4096;
  std::int64_t body_bytes = 16 << 20;
  std::int64_t bytes_in_flight = 256 << 20;
  std::int64_t header_bytes = 16 << 10;
  std::int64_t header_timeout_ms = 10'000;
  std::int64_t body_timeout_ms = 30'000;
  std::int64_t idle_timeout_ms = 75'000;
  std::int64_t write_timeout_ms = 30'000;
  std::int64_t drain_ms = 10'000;
  static std::span<const Option<Limits>> rows();
};

/// Where /metrics is served, for operators. Section "admin".
struct Admin {
  bool enabled = true;
  std::string address = "127.0.0.1";
  std::int64_t port = 9090;
  static std::span<const Option<Admin>> rows();
};

/// How other servers are reached: key sets and FHIR servers. Section "outbound".
struct Outbound {
  std::string certificate_authorities;
  std::int64_t timeout_ms = 5'000;
  bool allow_private_networks = false;
  static std::span<const Option<Outbound>> rows();
};

/// How a client's FHIR server is read from for what the client did not send. Section "fhir".
struct Fhir {
  std::int64_t fetch_ms = 250;
  std::int64_t parallel = 8;
  std::int64_t pages = 20;
  std::int64_t bytes = 16 << 20;
  std::int64_t breaker_failures = 20;
  std::int64_t breaker_pause_ms = 10'000;
  static std::span<const Option<Fhir>> rows();
};

/// Which plugins run and how. Section "plugins".
struct Plugins {
  std::string folder;
  std::int64_t workers = 2;
  std::int64_t queue = 256;
  static std::span<const Option<Plugins>> rows();
};

/// The whole configuration, read and checked. Constant after it is read.
struct Settings {
  std::filesystem::path file;  ///< where it was read from
  std::string public_url;      ///< prefix of every link, without a slash at its end
  Listen listen;
  Limits limits;
  Admin admin;
  Outbound outbound;
  Fhir fhir;
  Plugins plugins;
  std::map<std::string, std::string>
      plugin_options;  ///< by plugin id: a JSON object, for the plugin to check
  std::vector<std::string> disabled_plugins;  ///< ids of plugins that are not run; no id twice
  std::vector<Client> clients;                ///< at least one

  /// Calls `visit` with the name of each section and the member that holds it.
  template <class Visit>
  static void for_each_section(Visit visit) {
    visit("listen", &Settings::listen);
    visit("limits", &Settings::limits);
    visit("admin", &Settings::admin);
    visit("outbound", &Settings::outbound);
    visit("fhir", &Settings::fhir);
    visit("plugins", &Settings::plugins);
  }

  /// Reads a configuration file and the client profiles it names. Relative paths start at the
  /// file's folder.
  ///
  /// @param faults  Each thing that is wrong is appended, with the file and the element: those of
  ///                read_json_file, read_options and Client::read; Errc::missing for no client, and
  ///                for TLS when a client needs a certificate; Errc::malformed for a plugin that is
  ///                disabled twice, and for a public_url that is not the text of its BaseUrl;
  ///                Errc::unsupported for an unknown member, for one of certificate and key without
  ///                the other, for an id, issuer or certificate that two clients share, for a
  ///                second client with authentication `none`, for requiring client certificates
  ///                when none would be taken, and for listening beyond loopback while a client is
  ///                open (Client::is_open) unless listen.allow_open_network says so, or without TLS
  ///                unless listen.allow_plain_http says so.
  static Settings read(const std::filesystem::path& file, std::vector<Error>& faults);

  /// The same. Errors: the first of those faults.
  static Result<Settings> read(const std::filesystem::path& file);

  /// The client whose JWTs name this issuer; none when no profile lists it.
  const Client* client_of_issuer(std::string_view issuer) const;

  /// The client profile for callers who prove nothing; none when every caller has to.
  const Client* open_client() const;

  /// Listens on another port than the file says. A public_url that names this machine with the
  /// port of the file follows it, since links would go nowhere else; any other public_url is that
  /// of a proxy and stays. Port 0 is not known yet, and public_url stays too.
  void listen_on(std::int64_t port);

  /// Whether any client's pages may call from this origin: a preflight does not say whose it is.
  bool allows_origin(std::string_view origin) const;
};

/// Client profiles that name a service that is not among `ids`: Errc::missing with the file and the
/// element. For check-config; a server goes on without a plugin that does not start.
std::vector<Error> unknown_services(const Settings& settings, std::span<const std::string> ids);

/// The JSON Schema (draft 2020-12) of the configuration file, made from the option rows.
std::string settings_schema();

/// The option rows as Markdown tables, one a section: what config/README.md shows.
std::string settings_manual();

}  // namespace cdss::config
