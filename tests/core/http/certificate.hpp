#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "core/http/server/settings.hpp"

namespace cdss::http::test {

/// A key with a certificate, made on the spot, in a folder that goes with it.
class Certificate {
 public:
  struct Options {
    const char* name = "localhost";  ///< common name
    /// Subject alternative names as OpenSSL writes them: "DNS:a,URI:b".
    const char* alternative_names = "DNS:localhost,IP:127.0.0.1";
    const Certificate* authority = nullptr;  ///< none: it signs itself
    bool is_authority = false;
    bool rsa = false;     ///< RSA of 2048 bits instead of P-256
    long from_s = -3600;  ///< from now
    long to_s = 3600;     ///< from now
  };

  Certificate() : Certificate{Options{}} {}
  explicit Certificate(const Options& options);
  ~Certificate();
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  Tls files() const {
    Tls files;
    files.certificate = folder_ / "certificate.pem";
    files.key = folder_ / "key.pem";
    return files;
  }
  X509* certificate() const { return certificate_.get(); }
  EVP_PKEY* key() const { return key_.get(); }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
  std::unique_ptr<X509, decltype(&X509_free)> certificate_;
};

/// SHA-256 of its DER form in lower-case hex.
std::string fingerprint(const Certificate& certificate);

/// Puts the files of one certificate in the place of another's.
void replace(const Tls& files, const Tls& by);

}  // namespace cdss::http::test
