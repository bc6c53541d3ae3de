// The client's side of TLS: whom it asks for, what it speaks, how it ends.

#include <atomic>
#include <chrono>
#include <future>

#include <gtest/gtest.h>

#include "tests/core/http/certificate.hpp"
#include "tests/core/http/client/asking.hpp"
#include "tests/core/http/scripted_server.hpp"

namespace cdss::http {
namespace {

using namespace std::chrono_literals;
using test::answer;
using test::Certificate;
using test::code_of;
using test::get;
using test::ScriptedServer;
using test::start_client;
using test::url_of;
using Peer = ScriptedServer::Peer;

class ClientTls : public testing::Test {
 protected:
  std::unique_ptr<http::Client> trusting(std::chrono::milliseconds idle = 30s) const {
    return start_client({.ca_file = certificate.files().certificate, .idle = idle});
  }
  static std::string url(const ScriptedServer& server, const char* host = "https://localhost") {
    return url_of(server, "/", host);
  }

  const Certificate certificate;
};

TEST_F(ClientTls, SpeaksTls12And13AndNothingOlder) {
  const auto client = trusting();
  for (const int version : {TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION}) {
    const ScriptedServer server{[](Peer& peer) {
                                  peer.receive();
                                  peer.send(answer("{}"));
                                },
                                {.certificate = certificate, .least = version, .most = version}};
    EXPECT_EQ(bool{get(*client, url(server))}, version != TLS1_1_VERSION) << version;
  }
}

TEST_F(ClientTls, NamesTheHostThatItAsksForButNoAddress) {
  const auto client = trusting();
  const ScriptedServer server{[](Peer& peer) {
                                peer.receive();
                                peer.send(answer(peer.server_name()));
                              },
                              {.certificate = certificate}};
  EXPECT_EQ(get(*client, url(server))->body, "localhost");
  EXPECT_EQ(get(*client, url(server, "https://127.0.0.1"))->body, "");
}

TEST_F(ClientTls, TakesNoBodyForWholeThatSomebodyMayHaveCutOff) {
  const auto client = trusting();
  for (const bool cuts : {false, true}) {
    const ScriptedServer server{[cuts](Peer& peer) {
                                  peer.receive();
                                  peer.send("HTTP/1.1 200 OK\r\n\r\n[1, 2");
                                  if (cuts) {
                                    peer.cut();
                                  }
                                },
                                {.certificate = certificate}};
    const auto reply = get(*client, url(server));
    EXPECT_EQ(bool{reply}, !cuts);
    EXPECT_EQ(code_of(reply), cuts ? Errc::unavailable : Errc::internal);
  }
}

TEST_F(ClientTls, ShortensTheNextHandshakeButOnlyWithTheSamePermissions) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto client = trusting();
    const ScriptedServer server{
        [](Peer& peer) {
          peer.receive();
          peer.send(answer(peer.was_resumed() ? "resumed" : "whole", 200, "Connection: close\r\n"));
        },
        {.certificate = certificate, .least = version, .most = version}};
    EXPECT_EQ(get(*client, url(server))->body, "whole");
    EXPECT_EQ(get(*client, url(server))->body, "resumed");
    EXPECT_EQ(get(*client, url(server))->body, "resumed");
    const auto other =
        test::ask(*client, {.url = url(server), .loopback = true, .private_network = true});
    EXPECT_EQ(other->body, "whole");
    EXPECT_EQ(server.connections(), 4);
  }
}

TEST_F(ClientTls, TellsTheServerBeforeItClosesAnIdleConnection) {
  const auto client = trusting(20ms);
  std::promise<bool> told;
  const ScriptedServer server{[&told](Peer& peer) {
                                peer.receive();
                                peer.send(answer("{}"));
                                peer.hang();
                                told.set_value(peer.was_told());
                              },
                              {.certificate = certificate}};
  ASSERT_TRUE(get(*client, url(server)));
  EXPECT_TRUE(told.get_future().get());
}

TEST_F(ClientTls, GoesAwayFromAServerThatDoesNotAnswerItsFarewell) {
  const auto client = trusting(20ms);
  std::promise<void> gone;
  const ScriptedServer server{[&gone](Peer& peer) {
                                peer.receive();
                                peer.send(answer("{}"));
                                peer.hang();
                                peer.hang_below_tls();
                                gone.set_value();
                              },
                              {.certificate = certificate}};
  ASSERT_TRUE(get(*client, url(server)));
  EXPECT_EQ(gone.get_future().wait_for(10s), std::future_status::ready);
}

}  // namespace
}  // namespace cdss::http
