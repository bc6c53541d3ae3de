#include "tests/core/auth/signer.hpp"

#include <cstdlib>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "tests/core/auth/encode.hpp"

namespace cdss::auth {
namespace {

void require(bool good) {
  if (!good) {
    std::abort();  // OpenSSL cannot do what the test needs
  }
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string number(EVP_PKEY* key, const char* parameter, int least_bytes) {
  BIGNUM* value = nullptr;
  require(EVP_PKEY_get_bn_param(key, parameter, &value) == 1);
  std::string bytes(static_cast<std::size_t>(std::max(BN_num_bytes(value), least_bytes)), '\0');
  BN_bn2binpad(value, reinterpret_cast<unsigned char*>(bytes.data()),
               static_cast<int>(bytes.size()));
  BN_free(value);
  return encode_base64url(bytes);
}

int coordinate_bytes(std::string_view curve) {
  return curve == "P-256" ? 32 : curve == "P-384" ? 48 : 66;
}

std::string sign_with(EVP_PKEY* key, const char* hash, int salt, std::string_view text) {
  EVP_MD_CTX* const context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* parameters = nullptr;
  require(EVP_DigestSignInit_ex(context, &parameters, hash, nullptr, nullptr, key, nullptr) == 1);
  constexpr int kNoSalt = -100;
  if (salt != kNoSalt) {
    require(EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1);
    require(EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, salt) == 1);
  }
  std::size_t size = 0;
  require(EVP_DigestSign(context, nullptr, &size, bytes_of(text), text.size()) == 1);
  std::string signature(size, '\0');
  require(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                         bytes_of(text), text.size()) == 1);
  signature.resize(size);
  EVP_MD_CTX_free(context);
  return signature;
}

constexpr const char* kHashes[] = {"SHA256", "SHA384", "SHA512"};

}  // namespace

Signer Signer::ec(std::string_view curve, std::string kid) {
  return {
      {EVP_EC_gen(std::string{curve}.c_str()), EVP_PKEY_free}, std::move(kid), std::string{curve}};
}

Signer Signer::rsa(unsigned bits, std::string kid) {
  return {{EVP_RSA_gen(bits), EVP_PKEY_free}, std::move(kid), {}};
}

std::string Signer::jwk(std::string_view more) const {
  std::string text = R"({"kid":")" + kid_ + R"(",)";
  if (curve_.empty()) {
    text += R"("kty":"RSA","n":")" + number(key_.get(), OSSL_PKEY_PARAM_RSA_N, 0) + R"(","e":")" +
            number(key_.get(), OSSL_PKEY_PARAM_RSA_E, 0) + '"';
  } else {
    const int bytes = coordinate_bytes(curve_);
    text += R"("kty":"EC","crv":")" + curve_ + R"(","x":")" +
            number(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X, bytes) + R"(","y":")" +
            number(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y, bytes) + '"';
  }
  return text + std::string{more} + '}';
}

std::string Signer::sign(Algorithm algorithm, std::string_view text) const {
  const auto index = static_cast<std::size_t>(algorithm);
  const char* const hash = kHashes[index % 3];
  constexpr std::size_t kFirstPss = 6;
  if (index >= kFirstPss) {
    return sign_pss(hash, RSA_PSS_SALTLEN_DIGEST, text);
  }
  if (curve_.empty()) {
    return sign_with(key_.get(), hash, -100, text);
  }
  const auto der = sign_der(hash, text);
  const auto* at = bytes_of(der);
  ECDSA_SIG* const pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  require(pair != nullptr);
  const int bytes = coordinate_bytes(curve_);
  std::string raw(static_cast<std::size_t>(2 * bytes), '\0');
  auto* const out = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, bytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + bytes, bytes);
  ECDSA_SIG_free(pair);
  return raw;
}

std::string Signer::sign_der(const char* hash, std::string_view text) const {
  return sign_with(key_.get(), hash, -100, text);
}

std::string Signer::sign_pss(const char* hash, int salt, std::string_view text) const {
  return sign_with(key_.get(), hash, salt, text);
}

std::string Signer::public_der() const {
  unsigned char* out = nullptr;
  const int size = i2d_PUBKEY(key_.get(), &out);
  require(size > 0);
  std::string der{reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
  OPENSSL_free(out);
  return der;
}

std::string Signer::public_pem() const {
  BIO* const memory = BIO_new(BIO_s_mem());
  require(PEM_write_bio_PUBKEY(memory, key_.get()) == 1);
  char* text = nullptr;
  const auto size = BIO_get_mem_data(memory, &text);
  std::string pem{text, static_cast<std::size_t>(size)};
  BIO_free(memory);
  return pem;
}

std::string jwk_set(std::initializer_list<std::string> jwks) {
  std::string text = R"({"keys":[)";
  for (const auto& jwk : jwks) {
    text += (text.ends_with('[') ? "" : ",") + jwk;
  }
  return text + "]}";
}

std::string signed_parts(std::string_view header, std::string_view payload) {
  return encode_base64url(header) + '.' + encode_base64url(payload);
}

std::string make_jws(const Signer& signer, Algorithm algorithm, std::string_view header,
                     std::string_view payload) {
  const auto parts = signed_parts(header, payload);
  return parts + '.' + encode_base64url(signer.sign(algorithm, parts));
}

std::string hmac(const char* hash, std::string_view key, std::string_view text) {
  std::string mac(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  require(HMAC(EVP_get_digestbyname(hash), key.data(), static_cast<int>(key.size()), bytes_of(text),
               text.size(), reinterpret_cast<unsigned char*>(mac.data()), &size) != nullptr);
  mac.resize(size);
  return mac;
}

}  // namespace cdss::auth
