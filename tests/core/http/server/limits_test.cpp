#include <atomic>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/http/server/server.hpp"
#include "tests/core/http/server/fixture.hpp"

namespace cdss::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using namespace test;

constexpr milliseconds kShort{60};

TEST(Limits, RefuseATooLongBodyBeforeItIsReadAndLetTheClientReadTheAnswer) {
  Settings settings;
  settings.body_bytes = 1000;
  Running running{echo, settings};
  Client client{running.port()};
  // A client that sends all before it reads must not lose the answer to a reset.
  std::thread sender{[&] { client.send(post("/", std::string(std::size_t{4} << 20U, 'x'))); }};
  const auto answer = client.receive();
  sender.join();
  EXPECT_EQ(answer.status, 413);
  EXPECT_THAT(answer.body, HasSubstr("\"status\":413"));
}

TEST(Limits, RefuseATooLongBodyInsteadOfAskingForIt) {
  Settings settings;
  settings.body_bytes = 1000;
  Running running{echo, settings};
  Client client{running.port()};
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive().status, 413);
  EXPECT_TRUE(client.closes());
}

TEST(Limits, AcceptABodyOfExactlyTheLimit) {
  Settings settings;
  settings.body_bytes = 1000;
  Running running{echo, settings};
  Client client{running.port()};
  client.send(post("/", std::string(1000, 'x')));
  EXPECT_EQ(client.receive().status, 200);
}

TEST(Limits, RefuseATooLongHeader) {
  Running running;
  Client client{running.port()};
  client.send("GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(40000, 'x'));
  EXPECT_EQ(client.receive().status, 431);
}

TEST(Limits, RefuseAChunkHeaderWithoutEnd) {
  Running running;
  Client client{running.port()};
  client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
              std::string(70000, 'x'));
  EXPECT_EQ(client.receive().status, 400);
}

TEST(Limits, TurnAwayConnectionsPastTheBound) {
  Held held;
  Settings settings;
  settings.connections = 2;
  Running running{held.handler(), settings};
  Client first{running.port()};
  Client second{running.port()};
  first.send(kGet);
  second.send(kGet);
  const Respond answers[] = {held.take(), held.take()};
  Client third{running.port()};
  third.send(kGet);
  const auto answer = third.receive();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "1");
  EXPECT_THAT(answer.body, HasSubstr("\"status\":503"));
  EXPECT_TRUE(third.closes());
  for (const auto& respond : answers) {
    respond(Response{});
  }
  EXPECT_EQ(first.receive().status, 200);
  EXPECT_EQ(second.receive().status, 200);
  EXPECT_EQ(running.counted("http_connections_refused_total"), 1U);
}

TEST(Limits, TurnAwayBodiesPastTheBytesInFlight) {
  Held held;
  Settings settings;
  settings.bytes_in_flight = 1500;
  Running running{held.handler(), settings};
  Client first{running.port()};
  first.send(post("/", std::string(1000, 'x')));
  const Respond respond = held.take();
  Client second{running.port()};
  second.send(post("/", std::string(1000, 'x')));
  const auto answer = second.receive();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("Retry-After"), "1");
  respond(Response{});
  EXPECT_EQ(first.receive().status, 200);
  // On the same connection, since only there is the answer known to be written off.
  first.send(post("/", std::string(1000, 'x')));
  held.take()(Response{});
  EXPECT_EQ(first.receive().status, 200) << "what an answered request held is free again";
}

TEST(Timeouts, RefuseAHeaderThatDrips) {
  Settings settings;
  settings.header_timeout = kShort;
  Running running{echo, settings};
  Client client{running.port()};
  std::atomic<bool> over{false};
  std::thread drip{[&] {
    for (const char c : std::string{"GET / HTTP/1.1\r\nHost: h\r\nA: "} + std::string(10000, 'x')) {
      if (over || !client.send({&c, 1})) {
        return;
      }
      std::this_thread::sleep_for(milliseconds{5});
    }
  }};
  EXPECT_EQ(client.receive().status, 408);
  over = true;
  drip.join();
  EXPECT_EQ(running.counted("http_timeouts_total", "header"), 1U);
}

