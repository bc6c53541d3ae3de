#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/auth/authenticator.hpp"
#include "core/auth/key_cache.hpp"
#include "core/auth/profile.hpp"

namespace cdss::auth {

/// A profile and the caches of its addresses, in their order.
struct RegisteredClient {
  std::shared_ptr<const Profile> profile;
  std::vector<std::pair<std::string, std::shared_ptr<KeyCache>>> caches;  ///< by URL
};

/// The profiles by what tells them apart. Constant once made. Thread-safe.
class Profiles {
 public:
  /// Errors: those of Authenticator::make.
  static Result<Profiles> make(std::vector<config::Client> clients, KeyCaches& caches);

  /// The profile that takes tokens of this issuer, or null.
  const RegisteredClient* of_issuer(std::string_view issuer) const;

  /// The profile that a call belongs to which no token assigns: null when there is none.
  std::shared_ptr<const Profile> without_token(const ClientCertificate* certificate) const;

 private:
  Result<void> add(config::Client client, KeyCaches& caches);

  std::map<std::string, std::shared_ptr<const RegisteredClient>, std::less<>> by_issuer_;
  std::vector<std::shared_ptr<const Profile>> by_certificate_;
  std::shared_ptr<const Profile> open_;
};

}  // namespace cdss::auth
