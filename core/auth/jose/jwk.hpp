#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/evp.h>

#include "core/auth/jose/algorithm.hpp"
#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::auth {

/// One public key of a client, decoded once: elliptic curve P-256, P-384 or P-521, or RSA of 2048
/// to 8192 bits. Cheap to copy, constant once made. Thread-safe.
class Jwk {
 public:
  /// Reads a JSON Web Key. Members that are not known are ignored; `x5c` and the like are not
  /// looked at.
  ///
  /// Errors, each at the member: Errc::missing without `kid` or a part of the key; Errc::malformed
  /// when a part has the wrong type, spelling or length, when the point is not on its curve, and
  /// when `key_ops` repeats itself; Errc::out_of_range for an RSA modulus outside 2048 to 8192 bits
  /// and an exponent that is even, below 65537 or above 32 bits; Errc::unsupported for another
  /// `kty`, `crv` or `alg`, a `use` that is not "sig", a `key_ops` without "verify", a key with
  /// private or symmetric parts, and an RSA modulus from a generator known to be broken.
  /// Source: RFC 7517, section 4; RFC 7518, section 6; FIPS 186-5, section 5.1; CVE-2017-15361;
  /// CDS Hooks JWT-08, JWT-26.
  static Result<Jwk> read(View object);

  const std::string& kid() const { return kid_; }

  /// What this key may verify: what its type and curve allow, and `alg` if it has one.
  Algorithms algorithms() const { return algorithms_; }

  /// Whether `signature` is that of `text` by this key. False also when the algorithm is not among
  /// algorithms(), and when the signature has not the one length that it must have.
  /// Source: RFC 7518, sections 3.3, 3.4 (r and s side by side, not DER) and 3.5 (a salt as long as
  /// the hash).
  bool verify(Algorithm algorithm, std::string_view text, std::string_view signature) const;

 private:
  Jwk(std::string kid, Algorithms algorithms, std::shared_ptr<EVP_PKEY> key)
      : kid_{std::move(kid)}, algorithms_{algorithms}, key_{std::move(key)} {}

  std::string kid_;
  Algorithms algorithms_;
  std::shared_ptr<EVP_PKEY> key_;  // OpenSSL counts and locks what it changes inside
};

}  // namespace cdss::auth
