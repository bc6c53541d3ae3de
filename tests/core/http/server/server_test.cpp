#include "core/http/server/server.hpp"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/http/server/fixture.hpp"

namespace cdss::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace test;

TEST(Server, AnswersManyRequestsOnOneConnection) {
  Running running;
  Client client{running.port()};
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(client.send(post("/a?b=c", "hello")));
    const auto answer = client.receive();
    ASSERT_EQ(answer.status, 200);
    ASSERT_EQ(answer.body, "POST /a?b=c [hello]");
  }
  EXPECT_EQ(running.counted("http_responses_total", "2xx"), 100U);
  EXPECT_EQ(running.counted("http_connections_opened_total"), 1U);
}

TEST(Server, SaysWhatAnAnswerIsAndNothingOfItself) {
  Running running;
  Client client{running.port()};
  client.send(kGet);
  const auto answer = client.receive();
  EXPECT_EQ(answer.header("Content-Type"), "text/plain");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_TRUE(answer.header("Date").ends_with(" GMT"));
  EXPECT_EQ(answer.header("Connection"), "");
  EXPECT_EQ(answer.header("Server"), "");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  Running running;
  Client client{running.port()};
  std::string all;
  for (int i = 0; i < 50; ++i) {
    all += post("/" + std::to_string(i), std::string(3000, 'x'));
  }
  std::thread sender{[&] { client.send(all); }};
  for (int i = 0; i < 50; ++i) {
    EXPECT_THAT(client.receive().body, HasSubstr("POST /" + std::to_string(i) + "?"));
  }
  sender.join();
}

TEST(Server, ReadsBodiesOfAnySizeWithAndWithoutChunks) {
  Running running;
  Client client{running.port()};
  for (const std::size_t size : {0, 1, 8191, 8192, 65536, 65537, 1000000}) {
    SCOPED_TRACE(size);
    const std::string body(size, 'x');
    std::thread sender{[&] { client.send(post("/", body)); }};
    EXPECT_EQ(client.receive().body.size(), size + std::string{"POST /? []"}.size());
    sender.join();
    std::string chunked = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < size; at += 7000) {
      const auto part = std::string_view{body}.substr(at, 7000);
      char length[16];
      std::snprintf(length, sizeof length, "%zx\r\n", part.size());
      chunked.append(length).append(part).append("\r\n");
    }
    chunked += "0\r\n\r\n";
    std::thread chunks{[&] { client.send(chunked); }};
    EXPECT_EQ(client.receive().body.size(), size + std::string{"POST /? []"}.size());
    chunks.join();
  }
}

TEST(Server, SendsHeadersOnlyToHead) {
  Running running;
  Client client{running.port()};
  client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto answer = client.receive(true);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Length"), std::to_string(std::string{"HEAD /a? []"}.size()));
  client.send(kGet);
  EXPECT_EQ(client.receive().body, "GET /a? []") << "no body stood between";
}

TEST(Server, ClosesAfterHttp10UnlessAskedToKeepAlive) {
  Running running;
  Client once{running.port()};
  once.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(once.receive().header("Connection"), "close");
  EXPECT_TRUE(once.closes());
  Client kept{running.port()};
  for (int i = 0; i < 2; ++i) {
    kept.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(kept.receive().header("Connection"), "keep-alive");
  }
}

TEST(Server, ClosesWhenTheClientOrTheHandlerWantsIt) {
  Running running{[](const Request& request, const Respond& respond) {
    Response response;
    response.close = request.path == "/close";
    respond(std::move(response));
  }};
  for (const char* text : {"GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                           "GET /close HTTP/1.1\r\nHost: h\r\n\r\n"}) {
    Client client{running.port()};
    client.send(text);
    EXPECT_EQ(client.receive().header("Connection"), "close");
    EXPECT_TRUE(client.closes());
  }
}

TEST(Server, AnswersAClientThatHasEndedItsSide) {
  Running running;
  Client client{running.port()};
  client.send(kGet);
  client.end_sending();
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_TRUE(client.closes());
}

TEST(Server, TellsAClientThatWaitsToSendItsBody) {
  Running running;
  Client client{running.port()};
  const auto whole = post("/", "hello", "Expect: 100-continue\r\n");
  const auto header_end = whole.find("\r\n\r\n") + 4;
  client.send(whole.substr(0, header_end));
  EXPECT_EQ(client.receive().status, 100);
  client.send(whole.substr(header_end));
  EXPECT_EQ(client.receive().body, "POST /? [hello]");
  client.send(whole);
  EXPECT_EQ(client.receive().status, 200) << "a body that is there already is not asked for";
}

TEST(Server, RefusesWrongFramingWithAnErrorBodyAndCloses) {
  Running running;
  Client client{running.port()};
  client.send("GET /secret HTTP/1.1\r\nHost: h\r\nBad Field: x\r\n\r\n");
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, HasSubstr("\"status\":400"));
  EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.closes());
  EXPECT_THAT(running.lines.str(), HasSubstr("\"status\":400"));
  EXPECT_THAT(running.lines.str(), Not(HasSubstr("secret")));
}

