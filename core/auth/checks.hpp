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
#include "core/http/server/client_certificate.hpp"

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

/// The token of the Authorization fields of a call. Errors: Reason::no_token,
/// several_authorizations, other_scheme, too_long, and those of Token::parse.
/// Source: RFC 9110, section 11.4; RFC 6750, section 2.1; CDS Hooks JWT-01.
TokenResult<Token> read_authorization(std::span<const std::string_view> fields);

/// The first fault among token_checks().
std::optional<Reason> token_fault(const Token& token);

/// Reason::certificate_missing or certificate_other when the profile asks for one beside the token.
std::optional<Reason> certificate_fault(const config::Client& client,
                                        const http::ClientCertificate* certificate);

/// Whether a profile refuses a token that was first used at `first_use`. Source: CDS Hooks JWT-19.
bool refuses_repeat(const config::Client& client, std::chrono::sys_seconds first_use,
                    std::chrono::sys_seconds now);

/// The key that the token's `kid` names, or null.
const Jwk* find_key(const JwkSet& keys, const Token& token, const config::Client& client);

}  // namespace cdss::auth
