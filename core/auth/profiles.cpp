#include "core/auth/profiles.hpp"

namespace cdss::auth {

Result<Profiles> Profiles::make(std::vector<config::Client> clients, KeyCaches& caches) {
  Profiles profiles;
  for (auto& client : clients) {
    CDSS_CHECK(profiles.add(std::move(client), caches));
  }
  return profiles;
}

Result<void> Profiles::add(config::Client client, KeyCaches& caches) {
  CDSS_TRY(auto made, Profile::of(std::move(client)));
  const auto profile = std::make_shared<const Profile>(std::move(made));
  const config::Client& own = profile->client;
  if (own.authentication == config::Authentication::none) {
    if (open_ != nullptr) {
      return Error{Errc::unsupported, own.id + ": authentication",
                   "is none, as that of " + open_->client.id + ": calls could be of either"};
    }
    open_ = profile;
  }
  if (own.authentication == config::Authentication::certificate) {
    by_certificate_.push_back(profile);
  }
  if (!own.needs_jwt()) {
    return {};
  }
  auto known = std::make_shared<RegisteredClient>();
  known->profile = profile;
  for (const auto& url : own.jwks_urls) {
    known->caches.emplace_back(url, caches.at({url, own.allow_http_on_loopback}));
  }
  for (const auto& issuer : own.issuers) {
    const auto [at, is_new] = by_issuer_.emplace(issuer, known);
    if (!is_new) {
      return Error{Errc::unsupported, own.id + ": issuers",
                   "has an issuer that " + at->second->profile->client.id + " lists too"};
    }
  }
  return {};
}

const RegisteredClient* Profiles::of_issuer(std::string_view issuer) const {
  const auto found = by_issuer_.find(issuer);
  return found == by_issuer_.end() ? nullptr : found->second.get();
}

std::shared_ptr<const Profile> Profiles::without_token(const ClientCertificate* certificate) const {
  if (certificate != nullptr) {
    for (const auto& profile : by_certificate_) {
      if (profile->client.owns_certificate(certificate->sha256, certificate->names)) {
        return profile;
      }
    }
  }
  return open_;
}

}  // namespace cdss::auth
