// Answers that come from other threads, late, twice or never.

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/http/server/server.hpp"
#include "tests/core/http/server/fixture.hpp"

namespace cdss::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace test;

TEST(Server, TakesAnAnswerFromAnyThreadAndOnlyOnce) {
  Held held;
  Running running{held.handler()};
  Client client{running.port()};
  client.send(kGet);
  const Respond respond = held.take();
  std::thread{[&] {
    Response first;
    first.body = "first";
    respond(std::move(first));
    respond(Response{});
  }}.join();
  EXPECT_EQ(client.receive().body, "first");
  client.send(kGet);
  held.take()(Response{});
  EXPECT_EQ(client.receive().status, 200);
  respond(Response{});
  client.send(kGet);
  const Respond last = held.take();
  respond(Response{});
  Response third;
  third.body = "third";
  last(std::move(third));
  EXPECT_EQ(client.receive().body, "third") << "a late call does not answer another request";
}

TEST(Server, AnswersForAHandlerThatDropsARequest) {
  Running running{[](const Request&, const Respond&) {}};
  Client client{running.port()};
  client.send(kGet);
  const auto answer = client.receive();
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, HasSubstr("\"status\":500"));
}

TEST(Server, AnswersWhenARequestIsDroppedOnAnotherThread) {
  Held held;
  Running running{held.handler()};
  Client client{running.port()};
  client.send(kGet);
  std::thread{[respond = held.take()] {}}.join();
  EXPECT_EQ(client.receive().status, 500);
}

TEST(Server, SurvivesAHandlerThatThrows) {
  Running running{[](const Request&, const Respond&) { throw std::runtime_error{"secret"}; }};
  for (int i = 0; i < 5; ++i) {
    Client client{running.port()};
    client.send(kGet);
    EXPECT_EQ(client.receive().status, 500);
  }
  EXPECT_THAT(running.lines.str(), Not(HasSubstr("secret")));
}

TEST(Server, LeavesAnAnswerToAClientThatHasGone) {
  Held held;
  Running running{held.handler()};
  {
    Client client{running.port()};
    client.send(kGet);
    const Respond respond = held.take();
    client.vanish();
    Response large;
    large.body.assign(std::size_t{4} << 20U, 'x');
    respond(std::move(large));
  }
  Client next{running.port()};
  next.send(kGet);
  held.take()(Response{});
  EXPECT_EQ(next.receive().status, 200);
}

TEST(Server, LeavesAnAnswerThatComesAfterItsEnd) {
  Held held;
  auto running = std::make_unique<Running>(held.handler());
  Client client{running->port()};
  client.send(kGet);
  const Respond respond = held.take();
  running.reset();
  respond(Response{});
  EXPECT_TRUE(client.closes());
}

TEST(Server, EndsWhileAnswersArriveFromOtherThreads) {
  for (int round = 0; round < 20; ++round) {
    Held held;
    auto running = std::make_unique<Running>(held.handler());
    Client client{running->port()};
    client.send(kGet);
    std::thread answering{[respond = held.take()] { respond(Response{}); }};
    running.reset();
    answering.join();
  }
}

}  // namespace
}  // namespace cdss::http
