#include "core/config/client_check.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/base_url.hpp"
#include "core/base/file.hpp"
#include "core/base/text/ascii.hpp"

namespace cdss::config {
namespace {

constexpr std::string_view kName = "abcdefghijklmnopqrstuvwxyz0123456789-";
constexpr std::size_t kLongestId = 40;
constexpr std::size_t kSha256Digits = 64;

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && text.front() != '-' &&
         text.find_first_not_of(kName) == std::string_view::npos;
}

bool has_space_or_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (c >= 0 && c <= ' ') || c == '\x7f'; });
}

std::string element(std::string_view list, std::size_t index) {
  return std::string{list} + '[' + std::to_string(index) + ']';
}

/// Adds what `problem` says of each element of a list, but for an empty answer.
template <class Problem>
void check_each(std::string_view name, const std::vector<std::string>& list,
                std::vector<Error>& faults, Problem problem) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (std::string wrong = problem(list[i]); !wrong.empty()) {
      faults.push_back({Errc::malformed, element(name, i), std::move(wrong)});
    }
  }
}

void check_id(const Client& client, std::vector<Error>& faults) {
  if (client.id.empty()) {
    faults.push_back({Errc::missing, "id", "is required: a short name for logs and metrics"});
  } else if (!is_name(client.id)) {
    faults.push_back({Errc::malformed, "id",
                      "must be 1 to 40 lower-case letters, digits and hyphens, and not begin with "
                      "a hyphen"});
  }
}

/// Issuers that sign for every customer of a vendor: the tenant tells whose token it is.
/// Source: Oracle Health, CDS Hooks implementation guide: one issuer for all domains.
constexpr std::string_view kSharedIssuers[] = {"cds-hooks.cerner.com",
                                               "cds-hooks.sandboxcerner.com"};

bool is_shared_issuer(const std::string& issuer) {
  const auto url = Url::parse(issuer);
  return url && std::ranges::find(kSharedIssuers, url->host()) != std::end(kSharedIssuers);
}

/// What the way of authentication needs and does not have. Templates stop here.
void check_needs(const Client& client, std::vector<Error>& faults) {
  if (client.needs_jwt() && client.issuers.empty()) {
    faults.push_back({Errc::missing, "issuers",
                      "must name the issuer of this client's JWTs: fill in the `iss` of a token "
                      "that it sends, as its administrator confirms it"});
  }
  if (client.needs_jwt() && client.jwks_urls.empty() && client.jwks_file.empty()) {
    faults.push_back({Errc::missing, "jwks_urls",
                      "must name an https address of this client's public keys, or jwks_file a "
                      "file with them: ask its administrator"});
  }
  if (client.needs_jwt() && client.algorithms.empty()) {
    faults.push_back(
        {Errc::missing, "algorithms", "must name an algorithm; leave it out to take the default"});
  }
  if (client.needs_jwt() && client.tenants.empty() &&
      std::ranges::any_of(client.issuers, is_shared_issuer)) {
    faults.push_back({Errc::missing, "tenants",
                      "must name this site's tenant: the issuer signs for every customer of its "
                      "vendor, so that without a tenant any of them would be accepted"});
  }
  if (client.needs_certificate() && client.certificate_sha256.empty() &&
      client.certificate_names.empty()) {
    faults.push_back({Errc::missing, "certificate_sha256",
                      "must hold a fingerprint of this client's certificate (openssl x509 -noout "
                      "-fingerprint -sha256), or certificate_names one of its names"});
  }
}

/// What is said and would do nothing: a slip, or a profile that is less strict than it looks.
void check_unused(const Client& client, std::vector<Error>& faults) {
  const auto unused = [&](std::string_view name, bool is_given, std::string_view without) {
    if (is_given) {
      faults.push_back({Errc::unsupported, std::string{name},
                        "has no effect with authentication " +
                            std::string{name_of(client.authentication)} + "; " +
                            std::string{without} + ", or leave it out"});
    }
  };
  if (!client.needs_jwt()) {
    constexpr std::string_view kAsk = "set authentication to jwt";
    unused("issuers", !client.issuers.empty(), kAsk);
    unused("jwks_urls", !client.jwks_urls.empty(), kAsk);
    unused("jwks_file", !client.jwks_file.empty(), kAsk);
    unused("audience_aliases", !client.audience_aliases.empty(), kAsk);
    unused("tenants", !client.tenants.empty(), kAsk);
  }
  if (!client.needs_certificate()) {
    constexpr std::string_view kAsk = "set authentication to certificate or jwt_and_certificate";
    unused("certificate_sha256", !client.certificate_sha256.empty(), kAsk);
    unused("certificate_names", !client.certificate_names.empty(), kAsk);
  }
}

