// One call through the application: read on the thread that let it in, completed from the client's
// FHIR server, evaluated by a worker, finished on the worker's dispatcher thread.

#include <algorithm>
#include <optional>

#include "core/server/access_log_entry.hpp"
#include "core/server/answers.hpp"
#include "core/server/application.hpp"
#include "core/server/call.hpp"
#include "core/server/received_call.hpp"

namespace cdss::server {
namespace {

using Steady = std::chrono::steady_clock;

/// What a call leaves in log and metrics. Holds nothing of the patient.
class Trace {
 public:
  /// @param hosted_service, client  borrowed: they outlive the call.
  Trace(const HostedService& hosted_service, const config::Client& client, Log& log,
        Metrics& metrics)
      : line_{hosted_service, client, log, metrics},
        service_{Label::configured(hosted_service.declaration->id)},
        client_{Label::configured(client.id)},
        log_{log},
        metrics_{metrics} {}

  void refused(const Refusal& refusal) const {
    line_.called(refusal.status);
    excluded_counts(refusal.excluded_counts);
    if (refusal.status >= 500) {
      log_.error("call_failed", {{"service", service_},
                                 {"status", refusal.status},
                                 {"reason", Label::configured(refusal.errors.front().message)}});
    }
    constexpr int kPreconditionFailed = 412;
    if (refusal.status == kPreconditionFailed) {
      for (const Error& missing : refusal.errors) {  // of keys and reasons that are all our words
        log_.warning("record_incomplete", {{"service", service_},
                                           {"client", client_},
                                           {"where", Label::configured(missing.where)},
                                           {"reason", Label::configured(missing.message)}});
      }
    }
    if (refusal.wrong_patient) {
      metrics_.counter("cdss_wrong_patient_total", "service", service_).add();
      log_.error("safety_wrong_patient", {{"service", service_}, {"client", client_}});
    }
  }

  /// An answer without cards says nothing about what was left out: whoever runs the service sees it
  /// here.
  void excluded_counts(const ExcludedCounts& what) const {
    if (what.resources > 0) {
      metrics_.counter("cdss_resources_excluded_total", "service", service_).add(what.resources);
      log_.error("safety_resources_excluded", {{"service", service_},
                                               {"client", client_},
                                               {"count", what.resources},
                                               {"drafts", what.drafts}});
    }
  }

  void answered(const std::vector<hooks::DroppedItem>& dropped) const {
    line_.called(200);
    if (!dropped.empty()) {
      metrics_.counter("cdss_cards_dropped_total", "service", service_).add(dropped.size());
      log_.error("card_dropped", {{"service", service_},
                                  {"count", dropped.size()},
                                  {"reason", Label::configured(dropped.front().error.message)}});
    }
    const auto replaced = std::ranges::count_if(dropped, &hooks::DroppedItem::replaced);
    if (replaced > 0) {
      metrics_.counter("cdss_urgent_cards_replaced_total", "service", service_)
          .add(static_cast<std::uint64_t>(replaced));
      log_.error("safety_urgent_card_replaced", {{"service", service_}, {"count", replaced}});
    }
  }

 private:
  AccessLogEntry line_;
  Label service_;
  Label client_;
  Log& log_;
  Metrics& metrics_;
};

}  // namespace

/// A call that has been let in, for whoever goes on with it, on whatever thread.
class Application::RunningCall {
 public:
  /// @param hosted_service, log, metrics  borrowed: they outlive the call.
  RunningCall(const HostedService& called, Admitted admitted, http::Respond respond, Log& log,
              Metrics& metrics)
      : hosted_service{called},
        caller{std::move(admitted.caller)},
        terms{ClientTerms::of(caller->profile->client)},
        trace{called, caller->profile->client, log, metrics},
        respond_{std::move(respond)} {}

  void refuse(const Refusal& refusal) const {
    trace.refused(refusal);
    respond_(answer(refusal, terms.leniencies));
  }
  void respond(std::string body, const std::vector<hooks::DroppedItem>& dropped) const {
    trace.answered(dropped);
    respond_({.body = std::move(body)});
  }

  const HostedService& hosted_service;
  const std::shared_ptr<const auth::Caller> caller;
  const ClientTerms terms;
  const Trace trace;
  std::optional<ReceivedCall> received;  // until the call is prepared

 private:
  http::Respond respond_;
};

void Application::evaluate(const HostedService& hosted_service, Admitted admitted,
                           const http::Respond& respond) {
  const auto arrived = Steady::now();
  std::string body = std::move(admitted.request->body);
  const auto call =
      std::make_shared<RunningCall>(hosted_service, std::move(admitted), respond, log_, metrics_);
  auto received = ReceivedCall::read(std::move(body), hosted_service, call->terms);
  if (!received) {
    return call->refuse(received.error());
  }
  auto access = fhir_client::FhirAccess::grant(received->request(), call->caller->profile->client,
                                               settings_.outbound.allow_private_networks, arrived);
  auto queries = received->plan_fetch(access, clock_.today());
  call->received.emplace(*std::move(received));
  if (queries.empty()) {
    return run(call, {});
  }
  outbound_->fetch(*std::move(access), std::move(queries),
                   [this, call](std::vector<fhir_client::QueryResult> fetched) {
                     run(call, std::move(fetched));
                   });
}

void Application::run(const std::shared_ptr<RunningCall>& call,
                      std::vector<fhir_client::QueryResult> fetched) {
  auto made = PreparedCall::make(*std::move(call->received), std::move(fetched), clock_.today());
  if (!made) {
    return call->refuse(made.error());
  }
  call->received.reset();
  const auto prepared = *std::move(made);
  call->trace.excluded_counts(prepared->excluded_counts());
  const auto& manifest = call->hosted_service.package->manifest();
  pools_.at(manifest.id)
      ->submit({.owner = prepared, .call = prepared->call()},
               Steady::now() + manifest.limits.deadline,
               [this, call, prepared](Result<std::string> written) {
                 if (!written) {
                   return call->refuse(refusal_of(written.error()));
                 }
                 std::vector<hooks::DroppedItem> dropped;
                 auto response = prepared->finish(*std::move(written), dropped, &feedback_);
                 if (!response) {
                   return call->refuse(response.error());
                 }
                 call->respond(*std::move(response), dropped);
               });
}

}  // namespace cdss::server
