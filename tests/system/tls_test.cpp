// The running program with TLS: what it shows, and when it reads its certificate again.

#include <chrono>
#include <csignal>
#include <functional>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/http/certificate.hpp"
#include "tests/core/http/client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

using http::test::Certificate;
using http::test::Client;

std::string listen_with(const Certificate& certificate) {
  const auto files = certificate.files();
  return R"("tls_certificate": ")" + files.certificate.string() + R"(", "tls_key": ")" +
         files.key.string() + '"';
}

/// Whether something becomes true within twenty seconds.
bool becomes_true(const std::function<bool()>& holds) {
  for (int tries = 0; tries < 400; ++tries) {
    if (holds()) {
      return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  return false;
}

class ServerWithTls : public testing::Test {
 protected:
  bool shows(const Certificate& certificate) const {
    Client client{server.port()};
    return client.start_tls({}) && client.sees(certificate);
  }
  int status_of(const std::string& path) const {
    Client client{server.port()};
    if (!client.start_tls({})) {
      return -1;
    }
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return client.receive().status;
  }

  const Certificate first;
  const Certificate second;
  RunningServer server{"", listen_with(first)};
};

TEST_F(ServerWithTls, K_01_SEC_02_RefusesWhatIsOlderThanTls12) {
  for (const int version : {SSL3_VERSION, TLS1_VERSION, TLS1_1_VERSION}) {
    Client client{server.port()};
    EXPECT_FALSE(client.start_tls(version, version)) << version;
  }
}

TEST_F(ServerWithTls, K_02_ServesOverTls12AndTls13) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Client client{server.port()};
    ASSERT_TRUE(client.start_tls(version, version)) << version;
    client.send("GET /cds-services HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.receive().status, 200);
  }
}

TEST_F(ServerWithTls, SEC_01_GivesNothingOverPlainHttp) {
  for (const char* path : {"/cds-services", "/cds-services/hip-replacement",
                           "/cds-services/hip-replacement/feedback", "/livez"}) {
    Client client{server.port()};
    client.send("GET " + std::string{path} + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.receive().status, 0) << path;
  }
}

TEST_F(ServerWithTls, ReadsItsCertificateAgainOnSighupAndKeepsTheOldOneWhenTheNewIsBad) {
  ASSERT_TRUE(shows(first));
  http::Tls mixed = second.files();
  const Certificate third;
  mixed.key = third.files().key;
  http::test::replace(first.files(), mixed);
  kill(server.pid(), SIGHUP);
  EXPECT_TRUE(
      becomes_true([&] { return server.log().find("tls_reload_failed") != std::string::npos; }));
  EXPECT_TRUE(shows(first));
  http::test::replace(first.files(), second.files());
  kill(server.pid(), SIGHUP);
  EXPECT_TRUE(becomes_true([&] { return shows(second); }));
  EXPECT_EQ(status_of("/readyz"), 200);
  EXPECT_EQ(server.stop(), 0);
}

TEST_F(ServerWithTls, ReadsItsCertificateAgainWhenItsFilesChange) {
  ASSERT_TRUE(shows(first));
  http::test::replace(first.files(), second.files());
  EXPECT_TRUE(becomes_true([&] { return shows(second); }));
}

TEST(ServerThatRequiresCertificates, SEC_05_ServesWhoShowsOneOfItsAuthoritiesAndNobodyElse) {
  const Certificate own;
  const Certificate client;
  const Certificate stranger;
  const RunningServer server{
      "", listen_with(own) +
              R"(, "require_client_certificate": true, "tls_client_authorities": ")" +
              client.files().certificate.string() + '"'};
  for (const Certificate* const shown :
       {&client, &stranger, static_cast<const Certificate*>(nullptr)}) {
    Client connection{server.port()};
    connection.start_tls({.certificate = shown});
    connection.send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(connection.receive().status, shown == &client ? 200 : 0);
  }
}

TEST(ServerWithoutTls, OutlivesSighup) {
  RunningServer server;
  kill(server.pid(), SIGHUP);
  EXPECT_TRUE(
      becomes_true([&] { return server.log().find("nothing_to_reload") != std::string::npos; }));
  EXPECT_TRUE(server.is_running());
  EXPECT_EQ(server.stop(), 0);
}

TEST(CheckConfig, RefusesTlsFilesThatServeRefuses) {
  const Certificate good;
  const Certificate other;
  const Certificate expired{{.from_s = -7200, .to_s = -3600}};
  const TemporaryFolder folder;
  folder.write("client.json", R"({"id": "c"})");
  const struct {
    const char* what;
    std::filesystem::path certificate;
    std::filesystem::path key;
    int status;
  } rows[] = {
      {"both belong together", good.files().certificate, good.files().key, 0},
      {"the key is another's", good.files().certificate, other.files().key, 1},
      {"it has expired", expired.files().certificate, expired.files().key, 1},
      {"there is none", "/nowhere/certificate.pem", good.files().key, 1},
      {"it is no certificate", folder.path() / "client.json", good.files().key, 1},
  };
  for (const auto& [what, certificate, key, status] : rows) {
    SCOPED_TRACE(what);
    const auto file = folder.write(
        "settings.json", R"({"public_url": "https://127.0.0.1", "clients": ["client.json"],)"
                         R"("listen": {"tls_certificate": ")" +
                             certificate.string() + R"(", "tls_key": ")" + key.string() + "\"}}");
    const auto run = run_program({"check-config", "--config", file.string()});
    EXPECT_EQ(run.status, status) << run.errors;
    EXPECT_EQ(run.errors.find(".pem") != std::string::npos ||
                  run.errors.find("client.json") != std::string::npos,
              status != 0)
        << run.errors;
  }
}

}  // namespace
}  // namespace cdss::test
