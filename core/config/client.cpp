#include "core/config/client.hpp"

#include <algorithm>

#include "core/base/base_url.hpp"
#include "core/base/file.hpp"
#include "core/base/text/ascii.hpp"
#include "core/config/client_check.hpp"

namespace cdss::config {
namespace {

/// Issuers whose private key anyone can download: a signature of theirs proves nothing.
/// Source: github.com/cds-hooks/sandbox, keys/ecprivkey.pem.
constexpr std::string_view kIssuersWithPublishedKey[] = {"https://sandbox.cds-hooks.org"};

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

std::string_view without_last_slash(std::string_view url) {
  return url.ends_with('/') ? url.substr(0, url.size() - 1) : url;
}

/// As it is compared: lower-case hex without the colons that openssl prints.
std::string bare_fingerprint(const std::string& text) {
  std::string bare;
  for (const char c : text) {
    if (c != ':') {
      bare += lower(c);
    }
  }
  return bare;
}

void normalise(Client& client) {
  if (!client.jwks_file.empty()) {
    client.jwks_file = (client.file.parent_path() / client.jwks_file).lexically_normal().string();
  }
  std::ranges::transform(client.certificate_sha256, client.certificate_sha256.begin(),
                         bare_fingerprint);
  std::ranges::transform(client.fhir_servers, client.fhir_servers.begin(),
                         [](const auto& url) { return std::string{without_last_slash(url)}; });
}

}  // namespace

Client Client::read(const std::filesystem::path& file, std::vector<Error>& faults) {
  Client client;
  client.file = std::filesystem::absolute(file);
  const auto document = read_json_file(file);
  if (!document) {
    faults.push_back(document.error());
    return client;
  }
  std::vector<Error> found;
  read_options(rows(), document->root(), "$schema", client, found);
  if (found.empty()) {  // what follows would only repeat that a value could not be read
    normalise(client);
    check_client(client, found);
  }
  for (Error& fault : found) {
    faults.push_back(within(file.string(), std::move(fault)));
  }
  if (!client.jwks_file.empty() && found.empty()) {
    check_jwks_file(client.jwks_file, faults);
  }
  return client;
}

bool Client::is_open() const {
  return authentication == Authentication::none ||
         (authentication == Authentication::jwt &&
          std::ranges::any_of(kIssuersWithPublishedKey,
                              [&](auto issuer) { return contains(issuers, issuer); }));
}

bool Client::allows_service(std::string_view service) const {
  return services.empty() || contains(services, service);
}

bool Client::allows_origin(std::string_view origin) const {
  if (contains(cors_origins, origin)) {
    return origin != "loopback";  // no origin of that spelling exists
  }
  if (!contains(cors_origins, "loopback")) {
    return false;
  }
  const auto url = Url::parse(origin);
  return url && origin == url->origin() && url->is_on_loopback();
}

bool Client::allows_fhir_server(std::string_view url) const {
  const auto asked = BaseUrl::parse(url);
  return asked && std::ranges::any_of(fhir_servers, [&](const std::string& registered) {
           const auto base = BaseUrl::parse(registered);
           return base && *base == *asked;
         });
}

bool Client::owns_certificate(std::string_view sha256, std::span<const std::string> names) const {
  return contains(certificate_sha256, sha256) || std::ranges::any_of(names, [&](const auto& name) {
           return contains(certificate_names, name);
         });
}

std::vector<std::string> Client::cautions() const {
  std::vector<std::string> cautions;
  if (authentication == Authentication::none) {
    cautions.emplace_back("authentication is none: whoever reaches the port may call");
  } else if (is_open()) {
    cautions.emplace_back(
        "its issuer signs with a published key: whoever reaches the port may call");
  }
  if (mode == Mode::warn) {
    cautions.emplace_back(
        "mode is warn: calls that the strict rules refuse are accepted and only logged");
  }
  if (needs_jwt() && replay == Replay::off) {
    cautions.emplace_back("replay is off: a JWT can be used again until it expires");
  } else if (needs_jwt() && replay == Replay::allow_window) {
    cautions.emplace_back("replay is allow_window: a JWT can be used again for " +
                          std::to_string(replay_window_s) + " s");
  }
  if (!certificate_sha256.empty()) {
    cautions.emplace_back(
        "certificate_sha256 is set: the listener ends no handshake for a certificate of an unknown "
        "authority, whose ever it is; it counts as none unless a profile has its fingerprint");
  }
  return cautions;
}

}  // namespace cdss::config
