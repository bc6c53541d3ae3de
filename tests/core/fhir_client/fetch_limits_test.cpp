// Time, numbers and failures: what a fetch may cost a call and a server.

#include <gtest/gtest.h>

#include "tests/core/fhir_client/fetch_fixture.hpp"

namespace cdss::fhir_client {
namespace {

const std::string kBase = kServer;
const std::string kUrl = kBase + "/Condition?patient=p1";

TEST_F(FetchTest, FA_14_AnswersAtTheDeadlineWithWhatThereIs) {
  server.behaviour = [](const http::Client::Question& ask) {
    return ask.url == kUrl ? FakeServer::reply(200, searchset({condition("a")}, "?page=2"))
           : ask.url.ends_with("&fast") ? FakeServer::reply(200, searchset({condition("b")}))
                                        : std::nullopt;
  };
  const auto fetched =
      fetch({conditions(), conditions("Condition?patient=p1&fast"), conditions("Condition?never")});
  EXPECT_EQ(took, 250ms);
  EXPECT_EQ(fetched[0].state, cdss_key_truncated);
  EXPECT_EQ(fetched[0].reason,
            "only a part of it could be read: the FHIR server did not answer in time");
  EXPECT_EQ(ids(fetched[0]), "a");
  EXPECT_EQ(fetched[1].state, cdss_key_present);
  EXPECT_EQ(fetched[2].state, cdss_key_unavailable);
  EXPECT_EQ(fetched[2].reason, "the FHIR server did not answer in time");
  for (const auto& ask : server.asked) {
    ASSERT_TRUE(ask.deadline);
    EXPECT_LE(*ask.deadline, scheduler->now());
  }
  EXPECT_EQ(counted("late"), 2U);
  // What comes later changes nothing.
  for (const auto& done : server.hanging) {
    done(*FakeServer::reply(200, searchset({condition("late")})));
  }
  scheduler->run();
  EXPECT_EQ(counted("ok"), 2U);
}

TEST_F(FetchTest, AnAnswerAfterTheFetcherHasGoneIsDropped) {
  bool called = false;
  fetcher().fetch(fetcher().grant(access()), {conditions()},
                  [&](const auto&, const auto&) { called = true; });
  scheduler->run();
  ASSERT_EQ(server.hanging.size(), 1U);
  end_fetcher();
  server.hanging[0](*FakeServer::reply(200, searchset({})));
  scheduler->advance(1s);
  EXPECT_FALSE(called);
}

TEST_F(FetchTest, FA_14_RoundsOfACallShareItsTimeAndItsBytes) {
  limits.bytes = 10'000;
  limits.fetch_ms = 1'500;
  server.delay = 100ms;
  server.serve({{kUrl, searchset({condition("a")})}});
  fetch({conditions()});
  scheduler->run();
  ASSERT_TRUE(left);
  const auto bytes = left->bytes;
  EXPECT_EQ(bytes, 10'000 - static_cast<std::int64_t>(searchset({condition("a")}).size()));
  server.behaviour = [](const http::Client::Question&) { return std::nullopt; };
  auto fetched = fetch({conditions("Condition?never")}, *std::move(left));
  EXPECT_EQ(took, 400ms) << "a second has passed between the rounds";
  EXPECT_EQ(fetched[0].reason, "the FHIR server did not answer in time");
  EXPECT_EQ(static_cast<std::int64_t>(server.asked.back().body_bytes), bytes);
  const auto asked = server.asked.size();
  fetched = fetch({conditions()}, *std::move(left));
  EXPECT_LE(took, 1ms);
  EXPECT_EQ(fetched[0].reason, "the FHIR server did not answer in time");
  EXPECT_EQ(server.asked.size(), asked) << "time is over: nothing more is asked";
}

TEST_F(FetchTest, AsksSoManyAtATimeAndNoMore) {
  limits.parallel = 3;
  server.delay = 10ms;
  server.behaviour = [](const http::Client::Question&) {
    return FakeServer::reply(200, searchset({}));
  };
  std::vector<Query> queries;
  for (int i = 0; i < 10; ++i) {
    queries.push_back(conditions("Condition?patient=p1&i=" + std::to_string(i)));
  }
  const auto fetched = fetch(std::move(queries));
  EXPECT_EQ(server.most_running, 3U);
  EXPECT_EQ(server.asked.size(), 10U);
  EXPECT_EQ(took, 40ms);
  for (const auto& one : fetched) {
    EXPECT_EQ(one.state, cdss_key_empty);
  }
}

TEST_F(FetchTest, AllAnswersUnderWayTogetherStayWithinTheBytesOfACall) {
  limits.bytes = 10'000;
  server.delay = 10ms;
  server.behaviour = [](const http::Client::Question&) {
    return FakeServer::reply(200, searchset({}));
  };
  std::vector<Query> queries;
  for (int i = 0; i < 8; ++i) {
    queries.push_back(conditions("Condition?patient=p1&i=" + std::to_string(i)));
  }
  fetch(std::move(queries));
  std::size_t together = 0;
  for (const auto& ask : server.asked) {
    together += ask.body_bytes;
  }
  EXPECT_EQ(server.asked.size(), 8U);
  EXPECT_EQ(together, 10'000U);
}

TEST_F(FetchTest, FA_11_DoesNotUseATokenOnceItHasExpired) {
  limits.fetch_ms = 10'000;
  server.delay = 1'500ms;
  server.serve({{kUrl, searchset({condition("a")}, "?page=2")},
                {kBase + "/Condition?page=2", searchset({condition("b")}, "?page=3")},
                {kBase + "/Condition?page=3", searchset({condition("c")})}});
  auto fetched = fetch({conditions()}, {.expires_in = 3});
  EXPECT_EQ(fetched[0].state, cdss_key_truncated);
  EXPECT_EQ(fetched[0].reason, "only a part of it could be read: the client's token has expired");
  EXPECT_EQ(ids(fetched[0]), "a b");
  EXPECT_EQ(server.asked.size(), 2U);
  server.asked.clear();
  auto granted = access({.expires_in = 2});
  scheduler->advance(1s);
  fetched = fetch({conditions()}, std::move(granted));
  EXPECT_EQ(fetched[0].state, cdss_key_unavailable);
  EXPECT_TRUE(server.asked.empty());
}

/// Failing servers: each is one that a breaker counts.
class BreakerTest : public FetchTest {
 protected:
  void fail_with(std::optional<Result<http::Reply>> answer) {
    server.behaviour = [answer = std::move(answer)](const http::Client::Question&) {
      return answer;
    };
  }
  /// Whether the server was asked when a call came.
  bool is_asked(const CallText& text = {}) {
    server.asked.clear();
    fetch({conditions()}, text);
    return !server.asked.empty();
  }
};

TEST_F(BreakerTest, LeavesAServerAloneThatFailsAndTriesItAgain) {
  limits.breaker_failures = 3;
  for (const auto& failure : {FakeServer::reply(503, ""), FakeServer::error(Errc::unavailable),
                              FakeServer::error(Errc::timed_out)}) {
    if (failure->has_error() && failure->error().code == Errc::timed_out) {
      server.delay = 200ms;
    }
    fail_with(failure);
    EXPECT_TRUE(is_asked());
    EXPECT_TRUE(is_asked());
    EXPECT_TRUE(is_asked());
    EXPECT_FALSE(is_asked());
    EXPECT_EQ(took, 1ms);
    scheduler->advance(5s);
    EXPECT_FALSE(is_asked());
    scheduler->advance(5s);
    EXPECT_TRUE(is_asked());  // the trial, which fails
    EXPECT_FALSE(is_asked());
    scheduler->advance(11s);
    server.behaviour = [](const http::Client::Question&) {
      return FakeServer::reply(200, searchset({}));
    };
    EXPECT_TRUE(is_asked());  // the trial, which does not
    EXPECT_TRUE(is_asked());
    EXPECT_TRUE(is_asked());
  }
  EXPECT_EQ(metrics.counter("cdss_fhir_breaker_opened_total", "ehr").value(), 3U);
  EXPECT_EQ(metrics.counter("cdss_fhir_breaker_closed_total", "ehr").value(), 3U);
  EXPECT_NE(lines.str().find(R"("event":"fhir_breaker_opened","client":"ehr")"), std::string::npos);
}

TEST_F(BreakerTest, SaysWhyItDoesNotAsk) {
  limits.breaker_failures = 1;
  fail_with(FakeServer::reply(500, ""));
  fetch({conditions()});
  const auto fetched = fetch({conditions()});
  EXPECT_EQ(fetched[0].state, cdss_key_unavailable);
  EXPECT_EQ(fetched[0].reason, "the FHIR server failed before and is not asked for a while");
  EXPECT_EQ(counted("breaker_open"), 1U);
}

TEST_F(BreakerTest, MakesOneTrialAtATime) {
  limits.breaker_failures = 1;
  fail_with(FakeServer::reply(500, ""));
  fetch({conditions()});
  scheduler->advance(11s);
  fail_with(std::nullopt);
  server.asked.clear();
  const auto fetched = fetch({conditions(), conditions("Condition?b")});
  EXPECT_EQ(server.asked.size(), 1U);
  EXPECT_EQ(fetched[0].reason, "the FHIR server did not answer in time");
  EXPECT_EQ(fetched[1].reason, "the FHIR server failed before and is not asked for a while");
}

TEST_F(BreakerTest, BlamesNoServerForOurWantOfConnections) {
  limits.breaker_failures = 2;
  fail_with(Error{Errc::busy, {}, "must wait"});
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(is_asked());
  }
  EXPECT_EQ(lines.str().find("fhir_server_fault"), std::string::npos);
}

TEST_F(BreakerTest, CountsNoAnswersBelow500AndNoSuccessBetween) {
  limits.breaker_failures = 2;
  for (const int status : {400, 401, 403, 404, 429}) {
    fail_with(FakeServer::reply(status, ""));
    for (int i = 0; i < 5; ++i) {
      EXPECT_TRUE(is_asked()) << status;
    }
  }
  for (int i = 0; i < 5; ++i) {
    fail_with(FakeServer::reply(500, ""));
    EXPECT_TRUE(is_asked());
    fail_with(FakeServer::reply(200, searchset({})));
    EXPECT_TRUE(is_asked());
  }
}

TEST_F(BreakerTest, BlamesNoServerForAPageThatWasAskedForTooLate) {
  limits.breaker_failures = 1;
  server.delay = 200ms;
  server.behaviour = [](const http::Client::Question& ask) {
    return ask.url == kUrl ? FakeServer::reply(200, searchset({condition("a")}, "?page=2"))
                           : std::nullopt;
  };
  EXPECT_EQ(fetch({conditions()})[0].state, cdss_key_truncated);
  EXPECT_TRUE(is_asked());
}

TEST_F(BreakerTest, LeavesEachClientItsOwnServer) {
  limits.breaker_failures = 1;
  fail_with(FakeServer::reply(500, ""));
  fetch({conditions()});
  EXPECT_FALSE(is_asked());
  client.id = "another-profile";
  EXPECT_TRUE(is_asked());
  client.id = "ehr";
  EXPECT_FALSE(is_asked());
  client.fhir_servers = {"https://second.example.org/fhir"};
  EXPECT_TRUE(is_asked({.server = "https://second.example.org/fhir"}));
}

}  // namespace
}  // namespace cdss::fhir_client
