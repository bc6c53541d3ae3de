#pragma once

#include <sstream>

#include "tests/core/base/fixed_clock.hpp"
#include "tests/core/fhir_client/call.hpp"
#include "tests/core/fhir_client/fake_server.hpp"

namespace cdss::fhir_client {

/// A fetcher before a server that the test plays.
class FetchTest : public testing::Test {
 protected:
  /// What becomes of these queries; time passes until the call has its answer.
  std::vector<QueryResult> fetch(std::vector<Query> queries, const CallText& text = {}) {
    return fetch(std::move(queries), access(text));
  }

  std::vector<QueryResult> fetch(std::vector<Query> queries, FhirAccess granted) {
    return fetch(std::move(queries), fetcher().grant(std::move(granted)));
  }

  /// The same for a round of a call; `left` is what it leaves for another.
  std::vector<QueryResult> fetch(std::vector<Query> queries, FetchGrant grant) {
    std::vector<QueryResult> got;
    int calls = 0;
    fetcher().fetch(std::move(grant), std::move(queries),
                    [&](std::vector<QueryResult> fetched, FetchGrant rest) {
                      got = std::move(fetched);
                      left.emplace(std::move(rest));
                      ++calls;
                    });
    EXPECT_EQ(calls, 0);
    const auto begin = scheduler->now();
    while (calls == 0 && scheduler->now() - begin < 1min) {
      scheduler->advance(1ms);
    }
    took = std::chrono::duration_cast<std::chrono::milliseconds>(scheduler->now() - begin);
    scheduler->advance(1s);
    EXPECT_EQ(calls, 1);
    return got;
  }

  FhirAccess access(const CallText& text = {}) {
    const Call call{text};
    auto granted = FhirAccess::grant(call.request, client, false, scheduler->now());
    EXPECT_TRUE(granted) << granted.error().message;
    return *std::move(granted);
  }

  /// Made at first use, so that a test can set the limits.
  Fetcher& fetcher() {
    if (!fetcher_) {
      fetcher_ = std::make_unique<Fetcher>(server.transport(), limits, scheduler, log, metrics);
    }
    return *fetcher_;
  }
  void end_fetcher() { fetcher_.reset(); }

  std::uint64_t counted(Label outcome) {
    return metrics.counter("cdss_fhir_requests_total", outcome).value();
  }

  config::Fhir limits;
  config::Client client = ehr();
  std::shared_ptr<HandScheduler> scheduler = std::make_shared<HandScheduler>();
  FakeServer server{scheduler};
  FixedClock clock{std::chrono::sys_days{}};
  std::ostringstream lines;
  Log log{lines, clock};
  Metrics metrics;
  std::chrono::milliseconds took{};
  std::optional<FetchGrant> left;

 private:
  std::unique_ptr<Fetcher> fetcher_;
};

inline Query conditions(std::string relative = "Condition?patient=p1") {
  return {.key = "conditions", .resource = "Condition", .relative = std::move(relative)};
}
inline Query patient(std::string relative = "Patient/p1") {
  return {
      .key = "patient", .resource = "Patient", .is_search = false, .relative = std::move(relative)};
}

/// The ids of the resources of a Bundle, in order; of a resource its own.
inline std::string ids(const QueryResult& fetched) {
  if (!fetched.document) {
    return "none";
  }
  const View root = fetched.document->root();
  const auto entries = root.find("entry");
  if (!entries) {
    return std::string{root.text_or_empty("id")};
  }
  std::string ids;
  for (const View entry : entries->elements()) {
    ids += (ids.empty() ? "" : " ") + std::string{entry.find("resource")->text_or_empty("id")};
  }
  return ids;
}

}  // namespace cdss::fhir_client
