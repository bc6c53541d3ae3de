#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/evp.h>

#include "core/auth/jose/algorithm.hpp"

namespace cdss::auth {

/// A client's key pair, made for one test run.
class Signer {
 public:
  /// @param curve  "P-256", "P-384" or "P-521".
  static Signer ec(std::string_view curve, std::string kid = "ec");
  static Signer rsa(unsigned bits, std::string kid = "rsa");

  /// The public key as a JWK. `more` is put before the closing brace, e.g. R"(,"use":"sig")".
  std::string jwk(std::string_view more = {}) const;

  /// The signature as a JWS carries it: raw, not base64url.
  std::string sign(Algorithm algorithm, std::string_view text) const;

  /// An ECDSA signature in DER, which a JWS must not carry.
  std::string sign_der(const char* hash, std::string_view text) const;

  /// An RSA PSS signature with a salt of `salt` bytes (-1: as long as the hash).
  std::string sign_pss(const char* hash, int salt, std::string_view text) const;

  /// The public key in DER (SubjectPublicKeyInfo) and in PEM.
  std::string public_der() const;
  std::string public_pem() const;

  const std::string& kid() const { return kid_; }

 private:
  Signer(std::shared_ptr<EVP_PKEY> key, std::string kid, std::string curve)
      : key_{std::move(key)}, kid_{std::move(kid)}, curve_{std::move(curve)} {}

  std::shared_ptr<EVP_PKEY> key_;
  std::string kid_;
  std::string curve_;  // empty for RSA
};

/// `{"keys":[...]}` of the given JWKs.
std::string jwk_set(std::initializer_list<std::string> jwks);

/// A JWS in compact form: base64url of both texts, and the signature of them.
std::string make_jws(const Signer& signer, Algorithm algorithm, std::string_view header,
                     std::string_view payload);

/// The two parts that are signed, "HEADER.PAYLOAD".
std::string signed_parts(std::string_view header, std::string_view payload);

/// A HMAC of `text` under `key`, for tokens that pass a public key off as a shared one.
std::string hmac(const char* hash, std::string_view key, std::string_view text);

}  // namespace cdss::auth
