#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "core/base/clock.hpp"
#include "core/config/settings.hpp"
#include "core/trust/key_fetcher.hpp"

namespace cdss::server {

/// Tells an operator how a client's JWT is judged: each check with its verdict, and what to do
/// about those that fail. Caller and log are told much less (ERR-04).
///
/// Names of issuers, audiences, keys and tenants are shown, with everything but plain printable
/// characters as '?'; the token is not, nor its signature. Keys are fetched from the addresses of
/// the profile that the token's `iss` belongs to, and from nowhere else. No `jti` is recorded.
///
/// @param token     As a client sends it; "Bearer", "Authorization:" and white space around it are
///                  taken off.
/// @param endpoint  The URL that is called; none: any below public_url that the token names.
/// @param fetcher   Must call back; it is waited for.
/// True when a server with these settings would let the token in once.
bool diagnose_jwt(std::string token, const config::Settings& settings,
                  const std::optional<std::string>& endpoint, trust::KeyFetcher& fetcher,
                  const Clock& clock, std::ostream& out);

}  // namespace cdss::server
