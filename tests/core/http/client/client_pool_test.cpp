// Which connections are used again, and how many there are.

#include <chrono>
#include <list>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/http/certificate.hpp"
#include "tests/core/http/client/asking.hpp"
#include "tests/core/http/scripted_server.hpp"
#include "tests/core/http/server/fixture.hpp"

namespace cdss::http {
namespace {

using namespace std::chrono_literals;
using test::answer;
using test::ask;
using test::ask_later;
using test::code_of;
using test::get;
using test::ScriptedServer;
using test::start_client;
using test::url_of;
using Peer = ScriptedServer::Peer;

/// Says the same to every request, on as many connections as it takes.
ScriptedServer::Script always(std::string bytes) {
  return [bytes = std::move(bytes)](Peer& peer) {
    while (!peer.receive().empty() && peer.send(bytes)) {
    }
  };
}

TEST(ClientPool, UsesAConnectionAgain) {
  for (const char* bytes :
       {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nConnection: keep-alive\r\n"
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"}) {
    SCOPED_TRACE(bytes);
    const ScriptedServer server{always(bytes)};
    const auto client = start_client();
    for (int i = 0; i < 5; ++i) {
      ASSERT_TRUE(get(*client, url_of(server)));
    }
    EXPECT_EQ(server.connections(), 1);
  }
}

TEST(ClientPool, UsesNoConnectionAgainWhoseEndIsUnclear) {
  for (const char* bytes :
       {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n"
        "Content-Length: 4\r\n\r\nfake",
        "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n"}) {
    SCOPED_TRACE(bytes);
    const ScriptedServer server{always(bytes)};
    const auto client = start_client();
    for (int i = 1; i <= 3; ++i) {
      const auto reply = get(*client, url_of(server));
      ASSERT_TRUE(reply);
      EXPECT_NE(reply->body, "fake");
      EXPECT_EQ(server.connections(), i);
    }
  }
}

TEST(ClientPool, TakesNoAnswerThatNobodyAskedFor) {
  const ScriptedServer server{[](Peer& peer) {
    peer.receive();
    peer.send(answer("good"));
    std::this_thread::sleep_for(50ms);  // the connection is idle by then
    peer.send(answer("fake"));
    peer.hang();
  }};
  const auto client = start_client();
  EXPECT_EQ(get(*client, url_of(server))->body, "good");
  std::this_thread::sleep_for(500ms);
  EXPECT_EQ(get(*client, url_of(server))->body, "good");
  EXPECT_EQ(server.connections(), 2);
}

TEST(ClientPool, AsksOnceMoreWhenAUsedConnectionHadEnded) {
  for (const char* form : {"", "patient=1"}) {
    SCOPED_TRACE(form);
    const ScriptedServer server{[](Peer& peer) {
      while (!peer.receive().empty() && peer.send(answer("{}"))) {
        if (peer.number() == 1) {
          peer.receive();  // takes the next question and ends without a word
          return;
        }
      }
    }};
    const auto client = start_client();
    for (int i = 0; i < 3; ++i) {
      const auto reply = ask(
          *client,
          {.url = url_of(server), .authorization = "Bearer a.b.c", .form = form, .loopback = true});
      ASSERT_TRUE(reply) << reply.error().message;
      EXPECT_EQ(reply->body, "{}");
    }
    EXPECT_EQ(server.connections(), 2);
  }
}

TEST(ClientPool, SendsTheTokenAgainWhenItAsksOnceMore) {
  ScriptedServer server{[](Peer& peer) {
    peer.receive();
    peer.send(answer("{}"));
    if (peer.number() == 1) {
      peer.receive();
      return;
    }
    peer.hang();
  }};
  const auto client = start_client();
  ASSERT_TRUE(get(*client, url_of(server)));
  ASSERT_TRUE(
      ask(*client, {.url = url_of(server), .authorization = "Bearer a.b.c", .loopback = true}));
  const std::string received = server.received();
  const auto first = received.find("Authorization: Bearer a.b.c\r\n");
  ASSERT_NE(first, std::string::npos);
  EXPECT_NE(received.find("Authorization: Bearer a.b.c\r\n", first + 1), std::string::npos);
}

TEST(ClientPool, AsksOnlyOnceOnANewConnectionOrOnceAnAnswerHasBegun) {
  const auto client = start_client();
  const ScriptedServer rude{[](Peer& peer) { peer.receive(); }};
  EXPECT_EQ(code_of(get(*client, url_of(rude))), Errc::unavailable);
  EXPECT_EQ(rude.connections(), 1);
  const ScriptedServer breaks_off{[](Peer& peer) {
    peer.receive();
    peer.send(answer("{}"));
    peer.receive();
    peer.send("HTTP/1.1 2");
  }};
  EXPECT_TRUE(get(*client, url_of(breaks_off)));
  EXPECT_EQ(code_of(get(*client, url_of(breaks_off))), Errc::unavailable);
  EXPECT_EQ(breaks_off.connections(), 1);
}

TEST(ClientPool, FA_12_HandsNoConnectionToACallWithOtherPermissions) {
  const test::Certificate certificate;
  test::Running server{test::echo, {.tls = certificate.files()}};
  const auto client = start_client({.ca_file = certificate.files().certificate});
  const auto url = url_of(server, "/", "https://localhost");
  ASSERT_TRUE(ask(*client, {.url = url, .loopback = true}));
  ASSERT_TRUE(ask(*client, {.url = url_of(server, "/", "https://LOCALHOST"), .loopback = true}));
  EXPECT_EQ(server.counted("http_connections_opened_total"), 1U);
  EXPECT_EQ(code_of(ask(*client, {.url = url})), Errc::unsupported);
  EXPECT_EQ(code_of(ask(*client, {.url = url, .private_network = true})), Errc::unsupported);
  ASSERT_TRUE(ask(*client, {.url = url, .loopback = true, .private_network = true}));
  EXPECT_EQ(server.counted("http_connections_opened_total"), 2U);
  ASSERT_TRUE(ask(*client, {.url = url_of(server, "/", "https://127.0.0.1"), .loopback = true}));
  EXPECT_EQ(server.counted("http_connections_opened_total"), 3U) << "another host name";
}

TEST(ClientPool, ClosesAConnectionThatWasIdleTooLong) {
  const ScriptedServer server;
  const auto client = start_client({.idle = 20ms});
  ASSERT_TRUE(get(*client, url_of(server)));
  std::this_thread::sleep_for(500ms);
  ASSERT_TRUE(get(*client, url_of(server)));
  EXPECT_EQ(server.connections(), 2);
}

/// So many calls at once, each of which the server answers only when all have come.
void ask_together(http::Client& client, test::Held& held, const test::Running& server, int calls) {
  std::vector<std::future<Result<Reply>>> replies;
  for (int i = 0; i < calls; ++i) {
    replies.push_back(ask_later(client, {.url = url_of(server), .loopback = true}));
  }
  std::vector<Respond> responds;
  for (int i = 0; i < calls; ++i) {
    responds.push_back(held.take());
  }
  for (const auto& respond : responds) {
    respond(Response{});
  }
  for (auto& reply : replies) {
    EXPECT_TRUE(reply.get());
  }
}

TEST(ClientPool, KeepsEightIdleConnectionsToOneOrigin) {
  test::Held held;
  test::Running server{held.handler()};
  const auto client = start_client();
  ask_together(*client, held, server, 12);
  EXPECT_EQ(server.counted("http_connections_opened_total"), 12U);
  ask_together(*client, held, server, 12);
  EXPECT_EQ(server.counted("http_connections_opened_total"), 12U + 4U);
}

TEST(ClientPool, KeepsSixtyFourIdleConnectionsInAll) {
  std::list<test::Held> held(9);
  std::list<test::Running> servers;
  const auto client = start_client();
  for (auto& one : held) {
    servers.emplace_back(one.handler());
    ask_together(*client, one, servers.back(), 8);
  }
  ask_together(*client, held.back(), servers.back(), 8);
  EXPECT_EQ(servers.back().counted("http_connections_opened_total"), 8U);
  ask_together(*client, held.front(), servers.front(), 8);
  EXPECT_EQ(servers.front().counted("http_connections_opened_total"), 16U) << "these had to go";
}

TEST(ClientPool, BoundsTheConnectionsInAll) {
  const ScriptedServer first;
  const ScriptedServer second;
  const ScriptedServer hangs{[](Peer& peer) { peer.hang(); }};
  const auto client = start_client({.connections = 2});
  EXPECT_TRUE(get(*client, url_of(first)));
  const auto waiting = ask_later(*client, {.url = url_of(hangs), .loopback = true});
  EXPECT_TRUE(get(*client, url_of(second))) << "the idle connection makes room";
  const auto waiting_too = ask_later(*client, {.url = url_of(hangs), .loopback = true});
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of(get(*client, url_of(first))), Errc::busy);
  EXPECT_LT(std::chrono::steady_clock::now() - began, 1s);
}

TEST(ClientPool, GivesRoomBackWhateverBecameOfACall) {
  const test::Certificate certificate;
  test::Running untrusted{test::echo, {.tls = certificate.files()}};
  const ScriptedServer hangs{[](Peer& peer) { peer.hang(); }};
  const ScriptedServer rude{[](Peer& peer) { peer.receive(); }};
  const ScriptedServer server;
  const auto client = start_client({.timeout = 30s, .connections = 1});
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(code_of(ask(*client, {.url = url_of(hangs),
                                    .deadline = std::chrono::steady_clock::now() + 50ms,
                                    .loopback = true})),
              Errc::timed_out);
    EXPECT_EQ(code_of(get(*client, url_of(rude))), Errc::unavailable);
    EXPECT_EQ(code_of(get(*client, "http://127.0.0.1:1/")), Errc::unavailable);
    EXPECT_EQ(code_of(get(*client, "https://169.254.169.254/")), Errc::unsupported);
    EXPECT_EQ(get(*client, url_of(untrusted, "/", "https://localhost")).error().message,
              "is not trusted, or speaks no TLS 1.2");
  }
  EXPECT_TRUE(get(*client, url_of(server)));
}

}  // namespace
}  // namespace cdss::http
