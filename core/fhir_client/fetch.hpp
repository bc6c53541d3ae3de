#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/abi/request.h"
#include "core/base/errors/result.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/base/scheduler.hpp"
#include "core/config/settings.hpp"
#include "core/fhir_client/fhir_access.hpp"
#include "core/fhir_client/query.hpp"
#include "core/hooks/request/request.hpp"
#include "core/http/client/client.hpp"
#include "core/json/document.hpp"
#include "core/record/patient_record.hpp"

namespace cdss::fhir_client {

/// The result of one query.
struct QueryResult {
  std::string key;
  cdss_key_state state = cdss_key_unavailable;
  std::string reason;  ///< completes "not sent, and ..."; empty when present or empty
  /// When present or truncated: the resource, or the Bundle of all pages that came. None with
  /// truncated when nothing was added to the page that the client sent.
  std::optional<Document> document;
};

/// Leave to read for one call, and what is left of its time and bytes: all rounds of the call share
/// them. Move-only.
struct FetchGrant {
  FhirAccess access;
  Scheduler::Time deadline;
  std::int64_t bytes;  ///< of answers
};

/// How requests are sent: http::Client::ask, or a replacement in tests. Thread-safe.
using Transport = std::function<void(http::Client::Question, http::Client::Done)>;

/// Reads from FHIR servers what clients did not send: all queries of a round at once, all rounds of
/// a call under one deadline, with the caller's token. One for the server. Thread-safe.
///
/// | the FHIR server | state |
/// |---|---|
/// | answers with the resource, or a searchset with some | present |
/// | a searchset without entries; 404 or 410 to the read of anything but the patient | empty |
/// | a searchset, but not all of its pages can be had | truncated |
/// | a searchset with some, under a token that covers a part | truncated |
/// | a searchset without any, under such a token | unavailable |
/// | 401, 403, 429, 5xx, any other status, a redirect; cannot be reached; is late | unavailable |
/// | answers too much, or no JSON, another type or id | unavailable |
/// | an OperationOutcome, or no searchset | unavailable |
///
/// Pages are followed by next_page, up to config::Fhir::pages; a page that was there before ends
/// it. A search whose URL is longer than 1,500 characters is sent as POST Type/_search. An
/// OperationOutcome entry with only warnings is harmless (PF-39). After config::Fhir::breaker_
/// failures failures in a row (not reached, late, 5xx) a server is not asked for that client until
/// breaker_pause_ms are over; then one query tries it.
///
/// Metrics: cdss_fhir_requests_total by outcome, cdss_fhir_fetch_duration_seconds of a round,
/// cdss_fhir_breaker_opened_total and .._closed_total by client. Log: one line for each fault of a
/// server, with the client's id. Source: rows PF-31 to PF-48, FA-01 to FA-15.
class Fetcher {
 public:
  /// Takes one QueryResult for each query, in their order, and what is left for another round, in a
  /// task of the scheduler. Must not throw and must not take long: other calls wait.
  using Done = std::function<void(std::vector<QueryResult>, FetchGrant left)>;

  /// @param scheduler     runs one task at a time: a ThreadPool of one thread, or a test's own.
  /// @param log, metrics  borrowed for the life of the fetcher.
  Fetcher(Transport transport, const config::Fhir& limits, std::shared_ptr<Scheduler> scheduler,
          Log& log, Metrics& metrics);
  /// Stops the scheduler. Calls that still run are given up, and their `done` destroyed uncalled.
  /// An answer that comes later is dropped. Not from `done`.
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  /// For a call that begins to read now: config::Fhir::fetch_ms and bytes.
  FetchGrant grant(FhirAccess access) const;

  /// Asks, without blocking. `done` is called once, after this has returned and at the latest at the
  /// deadline, with what there is by then.
  void fetch(FetchGrant grant, std::vector<Query> queries, Done done);

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

/// Puts what was fetched into the record, which then owns it.
///
/// A key whose query failed keeps what the client sent for it, and its reason says both. A resource
/// that cannot be shown to be the patient's is excluded, and the state of its key says so.
///
/// @param wanted   that of read_record.
/// @param request  the call: whose patient it is about.
/// @return how many resources were excluded.
/// Errors: Errc::malformed with "fetched.KEY" before the path, when a resource is another
/// patient's: the call must be refused (PF-45). The record must not be used then.
Result<std::size_t> add_fetched(record::PatientRecord& record, std::vector<QueryResult> fetched,
                                std::span<const record::PrefetchKey> wanted,
                                const hooks::HookRequest& request);

}  // namespace cdss::fhir_client
