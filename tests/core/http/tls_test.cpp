#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "core/http/server.hpp"
#include "tests/core/http/fixture.hpp"

namespace cdss::http {
namespace {

using namespace test;

/// A folder with a certificate made for this test, gone after it.
class Certificate {
 public:
  Certificate() {
    std::string name = (std::filesystem::temp_directory_path() / "cdss-tls-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"),
                                                                  &EVP_PKEY_free};
    const std::unique_ptr<X509, decltype(&X509_free)> certificate{X509_new(), &X509_free};
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* const subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), subject);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    write(files().certificate, [&](FILE* f) { PEM_write_X509(f, certificate.get()); });
    write(files().key, [&](FILE* f) {
      PEM_write_PrivateKey(f, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
  }
  ~Certificate() { std::filesystem::remove_all(folder_); }
  Certificate(const Certificate&) = delete;
  Certificate& operator=(const Certificate&) = delete;

  Tls files() const { return {folder_ / "certificate.pem", folder_ / "key.pem"}; }

 private:
  template <class Write>
  static void write(const std::filesystem::path& path, Write write_into) {
    FILE* const file = std::fopen(path.c_str(), "w");
    write_into(file);
    std::fclose(file);
  }

  std::filesystem::path folder_;
};

class TlsServer : public testing::Test {
 protected:
  Settings settings(std::chrono::milliseconds header_timeout = std::chrono::seconds{10}) const {
    Settings settings;
    settings.tls = certificate.files();
    settings.header_timeout = header_timeout;
    return settings;
  }

  Certificate certificate;
};

TEST_F(TlsServer, SpeaksTls12And13AndNothingOlder) {
  Running running{echo, settings()};
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Client client{running.port()};
    ASSERT_TRUE(client.start_tls(version, version));
    EXPECT_EQ(client.tls_version(), version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
    for (int i = 0; i < 3; ++i) {
      ASSERT_TRUE(client.send(post("/", "hello")));
      EXPECT_EQ(client.receive().body, "POST /? [hello]");
    }
  }
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    Client client{running.port()};
    EXPECT_FALSE(client.start_tls(version, version));
  }
}

TEST_F(TlsServer, CarriesLargeBodiesBothWays) {
  Running running{echo, settings()};
  Client client{running.port()};
  ASSERT_TRUE(client.start_tls(TLS1_2_VERSION, TLS1_3_VERSION));
  const std::string body(std::size_t{1} << 20U, 'x');
  ASSERT_TRUE(client.send(post("/", body)));
  EXPECT_EQ(client.receive().body, "POST /? [" + body + "]");
}

TEST_F(TlsServer, RefusesWrongFramingAndCloses) {
  Running running{echo, settings()};
  Client client{running.port()};
  ASSERT_TRUE(client.start_tls(TLS1_3_VERSION, TLS1_3_VERSION));
  client.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.receive().status, 400);
  EXPECT_TRUE(client.closes());
}

TEST_F(TlsServer, RefusesABodyThatDoesNotCome) {
  auto short_body = settings();
  short_body.body_timeout = std::chrono::milliseconds{60};
  Running running{echo, short_body};
  Client client{running.port()};
  ASSERT_TRUE(client.start_tls(TLS1_3_VERSION, TLS1_3_VERSION));
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345");
  EXPECT_EQ(client.receive().status, 408);
}

TEST_F(TlsServer, GivesAHandshakeItsTimeAndNoMore) {
  Running running{echo, settings(std::chrono::milliseconds{60})};
  Client client{running.port()};
  EXPECT_TRUE(client.closes());
}

TEST_F(TlsServer, ClosesOnAClientThatSpeaksPlainHttp) {
  Running running{echo, settings()};
  Client client{running.port()};
  client.send(kGet);
  EXPECT_EQ(client.receive().status, 0);
}

TEST_F(TlsServer, LeavesAnAnswerToAClientThatHasGone) {
  Held held;
  Running running{held.handler(), settings()};
  for (int i = 0; i < 3; ++i) {
    Client client{running.port()};
    ASSERT_TRUE(client.start_tls(TLS1_3_VERSION, TLS1_3_VERSION));
    client.send(kGet);
    const Respond respond = held.take();
    client.vanish();
    Response large;
    large.body.assign(std::size_t{4} << 20U, 'x');
    respond(std::move(large));
  }
  EXPECT_TRUE(running.server->drain(std::chrono::seconds{30}));
}

TEST_F(TlsServer, DoesNotStartWithAKeyOfAnotherCertificate) {
  const Certificate other;
  Running running;
  Settings mixed;
  mixed.tls = Tls{certificate.files().certificate, other.files().key};
  const auto started = Server::start(mixed, echo, error_body, running.log, running.metrics);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, Errc::missing);
  EXPECT_EQ(started.error().where, mixed.tls->key.string());
}

}  // namespace
}  // namespace cdss::http
