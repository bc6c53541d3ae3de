#pragma once

#include <iosfwd>
#include <optional>
#include <span>
#include <string>

#include "core/auth/key_fetcher.hpp"
#include "core/base/clock.hpp"
#include "core/config/settings.hpp"

namespace cdss::cli {

/// What a token is checked for.
struct Site {
  const config::Settings& settings;
  std::span<const std::string> services;  ///< ids of those that the server offers
  /// The URL that is called; none: that of any service that the token names in `aud`.
  std::optional<std::string> endpoint = std::nullopt;
};

/// Shows an operator how a client's JWT is checked: each check with its result, and what to do
/// about those that fail. Caller and log get much less (ERR-04).
///
/// Names of issuers, audiences, keys and tenants are shown, with everything but plain printable
/// characters as '?'; the token is not, nor its signature. Keys are fetched from the addresses of
/// the profile that the token's `iss` belongs to, and from nowhere else. No `jti` is recorded.
///
/// @param token     As a client sends it; "Bearer", "Authorization:" and white space around it are
///                  taken off.
/// @param fetcher   Must call back; it is waited for.
/// True when a server with these settings would let a call with this token in once: for the token,
/// or because a profile takes calls with any token or none.
bool diagnose_jwt(std::string token, const Site& site, auth::KeyFetcher& fetcher,
                  const Clock& clock, std::ostream& out);

}  // namespace cdss::cli
