#include "core/plugin/sha256.hpp"

#include <openssl/evp.h>

#include "core/base/text/ascii.hpp"

namespace cdss::plugin {
namespace {

struct Digest {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned length = 0;
};

/// Of length 0 when OpenSSL is built or configured without SHA-256; an empty hash matches no file.
Digest digest_of(std::string_view bytes) {
  Digest digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.bytes, &digest.length, EVP_sha256(), nullptr) !=
      1) {
    digest.length = 0;
  }
  return digest;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  const Digest digest = digest_of(bytes);
  return to_hex({digest.bytes, digest.length});
}

std::string sha256_base64(std::string_view bytes) {
  const Digest digest = digest_of(bytes);
  unsigned char text[2 * EVP_MAX_MD_SIZE];  // four characters for three bytes, and an end
  const int length = EVP_EncodeBlock(text, digest.bytes, static_cast<int>(digest.length));
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)};
}

}  // namespace cdss::plugin