/// A server whose own answers name the origin that the request named.
Settings naming_origins() {
  Settings settings;
  settings.body_bytes = 100;
  settings.error_fields = [](std::string_view origin) {
    return std::vector<std::pair<std::string, std::string>>{
        {"Seen", '<' + std::string{origin} + '>'}};
  };
  return settings;
}

TEST(Server, TellsItsErrorFieldsTheOriginOfAHeaderThatWasGood) {
  constexpr std::string_view kOwn = "<https://a.example>";
  const struct {
    const char* request;
    int status;
    std::string_view seen;
  } rows[] = {
      {"POST / HTTP/1.1\r\nHost: h\r\norigin: https://a.example\r\nContent-Length: 101\r\n\r\n",
       413, kOwn},
      {"POST / HTTP/1.1\r\nHost: h\r\nOrigin: https://a.example\r\nContent-Length: 2\r\n\r\nx", 408,
       kOwn},
      {"POST / HTTP/1.1\r\nHost: h\r\nOrigin: https://a.example\r\nTransfer-Encoding: "
       "chunked\r\n\r\nx\r\n",
       400, kOwn},
      {"GET / HTTP/1.1\r\nHost: h\r\nOrigin: https://a.example\r\n\r\n", 503, kOwn},
      {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", 503, "<>"},
      {"GET / HTTP/1.1\r\nHost: h\r\nOrigin: https://a.example\r\nOrigin: "
       "https://a.example\r\n\r\n",
       503, "<>"},
      {"GET / HTTP/1.1\r\nHost: h\r\nOrigin: https://a.example\r\nContent-Length: x\r\n\r\n", 400,
       "<>"},
  };
  Settings settings = naming_origins();
  settings.body_timeout = std::chrono::milliseconds{50};
  settings.handler_timeout = std::chrono::milliseconds{50};
  Held held;
  Running running{held.handler(), settings};
  for (const auto& [request, status, seen] : rows) {
    SCOPED_TRACE(request);
    Client client{running.port()};
    client.send(request);
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.header("Seen"), seen);
  }
}

TEST(Server, ForgetsTheOriginWithTheRequest) {
  Running running{echo, naming_origins()};
  Client client{running.port()};
  client.send("GET / HTTP/1.1\r\nHost: h\r\nOrigin: https://a.example\r\n\r\n");
  const auto good = client.receive();
  EXPECT_EQ(good.status, 200);
  EXPECT_EQ(good.header("Seen"), "") << "the handler writes its own";
  client.send("GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n");
  const auto refused = client.receive();
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.header("Seen"), "<>");
}

TEST(Server, AnswersNothingBehindARefusedRequest) {
  Running running;
  Client client{running.port()};
  client.send(
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"
      "\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(client.receive().status, 400);
  EXPECT_TRUE(client.closes());
}

TEST(Server, RefusesAnotherHostAndAProxyWhenOnlyLocalIsServed) {
  Settings settings;
  settings.require_local_host = true;
  Running running{echo, settings};
  for (const char* headers :
       {"Host: evil.example", "Host: localhost\r\nX-Forwarded-For: 1.2.3.4"}) {
    Client client{running.port()};
    client.send("GET / HTTP/1.1\r\n" + std::string{headers} + "\r\n\r\n");
    EXPECT_EQ(client.receive().status, 403);
  }
  Client client{running.port()};
  client.send(kGet);
  EXPECT_EQ(client.receive().status, 200);
}

TEST(Server, SaysNoLengthOfABodyThat204CannotHave) {
  Running running{[](const Request&, const Respond& respond) { respond({.status = 204}); }};
  Client client{running.port()};
  client.send(kGet);
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("Content-Length"), "");
}

TEST(Server, WritesNoHeaderThatCouldEndEarly) {
  Running running{[](const Request&, const Respond& respond) {
    Response response;
    response.headers = {{"X-Good", "yes"},
                        {"X-Split", "a\r\nX-Injected: b"},
                        {"Bad Name", "c"},
                        {"Content-Length", "99"},
                        {"Cache-Control", "max-age=60"}};
    respond(std::move(response));
  }};
  Client client{running.port()};
  client.send(kGet);
  const auto answer = client.receive();
  EXPECT_EQ(answer.header("X-Good"), "yes");
  EXPECT_EQ(answer.header("Content-Length"), "0");
  EXPECT_EQ(answer.header("Cache-Control"), "max-age=60");
  EXPECT_THAT(answer.head, Not(HasSubstr("Injected")));
  EXPECT_THAT(answer.head, Not(HasSubstr("Bad Name")));
}

}  // namespace
}  // namespace cdss::http
