#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/auth/jose/reason.hpp"
#include "core/auth/jose/token.hpp"
#include "core/auth/profile.hpp"

namespace cdss::auth {

/// The values of `aud` that name a call of this endpoint: its URL, and for the feedback endpoint of
/// a service that of the service too, since the specification calls either the endpoint.
///
/// @param endpoint  Made from the configured public URL, never from `Host`; without a query.
/// Source: CDS Hooks JWT-13, JWT-14.
std::vector<std::string> audiences_of(std::string_view endpoint);

/// What a token is compared with, apart from its profile.
struct ValidationContext {
  std::span<const std::string> audiences;  ///< those of the endpoint that is called
  std::chrono::sys_seconds now;
};

/// One check of a token by itself, before it is known whose it is.
struct TokenCheck {
  std::string_view of;  ///< the part of the token, for people
  std::optional<Reason> (*fault)(const Token& token);
};

/// One check of a token against a client profile. None of them asks another machine or verifies
/// anything.
struct ProfileCheck {
  std::string_view of;
  std::optional<Reason> (*fault)(const Token& token, const Profile& profile,
                                 const ValidationContext& asked);
};

/// In the order of Reason. Source: CDS Hooks JWT-03 to JWT-05, JWT-11, JWT-24, JWT-31.
std::span<const TokenCheck> token_checks();

/// In the order of Reason. Source: CDS Hooks JWT-07, JWT-09, JWT-10, JWT-12 to JWT-18, JWT-20,
/// JWT-21, JWT-31.
std::span<const ProfileCheck> profile_checks();

/// Whether a token whose profile checks have passed is too old by now. Source: CDS Hooks JWT-15.
bool is_expired(const Token& token, const Profile& profile, std::chrono::sys_seconds now);

/// Whether the mode `warn` accepts a token that has this fault. Who is calling, that the token is
/// fresh and that it is for us are never waived: signature, alg, kid, jku, iss, aud, exp, nbf.
bool is_waivable(Reason reason);

}  // namespace cdss::auth
