// What a server may do to a client: hang, drip, lie, send it elsewhere.

#include <chrono>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "core/base/text/wipe.hpp"
#include "core/http/client/client_request.hpp"
#include "tests/core/http/client/asking.hpp"
#include "tests/core/http/scripted_server.hpp"
#include "tests/core/http/server/fixture.hpp"

namespace cdss::http {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using test::answer;
using test::ask;
using test::code_of;
using test::get;
using test::ScriptedServer;
using test::start_client;
using test::url_of;
using Peer = ScriptedServer::Peer;

TEST(Client, GoesOnAfterOneWhoTakesAnAnswerThrows) {
  const auto client = start_client();
  client->ask({.url = "ftp://localhost/"}, [](const Result<Reply>&) { throw std::bad_alloc{}; });
  EXPECT_EQ(code_of(get(*client, "http://localhost/", false)), Errc::unsupported);
}

TEST(ClientDeadline, FA_14_EndsACallToAServerThatNeverFinishes) {
  const struct {
    const char* how;
    const char* begins;
    const char* drips;
  } rows[] = {
      {"hangs after accepting", "", ""},
      {"hangs within the status line", "HTTP/1.1 2", ""},
      {"hangs within the header", "HTTP/1.1 200 OK\r\nContent-Le", ""},
      {"hangs before the body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", ""},
      {"hangs within the body", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{", ""},
      {"hangs within a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{", ""},
      {"hangs before the last chunk",
       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", ""},
      {"hangs in a body without a length", "HTTP/1.1 200 OK\r\n\r\n{}", ""},
      {"drips the header", "HTTP/1.1 200 OK\r\nX: ", "x"},
      {"drips header fields", "HTTP/1.1 200 OK\r\n", "X: y\r\n"},
      {"drips the body", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "x"},
      {"drips a body without a length", "HTTP/1.1 200 OK\r\n\r\n", "x"},
      {"drips chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"},
      {"drips trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n"},
      {"drips interim answers", "", "HTTP/1.1 100 Continue\r\n\r\n"},
  };
  const auto client = start_client();
  for (const auto& row : rows) {
    SCOPED_TRACE(row.how);
    const ScriptedServer server{[&row](Peer& peer) {
      peer.receive();
      peer.send(row.begins);
      *row.drips == '\0' ? peer.hang() : peer.drip(row.drips);
    }};
    const auto began = steady_clock::now();
    const auto reply =
        ask(*client, {.url = url_of(server), .deadline = began + 100ms, .loopback = true});
    EXPECT_EQ(code_of(reply), Errc::timed_out);
    EXPECT_GE(steady_clock::now() - began, 100ms);
    EXPECT_LT(steady_clock::now() - began, 1s);
  }
}

TEST(ClientDeadline, FA_14_CoversTheTlsHandshakeAndTheWritingOfAForm) {
  const auto client = start_client();
  const ScriptedServer silent{[](Peer& peer) { peer.hang(); }};
  const auto began = steady_clock::now();
  EXPECT_EQ(code_of(ask(*client, {.url = url_of(silent, "/", "https://localhost"),
                                  .deadline = began + 100ms,
                                  .loopback = true})),
            Errc::timed_out);
  const ScriptedServer deaf{[](const Peer&) { std::this_thread::sleep_for(300ms); }};
  EXPECT_EQ(code_of(ask(*client, {.url = url_of(deaf),
                                  .form = std::string(std::size_t{32} << 20U, 'x'),
                                  .deadline = steady_clock::now() + 100ms,
                                  .loopback = true})),
            Errc::timed_out);
  EXPECT_LT(steady_clock::now() - began, 3s);
}

TEST(ClientDeadline, FA_14_IsMetBeforeAnythingIsSentWhenItHasPassed) {
  const ScriptedServer server;
  const auto client = start_client();
  EXPECT_EQ(
      code_of(ask(*client,
                  {.url = url_of(server), .deadline = steady_clock::now() - 1s, .loopback = true})),
      Errc::timed_out);
  EXPECT_EQ(server.connections(), 0);
}

TEST(ClientDeadline, OfOneCallHoldsUpNoOther) {
  const ScriptedServer hangs{[](Peer& peer) { peer.hang(); }};
  const ScriptedServer server;
  const auto client = start_client();
  auto waiting = test::ask_later(*client, {.url = url_of(hangs), .loopback = true});
  EXPECT_TRUE(get(*client, url_of(server)));
  EXPECT_EQ(waiting.wait_for(0s), std::future_status::timeout);
}

TEST(ClientAnswer, IsRefusedWhenItLiesOrIsTooLong) {
  const struct {
    const char* bytes;
    Errc code;
  } rows[] = {
      {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", Errc::unavailable},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", Errc::unavailable},
      {"HTTP/1.1 200 OK\r\nContent-Length: 2", Errc::unavailable},
      {"", Errc::unavailable},
      {"SSH-2.0-OpenSSH_9.2\r\n", Errc::malformed},
      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
       Errc::malformed},
      {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", Errc::malformed},
      {"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", Errc::out_of_range},
      {"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n", Errc::out_of_range},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", Errc::out_of_range},
  };
  const auto client = start_client();
  for (const auto& row : rows) {
    SCOPED_TRACE(row.bytes);
    const ScriptedServer server{[&row](Peer& peer) {
      peer.receive();
      peer.send(row.bytes);
    }};
    const auto reply = ask(*client, {.url = url_of(server), .body_bytes = 1000, .loopback = true});
    EXPECT_EQ(code_of(reply), row.code);
    EXPECT_EQ(server.connections(), 1) << "and is not asked for again";
  }
}

TEST(ClientAnswer, IsRefusedAsSoonAsItIsTooLong) {
  const struct {
    const char* begins;
    std::string endless;
  } rows[] = {
      {"HTTP/1.1 200 OK\r\nX: ", std::string(1000, 'x')},
      {"HTTP/1.1 200 OK\r\n", "X: " + std::string(1000, 'x') + "\r\n"},
      {"", "HTTP/1.1 103 Early Hints\r\nLink: " + std::string(900, 'x') + "\r\n\r\n"},
      {"HTTP/1.1 200 OK\r\n\r\n", std::string(1000, 'x')},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
       "3e8\r\n" + std::string(1000, 'x') + "\r\n"},
  };
  const auto client = start_client({.timeout = 30s, .body_bytes = 100'000});
  for (const auto& row : rows) {
    SCOPED_TRACE(row.begins + row.endless.substr(0, 20));
    const ScriptedServer server{[&row](Peer& peer) {
      peer.receive();
      peer.send(row.begins);
      while (peer.send(row.endless)) {
      }
    }};
    EXPECT_EQ(code_of(get(*client, url_of(server))), Errc::out_of_range);
  }
}

TEST(ClientAnswer, MayEndWithTheConnection) {
  const ScriptedServer server{[](Peer& peer) {
    peer.receive();
    peer.send("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nall of it");
  }};
  const auto client = start_client();
  const auto reply = get(*client, url_of(server));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "all of it");
  EXPECT_EQ(reply->content_type, "text/plain");
}

TEST(ClientQuestion, FA_02_SendsItsFieldsOnceAndItsFormWithALength) {
  ScriptedServer server;
  const auto client = start_client();
  ASSERT_TRUE(ask(*client, {.url = url_of(server, "/fhir/Condition/_search?_format=json"),
                            .accept = "application/fhir+json",
                            .authorization = "Bearer a.b.c",
                            .form = "patient=1&code=x%7Cy",
                            .loopback = true}));
  EXPECT_EQ(server.received(),
            "POST /fhir/Condition/_search?_format=json HTTP/1.1\r\n"
            "Host: 127.0.0.1:" +
                std::to_string(server.port()) +
                "\r\n"
                "Accept: application/fhir+json\r\n"
                "User-Agent: psoas-cds\r\n"
                "Authorization: Bearer a.b.c\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 20\r\n"
                "\r\n"
                "patient=1&code=x%7Cy");
}

TEST(ClientQuestion, CannotSmuggleAFieldOrASecondQuestion) {
  const ScriptedServer server;
  const auto client = start_client();
  for (const char* value : {"Bearer a\r\nX: y", "Bearer a\n", "Bearer a\r", "\x01", "\x7f"}) {
    EXPECT_EQ(
        code_of(ask(*client, {.url = url_of(server), .authorization = value, .loopback = true})),
        Errc::malformed);
    EXPECT_EQ(code_of(ask(*client, {.url = url_of(server), .accept = value, .loopback = true})),
              Errc::malformed);
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST(ClientQuestion, FA_12_NeverFollowsARedirectWithItsToken) {
  ScriptedServer elsewhere;
  const auto client = start_client();
  for (const int status : {301, 302, 303, 307, 308}) {
    const ScriptedServer server{[&](Peer& peer) {
      peer.receive();
      peer.send(answer("", status, "Location: " + url_of(elsewhere) + "\r\n"));
    }};
    const auto reply =
        ask(*client, {.url = url_of(server), .authorization = "Bearer a.b.c", .loopback = true});
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, status);
  }
  EXPECT_EQ(elsewhere.connections(), 0);
  EXPECT_EQ(elsewhere.received(), "");
}

TEST(ClientQuestion, FA_12_GoesThroughNoProxyOfTheEnvironment) {
  const ScriptedServer proxy;
  const ScriptedServer server;
  constexpr const char* kNames[] = {"http_proxy",  "HTTP_PROXY", "https_proxy",
                                    "HTTPS_PROXY", "all_proxy",  "ALL_PROXY"};
  for (const char* name : kNames) {
    setenv(name, url_of(proxy).c_str(), 1);
  }
  const auto client = start_client();
  const auto plain = get(*client, url_of(server));
  const auto by_tls = ask(*client, {.url = url_of(server, "/", "https://localhost"),
                                    .deadline = steady_clock::now() + 200ms,
                                    .loopback = true});
  for (const char* name : kNames) {
    unsetenv(name);
  }
  EXPECT_TRUE(plain);
  EXPECT_FALSE(by_tls) << "the server speaks no TLS";
  EXPECT_EQ(server.connections(), 2);
  EXPECT_EQ(proxy.connections(), 0);
}

TEST(ClientQuestion, FA_03_LeavesNothingOfASecret) {
  std::string secret(100, 's');
  const char* const bytes = secret.data();
  wipe(secret);
  EXPECT_EQ(std::string(bytes, 100), std::string(100, '\0'));
  EXPECT_TRUE(secret.empty());
  const SecretText joined{"Bearer ", "a.b.c", "", "!"};
  EXPECT_EQ(joined.view(), "Bearer a.b.c!");
}

}  // namespace
}  // namespace cdss::http
