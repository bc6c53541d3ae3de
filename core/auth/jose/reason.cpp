#include "core/auth/jose/reason.hpp"

#include <iterator>

namespace cdss::auth {
namespace {

struct Row {
  Reason reason;
  Label label;
  Explanation explanation;
};

constexpr Row kRows[] = {
    {Reason::no_token,
     "no_token",
     {"the call has no Authorization field",
      "send Authorization: Bearer and a signed JWT with each call"}},
    {Reason::several_authorizations,
     "several_authorizations",
     {"the call has more than one Authorization field",
      "send one; look whether a proxy adds another"}},
    {Reason::other_scheme,
     "other_scheme",
     {"the Authorization field is not of the scheme Bearer",
      "send the word Bearer, one space and the JWT"}},
    {Reason::too_long,
     "too_long",
     {"the token is longer than 8 KiB", "leave out claims that CDS Hooks does not name"}},
    {Reason::not_compact,
     "not_compact",
     {"the token is not three parts of base64url without padding with dots between",
      "send the JWS compact form as the library writes it, without quotes or line breaks"}},
    {Reason::header_not_json,
     "header_not_json",
     {"the header is not a JSON object in UTF-8 with each member once",
      "let a JOSE library write the header"}},
    {Reason::payload_not_json,
     "payload_not_json",
     {"the payload is not a JSON object in UTF-8 with each member once",
      "let a JOSE library write the claims"}},
    {Reason::algorithm_missing,
     "algorithm_missing",
     {"the header has no alg", "name the signature algorithm in the header"}},
    {Reason::algorithm_none,
     "algorithm_none",
     {"the token is unsigned", "sign it; unsigned tokens are never taken"}},
    {Reason::algorithm_symmetric,
     "algorithm_symmetric",
     {"the algorithm is symmetric", "sign with a private key, e.g. by ES384 or RS384"}},
    {Reason::algorithm_unknown,
     "algorithm_unknown",
     {"the algorithm is not one that exists here",
      "use ES256, ES384, ES512, RS256, RS384, RS512, PS256, PS384 or PS512"}},
    {Reason::critical_header,
     "critical_header",
     {"the header has crit or b64, which nothing here understands", "leave them out"}},
    {Reason::embedded_key,
     "embedded_key",
     {"the header brings a key of its own in jwk, x5c or x5u",
      "leave it out; keys come only from where the profile says"}},
    {Reason::signature_missing,
     "signature_missing",
     {"the token has no signature", "send all three parts of the token"}},
    {Reason::issuer_missing,
     "issuer_missing",
     {"iss is missing, empty or no text", "name the issuer as registered"}},
    {Reason::issuer_unknown,
     "issuer_unknown",
     {"no client profile lists this iss",
      "add it to issuers of the client's profile, byte by byte as it is in the token"}},
    {Reason::certificate_missing,
     "certificate_missing",
     {"the profile asks for a client certificate and there is none",
      "present one, and let no proxy end the TLS connection in between"}},
    {Reason::certificate_other,
     "certificate_other",
     {"the client certificate is not one of the profile's",
      "add its fingerprint to certificate_sha256, or its name to certificate_names"}},
    {Reason::algorithm_not_listed,
     "algorithm_not_listed",
     {"the profile does not list this algorithm",
      "add it to algorithms of the profile, or sign by one that is listed"}},
    {Reason::type_not_jwt,
     "type_not_jwt",
     {"typ is not JWT", "send typ JWT, or add the leniency typ_missing to the profile"}},
    {Reason::kid_missing,
     "kid_missing",
     {"the header has no kid", "name the key in the header as it is named in the JWK Set"}},
    {Reason::jku_malformed, "jku_malformed", {"jku is no text", "send a URL or leave jku out"}},
    {Reason::jku_not_listed,
     "jku_not_listed",
     {"jku is not a key address of this profile; it was not fetched",
      "add it to jwks_urls of the profile, byte by byte as it is in the token"}},
    {Reason::audience_missing,
     "audience_missing",
     {"aud is missing, or neither a text nor a list of texts",
      "send the URL of the endpoint that is called"}},
    {Reason::audience_other,
     "audience_other",
     {"aud is not the URL of the endpoint that is called",
      "send public_url, /cds-services/ and the id of the service, or add what is sent to "
      "audience_aliases of the profile"}},
    {Reason::expiry_missing,
     "expiry_missing",
     {"exp is missing or no number of seconds", "send exp as a JSON number"}},
    {Reason::expired,
     "expired",
     {"the token has expired",
      "make a token for each call; compare the clocks of both sides, clock_skew_s is forgiven"}},
    {Reason::issued_at_missing,
     "issued_at_missing",
     {"iat is missing or no number of seconds", "send iat as a JSON number"}},
    {Reason::issued_in_future,
     "issued_in_future",
     {"iat lies in the future",
      "compare the clocks of both sides, clock_skew_s is forgiven; send seconds, not "
      "milliseconds"}},
    {Reason::not_before_malformed,
     "not_before_malformed",
     {"nbf is no number of seconds", "send nbf as a JSON number or leave it out"}},
    {Reason::not_yet_valid,
     "not_yet_valid",
     {"nbf lies in the future", "compare the clocks of both sides, clock_skew_s is forgiven"}},
    {Reason::lifetime_too_long,
     "lifetime_too_long",
     {"exp is not after iat, or further than token_age_s",
      "make tokens that live minutes, or raise token_age_s of the profile"}},
    {Reason::tenant_malformed,
     "tenant_malformed",
     {"tenant is empty or no text", "send a text or leave tenant out"}},
    {Reason::tenant_not_listed,
     "tenant_not_listed",
     {"the profile lists tenants and this is none of them",
      "add it to tenants of the profile, or empty that list"}},
    {Reason::jti_missing,
     "jti_missing",
     {"jti is missing, empty or no text", "send a new random jti in each token"}},
    {Reason::replayed,
     "replayed",
     {"a token with this jti was used before",
      "make a token for each call; where a client cannot, set replay of the profile to "
      "allow_window"}},
    {Reason::busy,
     "busy",
     {"too many tokens are waiting to be verified", "try again; look at the load"}},
    {Reason::keys_unavailable,
     "keys_unavailable",
     {"the client's keys could not be fetched", "see that the address in jwks_urls answers"}},
    {Reason::kid_unknown,
     "kid_unknown",
     {"the client's key sets have no usable key of this kid",
      "publish the key under this kid; a set is fetched again at most once a minute"}},
    {Reason::key_does_not_fit,
     "key_does_not_fit",
     {"the key of this kid is not for this algorithm",
      "see that kty, crv and alg of the key fit alg of the token"}},
    {Reason::signature_wrong,
     "signature_wrong",
     {"the signature is not that of the key",
      "see that the private key belongs to the published one; ECDSA signatures are r and s, not "
      "DER"}},
    {Reason::replay_memory_full,
     "replay_memory_full",
     {"the issuer has more unexpired tokens than can be remembered",
      "let its tokens live minutes instead of hours"}},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    if (kRows[i].reason != static_cast<Reason>(i)) {
      return false;
    }
  }
  return std::size(kRows) == kReasons;
}
static_assert(is_in_order(), "one row for each reason, in its order");

}  // namespace

Label label_of(Reason reason) {
  return kRows[static_cast<std::size_t>(reason)].label;
}

Explanation explain(Reason reason) {
  return kRows[static_cast<std::size_t>(reason)].explanation;
}

}  // namespace cdss::auth
