#pragma once

#include <memory>

#include <openssl/bn.h>
#include <openssl/evp.h>

#include "core/auth/jose/algorithm.hpp"
#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::auth {

/// The key material of a JWK and what its type and curve can verify.
struct PublicKey {
  std::shared_ptr<EVP_PKEY> key;
  Algorithms algorithms;
};

/// Reads `kty` and the public parts of an EC or RSA key. Errors: those of Jwk::read that concern
/// them. Source: RFC 7518, section 6.
Result<PublicKey> read_public_key(View jwk);

/// Whether a modulus looks like one of a generator whose keys can be factored.
///
/// The primes of that generator are k * M + (65537^a mod M), where M is the product of the first
/// primes; so the modulus is a power of 65537 modulo each of these. One in 2^27 other moduli is
/// taken for one. Source: CVE-2017-15361; Nemec et al., "The Return of Coppersmith's Attack", 2017.
bool has_weak_generator_mark(const BIGNUM& modulus);

}  // namespace cdss::auth
