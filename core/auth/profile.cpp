#include "core/auth/profile.hpp"

#include "core/base/file.hpp"

namespace cdss::auth {
namespace {

Result<std::shared_ptr<const JwkSet>> read_keys(const std::string& path) {
  CDSS_TRY(auto text, read_file(path, JwkSet::kLongest));
  auto set = JwkSet::parse(std::move(text));
  if (!set) {
    return within(path, std::move(set).error());
  }
  if (set->keys().empty()) {
    return Error{Errc::missing, path, "has no key that can verify a token"};
  }
  return std::make_shared<const JwkSet>(*std::move(set));
}

}  // namespace

Result<Profile> Profile::of(config::Client client) {
  Profile profile;
  for (const auto& name : client.algorithms) {
    const auto algorithm = parse_algorithm(name);
    if (!algorithm) {
      return Error{Errc::unsupported, client.id + ": algorithms",
                   "must be ES256, ES384, ES512, RS256, RS384, RS512, PS256, PS384 or PS512"};
    }
    profile.algorithms.add(*algorithm);
  }
  if (!client.jwks_file.empty()) {
    CDSS_TRY(profile.file_keys, read_keys(client.jwks_file));
  }
  profile.client = std::move(client);
  return profile;
}

}  // namespace cdss::auth
