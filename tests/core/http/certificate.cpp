#include "tests/core/http/certificate.hpp"

#include <cstdio>
#include <cstdlib>

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

namespace cdss::http::test {
namespace {

namespace fs = std::filesystem;

void add_extension(X509* certificate, int id, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, id, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

template <class Write>
void write(const fs::path& path, Write write_into) {
  FILE* const file = std::fopen(path.c_str(), "w");
  write_into(file);
  std::fclose(file);
}

}  // namespace

Certificate::Certificate(const Options& options)
    : key_{options.rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256"), &EVP_PKEY_free},
      certificate_{X509_new(), &X509_free} {
  std::string name = (fs::temp_directory_path() / "cdss-tls-XXXXXX").string();
  folder_ = mkdtemp(name.data());
  X509* const c = certificate_.get();
  X509_set_version(c, X509_VERSION_3);
  int serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  ASN1_INTEGER_set(X509_get_serialNumber(c), serial & 0x7fffffff);
  X509_gmtime_adj(X509_getm_notBefore(c), options.from_s);
  X509_gmtime_adj(X509_getm_notAfter(c), options.to_s);
  X509_set_pubkey(c, key_.get());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(options.name), -1, -1, 0);
  const Certificate& signer = options.authority != nullptr ? *options.authority : *this;
  X509_set_issuer_name(c, X509_get_subject_name(signer.certificate()));
  if (options.is_authority) {
    add_extension(c, NID_basic_constraints, "critical,CA:TRUE");
  }
  add_extension(c, NID_subject_alt_name, options.alternative_names);
  X509_sign(c, signer.key(), EVP_sha256());
  write(files().certificate, [&](FILE* f) { PEM_write_X509(f, c); });
  write(files().key, [&](FILE* f) {
    PEM_write_PrivateKey(f, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

Certificate::~Certificate() {
  fs::remove_all(folder_);
}

std::string fingerprint(const Certificate& certificate) {
  unsigned char* der = nullptr;
  const int length = i2d_X509(certificate.certificate(), &der);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int digest_length = 0;
  EVP_Digest(der, static_cast<std::size_t>(length), digest, &digest_length, EVP_sha256(), nullptr);
  OPENSSL_free(der);
  std::string text;
  for (unsigned int i = 0; i < digest_length; ++i) {
    char hex[3];
    std::snprintf(hex, sizeof hex, "%02x", digest[i]);
    text += hex;
  }
  return text;
}

void replace(const Tls& files, const Tls& by) {
  // Written beside and renamed, as tools that renew certificates do.
  for (const auto& [to, from] :
       {std::pair{files.key, by.key}, std::pair{files.certificate, by.certificate}}) {
    const fs::path beside = to.string() + ".new";
    fs::copy_file(from, beside, fs::copy_options::overwrite_existing);
    fs::rename(beside, to);
  }
}

}  // namespace cdss::http::test
