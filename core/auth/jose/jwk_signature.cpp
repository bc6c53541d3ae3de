// The one place where a signature is checked.

#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include "core/auth/jose/jwk.hpp"

namespace cdss::auth {
namespace {

enum class Family { ecdsa, pkcs1, pss };

struct Scheme {
  Family family;
  const char* hash;
  std::size_t ec_bytes;  // of r, and of s
};

constexpr Scheme kSchemes[] = {
    {Family::ecdsa, "SHA256", 32}, {Family::ecdsa, "SHA384", 48}, {Family::ecdsa, "SHA512", 66},
    {Family::pkcs1, "SHA256", 0},  {Family::pkcs1, "SHA384", 0},  {Family::pkcs1, "SHA512", 0},
    {Family::pss, "SHA256", 0},    {Family::pss, "SHA384", 0},    {Family::pss, "SHA512", 0}};
static_assert(std::size(kSchemes) == std::size(kAlgorithmNames));

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// r and s side by side as the DER that OpenSSL reads; empty when they have not the length.
std::string to_der(std::string_view raw, std::size_t bytes) {
  if (raw.size() != 2 * bytes) {
    return {};
  }
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair{ECDSA_SIG_new(),
                                                                   &ECDSA_SIG_free};
  const auto length = static_cast<int>(bytes);
  BIGNUM* const r = BN_bin2bn(bytes_of(raw), length, nullptr);
  BIGNUM* const s = BN_bin2bn(bytes_of(raw.substr(bytes)), length, nullptr);
  if (pair == nullptr || r == nullptr || s == nullptr || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  std::string der(static_cast<std::size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)), '\0');
  auto* end = reinterpret_cast<unsigned char*>(der.data());
  i2d_ECDSA_SIG(pair.get(), &end);
  return der;
}

bool set_up(EVP_MD_CTX* digest, const Scheme& scheme, EVP_PKEY* key) {
  EVP_PKEY_CTX* parameters = nullptr;  // belongs to `digest`
  if (EVP_DigestVerifyInit_ex(digest, &parameters, scheme.hash, nullptr, nullptr, key, nullptr) !=
      1) {
    return false;
  }
  if (scheme.family != Family::pss) {
    return true;  // for an RSA key PKCS #1 v1.5 is the padding unless another is set
  }
  return EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1;
}

}  // namespace

bool Jwk::verify(Algorithm algorithm, std::string_view text, std::string_view signature) const {
  if (!algorithms_.has(algorithm)) {
    return false;
  }
  const Scheme& scheme = kSchemes[static_cast<std::size_t>(algorithm)];
  std::string der;
  if (scheme.family == Family::ecdsa) {
    der = to_der(signature, scheme.ec_bytes);
    signature = der;
  } else if (signature.size() != static_cast<std::size_t>(EVP_PKEY_get_size(key_.get()))) {
    return false;
  }
  if (signature.empty()) {
    return false;
  }
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest{EVP_MD_CTX_new(),
                                                                       &EVP_MD_CTX_free};
  const bool good = digest != nullptr && set_up(digest.get(), scheme, key_.get()) &&
                    EVP_DigestVerify(digest.get(), bytes_of(signature), signature.size(),
                                     bytes_of(text), text.size()) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace cdss::auth
