#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

#include "core/auth/authenticator.hpp"
#include "core/auth/jose/token.hpp"

namespace cdss::auth {

/// The token of the Authorization fields of a call. Errors: Reason::no_token,
/// several_authorizations, other_scheme, too_long, and those of Token::parse.
/// Source: RFC 9110, section 11.4; RFC 6750, section 2.1; CDS Hooks JWT-01.
TokenResult<Token> read_authorization(std::span<const std::string_view> fields);

/// The first fault among token_checks().
std::optional<Reason> token_fault(const Token& token);

/// Reason::certificate_missing or certificate_other when the profile asks for one beside the token.
std::optional<Reason> certificate_fault(const config::Client& client,
                                        const ClientCertificate* certificate);

/// Whether a profile refuses a token that was first used at `first_use`. Source: CDS Hooks JWT-19.
bool refuses_repeat(const config::Client& client, std::chrono::sys_seconds first_use,
                    std::chrono::sys_seconds now);

/// The key that the token's `kid` names, or null.
const Jwk* find_key(const JwkSet& keys, const Token& token, const config::Client& client);

}  // namespace cdss::auth
