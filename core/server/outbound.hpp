#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/base/thread_pool.hpp"
#include "core/config/settings.hpp"
#include "core/fhir_client/fetch.hpp"
#include "core/http/client/client.hpp"

namespace cdss::server {

/// Asks other servers: for the keys that clients publish, and for the parts of a record that they
/// did not send. One HTTPS client serves both. Thread-safe.
class Outbound {
 public:
  /// @param settings, log, metrics  borrowed for its life.
  /// Errors: those of http::Client::start.
  static Result<std::unique_ptr<Outbound>> make(const config::Settings& settings, Log& log,
                                                Metrics& metrics);

  /// For the keys; null when no profile names another server.
  http::Client* web() const { return web_.get(); }

  /// Leave to read for a call that begins to read now (fhir_client::Fetcher). There is no access to
  /// read with when no profile names a FHIR server.
  fhir_client::FetchGrant grant(fhir_client::FhirAccess access) const {
    return fetcher_->grant(std::move(access));
  }

  /// Asks a FHIR server, and calls `done` on a thread where it may take its time.
  void fetch(fhir_client::FetchGrant grant, std::vector<fhir_client::Query> queries,
             fhir_client::Fetcher::Done done);

  /// Ends what runs; the `done` of it is destroyed uncalled.
  ~Outbound();
  Outbound(const Outbound&) = delete;
  Outbound& operator=(const Outbound&) = delete;

 private:
  Outbound() = default;

  std::unique_ptr<http::Client> web_;
  std::unique_ptr<ThreadPool> workers_;  ///< go on with calls whose record was fetched
  std::unique_ptr<fhir_client::Fetcher> fetcher_;
};

}  // namespace cdss::server
