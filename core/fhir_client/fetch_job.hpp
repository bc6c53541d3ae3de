#pragma once

// For fetch.cpp only.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/fhir_client/fetch.hpp"
#include "core/fhir_client/paged_answer.hpp"

namespace cdss::fhir_client {

/// One query of a job. It has at most one request under way.
struct FetchLine {
  FetchLine(Query query, const BaseUrl& base, std::size_t pages)
      : answer{std::move(query), base, pages} {}

  void fail(std::string_view reason) {
    answer.fail(reason);
    is_done = true;
  }

  PagedAnswer answer;
  std::optional<Scheduler::Time> asked;  // when, while a request is under way
  std::int64_t reserved = 0;             // bytes that its answer may have
  bool is_done = false;
  std::string_view fault = {};
};

/// All queries of one round.
struct FetchJob {
  FetchJob(FetchGrant granted, Fetcher::Done callback, Scheduler::Time now)
      : grant{std::move(granted)}, done{std::move(callback)}, started{now} {}

  /// Queues the next URL of a line, or ends it.
  void advance(std::size_t line, std::optional<std::string> url) {
    if (url) {
      waiting.emplace_back(line, *std::move(url));
    } else {
      lines[line].is_done = true;
    }
  }

  FetchGrant grant;  // its bytes less those reserved for the answers under way
  Fetcher::Done done;
  Scheduler::Time started;
  std::deque<FetchLine> lines;                              // stay where they are
  std::deque<std::pair<std::size_t, std::string>> waiting;  // line and URL
  std::int64_t running = 0;
};
using FetchJobPointer = std::shared_ptr<FetchJob>;

}  // namespace cdss::fhir_client