TEST(Timeouts, RefuseABodyThatDoesNotCome) {
  Settings settings;
  settings.body_timeout = kShort;
  Running running{echo, settings};
  Client client{running.port()};
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n12345");
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(answer.header("Connection"), "close");
}

TEST(Timeouts, CloseAnIdleConnectionWithoutAWord) {
  Settings settings;
  settings.idle_timeout = kShort;
  Running running{echo, settings};
  Client client{running.port()};
  client.send(kGet);
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_TRUE(client.closes());
}

TEST(Timeouts, CloseAConnectionOnWhichNothingComes) {
  Settings settings;
  settings.header_timeout = kShort;
  Running running{echo, settings};
  Client client{running.port()};
  EXPECT_TRUE(client.closes());
}

TEST(Timeouts, CutAClientThatDoesNotReadItsAnswer) {
  Settings settings;
  settings.write_timeout = kShort;
  Running running{[](const Request&, const Respond& respond) {
                    Response response;
                    response.body.assign(std::size_t{32} << 20U, 'x');
                    respond(std::move(response));
                  },
                  settings};
  Client client{running.port()};
  client.send(kGet);
  while (running.counted("http_connections_closed_total") == 0) {
    std::this_thread::sleep_for(milliseconds{5});
  }
  EXPECT_EQ(running.counted("http_timeouts_total", "write"), 1U);
  EXPECT_EQ(client.receive().status, 0);
}

TEST(Timeouts, AnswerForAHandlerThatTakesTooLong) {
  Held held;
  Settings settings;
  settings.handler_timeout = kShort;
  Running running{held.handler(), settings};
  Client client{running.port()};
  client.send(kGet);
  const Respond respond = held.take();
  EXPECT_EQ(client.receive().status, 503);
  respond(Response{});
  EXPECT_TRUE(client.closes());
}

TEST(Drain, FinishesTheRequestInFlightAndClosesWhatIsIdle) {
  Held held;
  Running running{held.handler()};
  Client idle{running.port()};
  idle.send(kGet);
  held.take()(Response{});
  EXPECT_EQ(idle.receive().status, 200);
  Client busy{running.port()};
  busy.send(kGet);
  const Respond respond = held.take();
  bool finished = false;
  std::thread draining{[&] { finished = running.server->drain(milliseconds{30'000}); }};
  EXPECT_TRUE(idle.closes());
  Client late{running.port()};
  EXPECT_FALSE(late.send(kGet) && late.receive().status != 0) << "nothing new is accepted";
  respond(Response{});
  const auto answer = busy.receive();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(busy.closes());
  busy.vanish();
  draining.join();
  EXPECT_TRUE(finished);
}

TEST(Drain, CutsWhatDoesNotFinishInTime) {
  Held held;
  Running running{held.handler()};
  Client client{running.port()};
  client.send(kGet);
  const Respond respond = held.take();
  EXPECT_FALSE(running.server->drain(milliseconds{20}));
  EXPECT_TRUE(client.closes());
}

TEST(Load, AnswersManyConnectionsAtOnceFromOtherThreads) {
  Running running{[](const Request& request, const Respond& respond) {
    std::thread{[request, respond] { echo(request, respond); }}.detach();
  }};
  std::atomic<int> good{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      Client client{running.port()};
      for (int n = 0; n < 50; ++n) {
        client.send(post("/", std::string(10000, 'x')));
        good += client.receive().status == 200 ? 1 : 0;
      }
    });
  }
  for (auto& client : clients) {
    client.join();
  }
  EXPECT_EQ(good, 400);
}

}  // namespace
}  // namespace cdss::http
