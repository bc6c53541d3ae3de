#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/auth/jose/jws.hpp"
#include "core/json/document.hpp"

namespace cdss::auth {

/// A parsed JWT that is not verified yet: its texts and numbers are what the sender wrote.
/// Movable. Thread-safe. Source: RFC 7519, section 7.2.
class Token {
 public:
  /// Errors: those of Jws::parse; Reason::payload_not_json.
  static TokenResult<Token> parse(std::string compact);

  const Jws& jws() const { return jws_; }
  View header() const { return jws_.header(); }
  View claims() const { return claims_.root(); }  ///< an object

  /// A member of the header or a claim when it is a text that is not empty; else empty.
  std::string_view kid() const { return header().text_or_empty("kid"); }
  std::string_view jku() const { return header().text_or_empty("jku"); }
  std::string_view issuer() const { return claims().text_or_empty("iss"); }
  std::string_view tenant() const { return claims().text_or_empty("tenant"); }
  std::string_view id() const { return claims().text_or_empty("jti"); }

  /// `exp`, `iat` or `nbf` in whole seconds, a fraction dropped; none when it is absent or is not a
  /// number from 0 to 10^12 without exponent. Source: RFC 7519, section 2, NumericDate.
  std::optional<std::chrono::sys_seconds> time(std::string_view claim) const;

 private:
  Token(Jws jws, Document claims) : jws_{std::move(jws)}, claims_{std::move(claims)} {}

  Jws jws_;
  Document claims_;
};

}  // namespace cdss::auth
