#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/auth/jose/jwk.hpp"
#include "core/base/errors/result.hpp"

namespace cdss::auth {

/// A client's public keys by their `kid`. Constant once made. Thread-safe.
class JwkSet {
 public:
  static constexpr std::size_t kLongest = std::size_t{256} << 10U;  ///< bytes of a set
  static constexpr std::size_t kMostKeys = 256;

  /// Reads a JSON Web Key Set. A key that cannot serve here is left out and the others stay; when
  /// two that can serve have one `kid`, both are left out, for the name says no longer which.
  ///
  /// Errors: those of Document::parse; Errc::missing without `keys`; Errc::malformed when it is no
  /// array; Errc::out_of_range when it has more than 256.
  /// Source: RFC 7517, section 5; CDS Hooks JWT-09, JWT-26.
  static Result<JwkSet> parse(std::string text);

  /// The key of that name, or null.
  const Jwk* find(std::string_view kid) const;

  /// The key whose name is the same bytes in base64, whichever of its alphabets and with or without
  /// padding; null when there is none or more than one.
  const Jwk* find_as_base64(std::string_view kid) const;

  const std::vector<Jwk>& keys() const { return keys_; }

  /// Why keys were left out: where is e.g. "keys[2].use".
  const std::vector<Error>& rejected() const { return rejected_; }

 private:
  JwkSet() = default;

  std::vector<Jwk> keys_;  // no two of one kid
  std::vector<Error> rejected_;
};

}  // namespace cdss::auth
