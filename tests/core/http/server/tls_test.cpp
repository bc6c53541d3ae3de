#include <gtest/gtest.h>

#include "core/http/server/server.hpp"
#include "tests/core/http/server/fixture.hpp"

namespace cdss::http {
namespace {

using namespace test;

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

TEST_F(TlsServer, SEC_02_SpeaksTls12And13AndNothingOlder) {
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
  for (const int version : {SSL3_VERSION, TLS1_VERSION, TLS1_1_VERSION}) {
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
  mixed.tls = certificate.files();
  mixed.tls->key = other.files().key;
  const auto started = Server::start(mixed, echo, error_body, running.log, running.metrics);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, Errc::missing);
  EXPECT_EQ(started.error().where, mixed.tls->key.string());
}

TEST_F(TlsServer, DoesNotStartWithACertificateOutsideItsTime) {
  const Certificate expired{{.from_s = -7200, .to_s = -3600}};
  const Certificate early{{.from_s = 3600, .to_s = 7200}};
  Running running;
  for (const auto* const wrong : {&expired, &early}) {
    Settings settings;
    settings.tls = wrong->files();
    const auto started = Server::start(settings, echo, error_body, running.log, running.metrics);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, Errc::out_of_range);
    EXPECT_EQ(started.error().where, settings.tls->certificate.string());
  }
}

TEST_F(TlsServer, ResumesSessionsByTicket) {
  Running running{echo, settings()};
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    Client first{running.port()};
    ASSERT_TRUE(first.start_tls(version, version));
    first.send(kGet);
    EXPECT_EQ(first.receive().status, 200);
    EXPECT_FALSE(first.was_resumed());
    const auto session = first.session();
    Client second{running.port()};
    ASSERT_TRUE(second.start_tls({.least = version, .most = version, .resume = session.get()}));
    EXPECT_TRUE(second.was_resumed());
    second.send(kGet);
    EXPECT_EQ(second.receive().status, 200);
  }
}

}  // namespace
}  // namespace cdss::http
