#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/config/settings.hpp"
#include "core/http/server/request.hpp"
#include "core/http/server/server.hpp"
#include "core/server/outbound.hpp"
#include "core/server/service_call.hpp"
#include "core/server/service_registry.hpp"
#include "core/worker/worker_pool.hpp"

namespace cdss::server {

/// The processes of each plugin, by its id.
using WorkerPools = std::map<std::string_view, std::unique_ptr<worker::WorkerPool>>;

/// Takes the calls of services through their steps: read on the thread that authorized the call,
/// completed from the client's FHIR server, evaluated by a worker, answered on the worker's
/// dispatcher thread. Thread-safe.
class CallHandler {
 public:
  /// All of it is borrowed, and outlives the calls.
  struct Parts {
    const config::Settings& settings;
    const WorkerPools& pools;
    Outbound& outbound;
    const Clock& clock;
    Log& log;
  };
  explicit CallHandler(const Parts& parts) : with_{parts} {}

  /// Answers a call whose caller may make it.
  ///
  /// @param service  outlives the call.
  /// @param request  its body is taken.
  /// @param respond  called once: before this returns or later, from any thread. When the pools or
  ///                 the outbound end first, it is destroyed uncalled.
  void handle(const HostedService& service, std::shared_ptr<const config::Client> client,
              http::Request& request, http::Respond respond) const;

 private:
  using CallPointer = std::shared_ptr<ServiceCall>;

  /// Reads one round of what the client did not send, and whatever that leads to.
  void fetch(const CallPointer& call, fhir_client::FetchGrant grant,
             std::vector<fhir_client::Query> queries, http::Respond respond) const;
  void evaluate(const CallPointer& call, http::Respond respond) const;
  void end(ServiceCall& call, const http::Respond& respond) const;

  const Parts with_;
};

}  // namespace cdss::server
