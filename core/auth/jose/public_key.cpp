#include "core/auth/jose/public_key.hpp"

#include <algorithm>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

#include "core/auth/jose/base64url.hpp"

namespace cdss::auth {
namespace {

template <class T, void (*Free)(T*)>
struct Deleter {
  void operator()(T* object) const { Free(object); }
};
using Number = std::unique_ptr<BIGNUM, Deleter<BIGNUM, BN_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM, OSSL_PARAM_free>>;

struct Curve {
  std::string_view name;
  std::size_t bytes;  // of a coordinate
  Algorithm algorithm;
};
constexpr Curve kCurves[] = {{"P-256", 32, Algorithm::ES256},
                             {"P-384", 48, Algorithm::ES384},
                             {"P-521", 66, Algorithm::ES512}};

constexpr int kLeastModulusBits = 2048;
constexpr int kMostModulusBits = 8192;
constexpr std::size_t kLongestModulusText = (kMostModulusBits / 8 + 1) * 4 / 3 + 4;
constexpr BN_ULONG kLeastExponent = 65537;
constexpr int kMostExponentBits = 32;

Result<std::string> read_bytes(View jwk, std::string_view member) {
  CDSS_TRY(const auto text, jwk.required_string(member));
  if (text.size() > kLongestModulusText) {
    return jwk.error_at(member, Errc::out_of_range, "is too long");
  }
  auto bytes = decode_base64url(text);
  if (!bytes) {
    return jwk.error_at(member, Errc::malformed, bytes.error().message);
  }
  return bytes;
}

/// A key from its parameters; null when OpenSSL takes them for none.
std::shared_ptr<EVP_PKEY> make_key(const char* type, OSSL_PARAM* params) {
  const Context context{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
  EVP_PKEY* key = nullptr;
  const bool made = context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                    EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) == 1;
  ERR_clear_error();
  return {made ? key : nullptr, EVP_PKEY_free};
}

bool is_on_its_curve(EVP_PKEY* key) {
  const Context context{EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)};
  const bool good = context != nullptr && EVP_PKEY_public_check(context.get()) == 1;
  ERR_clear_error();
  return good;
}

Result<PublicKey> read_ec(View jwk) {
  CDSS_TRY(const auto name, jwk.required_string("crv"));
  const auto* const curve = std::ranges::find(kCurves, name, &Curve::name);
  if (curve == std::end(kCurves)) {
    return jwk.error_at("crv", Errc::unsupported, "must be P-256, P-384 or P-521");
  }
  std::string point{POINT_CONVERSION_UNCOMPRESSED};
  for (const std::string_view member : {"x", "y"}) {
    CDSS_TRY(const auto coordinate, read_bytes(jwk, member));
    if (coordinate.size() != curve->bytes) {
      return jwk.error_at(member, Errc::malformed, "has not the length of its curve");
    }
    point += coordinate;
  }
  std::string group{name};
  OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  auto key = make_key("EC", params);
  if (key == nullptr || !is_on_its_curve(key.get())) {
    return jwk.error(Errc::malformed, "is not a point of its curve");
  }
  return PublicKey{std::move(key), {curve->algorithm}};
}

Result<Number> read_number(View jwk, std::string_view member) {
  CDSS_TRY(const auto bytes, read_bytes(jwk, member));
  Number number{BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                          static_cast<int>(bytes.size()), nullptr)};
  if (number == nullptr) {
    return jwk.error_at(member, Errc::internal, "could not be held");
  }
  return number;
}

Result<void> check_rsa(View jwk, const BIGNUM* modulus, const BIGNUM* exponent) {
  const int bits = BN_num_bits(modulus);
  if (bits < kLeastModulusBits || bits > kMostModulusBits) {
    return jwk.error_at("n", Errc::out_of_range, "must have 2048 to 8192 bits");
  }
  if (BN_is_odd(modulus) == 0) {
    return jwk.error_at("n", Errc::malformed, "is even");
  }
  if (has_weak_generator_mark(*modulus)) {
    return jwk.error_at("n", Errc::unsupported, "comes from a generator that is broken");
  }
  if (BN_num_bits(exponent) > kMostExponentBits || BN_is_odd(exponent) == 0 ||
      BN_get_word(exponent) < kLeastExponent) {
    return jwk.error_at("e", Errc::out_of_range, "must be odd, from 65537 to 32 bits");
  }
  return {};
}

Result<PublicKey> read_rsa(View jwk) {
  CDSS_TRY(const Number modulus, read_number(jwk, "n"));
  CDSS_TRY(const Number exponent, read_number(jwk, "e"));
  CDSS_CHECK(check_rsa(jwk, modulus.get(), exponent.get()));
  const ParamBuilder builder{OSSL_PARAM_BLD_new()};
  if (builder == nullptr ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1) {
    return jwk.error(Errc::internal, "could not be held");
  }
  const Params params{OSSL_PARAM_BLD_to_param(builder.get())};
  auto key = make_key("RSA", params.get());
  if (key == nullptr) {
    return jwk.error(Errc::malformed, "is not an RSA key");
  }
  return PublicKey{std::move(key),
                   {Algorithm::RS256, Algorithm::RS384, Algorithm::RS512, Algorithm::PS256,
                    Algorithm::PS384, Algorithm::PS512}};
}

}  // namespace

bool has_weak_generator_mark(const BIGNUM& modulus) {
  // The odd primes of M for keys of every length that the generator makes.
  static constexpr unsigned kPrimes[] = {
      3,  5,  7,  11, 13, 17,  19,  23,  29,  31,  37,  41,  43,  47,  53,  59,  61,  67,  71,
      73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};
  return std::ranges::all_of(kPrimes, [&](unsigned prime) {
    const auto rest = BN_mod_word(&modulus, prime);
    unsigned power = 1;
    do {
      if (power == rest) {
        return true;
      }
      power = power * (65537 % prime) % prime;
    } while (power != 1);
    return false;
  });
}

Result<PublicKey> read_public_key(View jwk) {
  CDSS_TRY(const auto type, jwk.required_string("kty"));
  if (type == "oct") {
    return jwk.error_at("kty", Errc::unsupported,
                        "is a symmetric key, which both sides would share");
  }
  if (type != "EC" && type != "RSA") {
    return jwk.error_at("kty", Errc::unsupported, "must be EC or RSA");
  }
  for (const std::string_view part : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
    if (jwk.find(part)) {
      return jwk.error_at(part, Errc::unsupported,
                          "is a private part: whoever reads the set could sign with this key");
    }
  }
  return type == "EC" ? read_ec(jwk) : read_rsa(jwk);
}

}  // namespace cdss::auth
