#include "core/fhir_client/fhir_access.hpp"

#include <algorithm>
#include <utility>

#include "core/http/client/address.hpp"

namespace cdss::fhir_client {
namespace {

constexpr std::chrono::seconds kMargin{1};  // so that a token does not expire on its way
constexpr std::chrono::seconds kLongest{86'400};
constexpr std::size_t kLongestToken = 8'192;

/// Where the host of a registered server may lead.
struct PermittedNetwork {
  bool loopback = false;
  bool private_network = false;
};

/// Source: RFC 6890; a registered address says by itself where it leads, a name does not.
Result<PermittedNetwork> permitted_network(const Url& url, bool private_networks) {
  if (url.is_on_loopback()) {
    return PermittedNetwork{.loopback = true};
  }
  if (url.host_kind() == Url::HostKind::name) {
    return PermittedNetwork{.private_network = private_networks};
  }
  switch (http::kind_of(url.host())) {
    case http::AddressKind::loopback:
      return PermittedNetwork{.loopback = true};
    case http::AddressKind::private_network:
      return PermittedNetwork{.private_network = true};
    case http::AddressKind::global:
      return PermittedNetwork{};
    case http::AddressKind::forbidden:
      break;
  }
  return Error{Errc::unsupported, {}, "the address of the client's FHIR server is never asked"};
}

Result<BaseUrl> server_of(const hooks::HookRequest& request, const config::Client& client) {
  if (!request.fhir_server) {
    return Error{Errc::missing, {}, "the client named no FHIR server to ask"};
  }
  if (client.fhir_servers.empty()) {
    return Error{Errc::missing, {}, "the client's profile registers no FHIR server to ask"};
  }
  auto base = BaseUrl::parse(*request.fhir_server);
  if (!base || !client.allows_fhir_server(*request.fhir_server)) {
    return Error{
        Errc::unsupported, {}, "the FHIR server it named is none that its profile registers"};
  }
  const Url& url = base->url();
  if (!url.is_https() && !(client.allow_http_on_loopback && url.is_on_loopback())) {
    return Error{Errc::unsupported, {}, "the FHIR server it named is not https"};
  }
  return *std::move(base);
}

/// Errors: as FhirAccess::grant, for the token.
Result<void> check_token(const hooks::FhirAuthorization& authorization,
                         const config::Client& client) {
  const auto token = authorization.access_token;
  const bool visible = std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7f'; });
  if (token.empty() || token.size() > kLongestToken || !visible) {
    return Error{Errc::malformed, {}, "the token for its FHIR server cannot be sent"};
  }
  if (!client.fhir_subject.empty() && authorization.subject != client.fhir_subject) {
    return Error{Errc::malformed, {}, "the token for its FHIR server is for another service"};
  }
  if (std::chrono::seconds{authorization.expires_in} <= kMargin) {
    return Error{Errc::timed_out, {}, "the token for its FHIR server has expired"};
  }
  return {};
}

}  // namespace

Result<FhirAccess> FhirAccess::grant(const hooks::HookRequest& request,
                                     const config::Client& client, bool private_networks,
                                     Time now) {
  CDSS_TRY(auto base, server_of(request, client));
  if (!request.fhir_authorization) {
    return Error{Errc::missing, {}, "the client sent no token for its FHIR server"};
  }
  const auto& authorization = *request.fhir_authorization;
  CDSS_CHECK(check_token(authorization, client));
  CDSS_TRY(const auto network, permitted_network(base.url(), private_networks));
  FhirAccess access{std::move(base)};
  access.client_id_ = client.id;
  access.token_.reset(new std::string{authorization.access_token});
  access.scopes_ = Scopes::parse(authorization.scope);
  access.until_ =
      now + std::min(std::chrono::seconds{authorization.expires_in}, kLongest) - kMargin;
  access.loopback_ = network.loopback;
  access.private_network_ = network.private_network;
  return access;
}

bool FhirAccess::is_own(std::string_view url) const {
  const auto parsed = Url::parse(url);
  return parsed && parsed->origin() == base_.url().origin();
}

std::string FhirAccess::authorization_for(std::string_view url) const {
  constexpr std::string_view kScheme = "Bearer ";
  std::string value;
  if (is_own(url)) {
    value.reserve(kScheme.size() + token_->size());  // no copy is left behind by growth
    value += kScheme;
    value += *token_;
  }
  return value;
}

}  // namespace cdss::fhir_client
