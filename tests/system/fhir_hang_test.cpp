// A FHIR server that hangs takes no more time than is granted to it, and none from others.

#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/system/fhir_access.hpp"

namespace cdss::test {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// What a call may take beside the wait.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr milliseconds kAllowed{200};
#else
constexpr milliseconds kAllowed{20};
#endif

/// Calls from several threads, each over a connection of its own. Gives how long each took, sorted.
std::vector<microseconds> timed(std::uint16_t port, std::size_t threads, std::size_t calls_each,
                                const std::string& path, const std::string& body, int status) {
  std::vector<std::vector<microseconds>> took(threads);
  {
    std::vector<std::jthread> clients;
    clients.reserve(threads);
    for (auto& own : took) {
      clients.emplace_back([&own, port, calls_each, &path, &body, status] {
        HttpClient http{port};
        for (std::size_t i = 0; i < calls_each; ++i) {
          const auto begin = steady_clock::now();
          const auto answer = http.post(path, body);
          own.push_back(duration_cast<microseconds>(steady_clock::now() - begin));
          EXPECT_EQ(answer.status, status) << answer.body;
        }
      });
    }
  }
  std::vector<microseconds> all;
  for (const auto& own : took) {
    all.insert(all.end(), own.begin(), own.end());
  }
  std::ranges::sort(all);
  return all;
}

microseconds quantile(const std::vector<microseconds>& sorted, double part) {
  return sorted[static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * part)];
}

TEST_F(FhirAccessTest, FA_14_AnswersInTimeWhileTheServerHangsAndHoldsUpNobodyElse) {
  constexpr milliseconds kFetch{250};
  const RunningServer server{R"("fhir": {"fetch_ms": 250, "breaker_failures": 1000})", "",
                             client_of(*ehr)};
  Caller caller{server};
  const std::string who = patient(0);
  const auto waits = make_call(who, caller.offer("psoas-likelihood"),
                               without({"procedures"}, all()), access_to(ehr->base()));
  const auto other = make_call(who, caller.offer("hip-replacement"), all());
  ehr->behave(R"({"fault": "hang"})");

  const auto path = [](const char* id) { return "/cds-services/" + std::string{id}; };
  timed(server.port(), 2, 20, path("hip-replacement"), other, 200);  // warm
  const auto alone = timed(server.port(), 2, 200, path("hip-replacement"), other, 200);
  std::vector<microseconds> beside;
  std::vector<microseconds> waited;
  {
    std::jthread hanging{
        [&] { waited = timed(server.port(), 8, 25, path("psoas-likelihood"), waits, 200); }};
    beside = timed(server.port(), 2, 200, path("hip-replacement"), other, 200);
  }
  const auto p99 = quantile(waited, 0.99);
  const double ratio = static_cast<double>(quantile(beside, 0.5).count()) /
                       static_cast<double>(quantile(alone, 0.5).count());
  std::cout << "server hangs, us: p50 " << quantile(waited, 0.5).count() << ", p99 " << p99.count()
            << " of " << waited.size() << " calls with 250000 for it; another service p50 "
            << quantile(alone, 0.5).count() << " alone, " << quantile(beside, 0.5).count()
            << " beside (x" << ratio << "), p99 " << quantile(alone, 0.99).count() << " and "
            << quantile(beside, 0.99).count() << '\n';
  EXPECT_GE(quantile(waited, 0.0), kFetch) << "nothing else ends the wait";
  EXPECT_LT(p99, kFetch + 10 * kAllowed);
  EXPECT_LT(ratio, 20.0);
}

TEST_F(FhirAccessTest, FA_14_TakesWhatCameInTimeAndLeavesASlowServerAlone) {
  const RunningServer server{
      R"("fhir": {"fetch_ms": 1000, "breaker_failures": 2, "breaker_pause_ms": 600000})", "",
      client_of(*ehr)};
  Caller caller{server};
  const std::string who = patient(0);
  const auto body = make_call(who, caller.offer("psoas-likelihood"),
                              without({"procedures", "allergies"}, all()), access_to(ehr->base()));
  ehr->behave(R"({"fault": "drip", "only": "Procedure"})");
  for (int i = 0; i < 2; ++i) {
    const auto answer = caller.call("psoas-likelihood", body);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr("\"procedures\""));
    EXPECT_THAT(answer.body, Not(HasSubstr("\"allergies\""))) << "they came in time";
  }
  ehr->behave(R"({"fault": "hang"})");
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(caller.call("psoas-likelihood", body).status, 200);
  }
  ehr->forget();
  const auto begin = steady_clock::now();
  const auto answer = caller.call("psoas-likelihood", body);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_LT(steady_clock::now() - begin, milliseconds{900}) << "it does not wait for it again";
  EXPECT_THAT(ehr->asked(), IsEmpty());
}

}  // namespace
}  // namespace cdss::test