/// A 1.0 client refuses what it does not know (SYS-02, CARD-18).
void check_version(const Client& client, std::vector<Error>& faults) {
  if (client.cds_hooks_version == CdsHooksVersion::v1_0 && !client.features.empty()) {
    faults.push_back({Errc::unsupported, "features",
                      "are newer than CDS Hooks 1.0; set cds_hooks_version to 2.0 or 3.0, or leave "
                      "them out"});
  }
}

/// Empty when the address may be fetched from.
std::string problem_with_address(const Client& client, std::string_view text) {
  const auto url = Url::parse(text);
  if (!url) {
    return url.error().message;
  }
  if (!url->is_https() && !(client.allow_http_on_loopback && url->is_on_loopback())) {
    return "must be https; http is for localhost, 127.0.0.1 and [::1] in a profile that says "
           "\"allow_http_on_loopback\": true";
  }
  return {};
}

std::string problem_with_fhir_server(const Client& client, std::string_view text) {
  const auto base = BaseUrl::parse(text);
  return base ? problem_with_address(client, text) : base.error().message;
}

/// Source: RFC 6454, section 6.2: what a browser sends as Origin.
std::string problem_with_origin(const Client& client, std::string_view text) {
  if (text == "loopback") {
    return client.authentication == Authentication::none
               ? ""
               : "may be loopback only with authentication none; name the origins of this client";
  }
  const auto url = Url::parse(text);
  if (!url || text != url->origin()) {
    return "must be an origin as a browser sends it, e.g. https://ehr.example.org or "
           "https://ehr.example.org:8443, without a path and without *";
  }
  return {};
}

std::string problem_with_certificate_name(std::string_view text) {
  const bool is_uri = text.find(':') != std::string_view::npos;
  const bool is_dns =
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_") == std::string_view::npos;
  return (is_uri && !has_space_or_control(text)) || is_dns
             ? ""
             : "must be a DNS name in lower case, without *, or a URI";
}

void check_lists(const Client& client, std::vector<Error>& faults) {
  const auto no_space = [](const std::string& text) -> std::string {
    return has_space_or_control(text) ? "must not hold a space or control character" : "";
  };
  check_each("issuers", client.issuers, faults, no_space);
  check_each("audience_aliases", client.audience_aliases, faults, no_space);
  check_each("jwks_urls", client.jwks_urls, faults,
             [&](const std::string& text) { return problem_with_address(client, text); });
  check_each("fhir_servers", client.fhir_servers, faults,
             [&](const std::string& text) { return problem_with_fhir_server(client, text); });
  if (!client.fhir_subject.empty() && client.fhir_servers.empty()) {
    faults.push_back({Errc::unsupported, "fhir_subject",
                      "has no effect without fhir_servers; name one, or leave it out"});
  }
  check_each("cors_origins", client.cors_origins, faults,
             [&](const std::string& text) { return problem_with_origin(client, text); });
  check_each("services", client.services, faults, [](const std::string& text) -> std::string {
    return is_name(text) ? "" : "must be the id of a service, as /cds-services lists it";
  });
  check_each("certificate_sha256", client.certificate_sha256, faults,
             [](const std::string& text) -> std::string {
               return text.size() == kSha256Digits && std::ranges::all_of(text, is_hex_digit)
                          ? ""
                          : "must be a SHA-256 fingerprint: 64 hex digits, with or without colons";
             });
  check_each("certificate_names", client.certificate_names, faults, problem_with_certificate_name);
}

}  // namespace

void check_client(const Client& client, std::vector<Error>& faults) {
  check_id(client, faults);
  check_needs(client, faults);
  check_unused(client, faults);
  check_version(client, faults);
  check_lists(client, faults);
}

void check_jwks_file(const std::string& path, std::vector<Error>& faults) {
  const auto document = read_json_file(path);
  if (!document) {
    faults.push_back(document.error());
    return;
  }
  const auto keys = document->root().find("keys");
  if (!keys || !keys->is_array()) {
    faults.push_back({Errc::malformed, path, "must be a JWK Set: an object with a list `keys`"});
    return;
  }
  for (const View key : keys->elements()) {
    for (const char* secret : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
      if (key.find(secret)) {
        faults.push_back({Errc::unsupported, path + ": " + key.path(),
                          "holds a private or symmetric key; keep that secret and put the public "
                          "half here"});
        break;
      }
    }
  }
}

}  // namespace cdss::config
