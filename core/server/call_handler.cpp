#include "core/server/call_handler.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

#include "core/server/answers.hpp"

namespace cdss::server {
namespace {

constexpr int kPreconditionFailed = 412;

/// The line of every call, and what it counts.
void log_status(const ServiceCall& call, Label service, Label client, Log& log) {
  const ServiceMetrics& metrics = *call.service().metrics;
  const int status = call.status();
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
      ServiceCall::Clock::now() - call.started());
  metrics.call_duration.observe(took);
  metrics.calls.add();
  log.info(
      "call",
      {{"service", service}, {"client", client}, {"status", status}, {"took_us", took.count()}});
  if (status >= 500) {
    metrics.calls_failed.add();
    log.error("call_failed",
              {{"service", service},
               {"status", status},
               {"reason", Label::configured(call.refusal().errors.front().message)}});
  } else if (status >= 400) {
    metrics.calls_refused.add();
  }
}

void log_record(const ServiceCall& call, Label service, Label client, Log& log) {
  const ServiceMetrics& metrics = *call.service().metrics;
  if (const auto& excluded = call.excluded(); excluded.resources > 0) {
    metrics.resources_excluded.add(excluded.resources);
    log.error("safety_resources_excluded", {{"service", service},
                                            {"client", client},
                                            {"count", excluded.resources},
                                            {"drafts", excluded.drafts}});
  }
  if (call.status() == kPreconditionFailed) {
    for (const Error& missing : call.refusal().errors) {  // of keys and reasons: all our words
      log.warning("record_incomplete", {{"service", service},
                                        {"client", client},
                                        {"where", Label::configured(missing.where)},
                                        {"reason", Label::configured(missing.message)}});
    }
  }
  if (call.names_other_patient()) {
    metrics.wrong_patient.add();
    log.error("safety_wrong_patient", {{"service", service}, {"client", client}});
  }
}

void log_dropped(const ServiceCall& call, Label service, Log& log) {
  const ServiceMetrics& metrics = *call.service().metrics;
  const auto& dropped = call.dropped();
  if (!dropped.empty()) {
    metrics.cards_dropped.add(dropped.size());
    log.error("card_dropped", {{"service", service},
                               {"count", dropped.size()},
                               {"reason", Label::configured(dropped.front().error.message)}});
  }
  const auto replaced = std::ranges::count_if(dropped, &hooks::DroppedItem::replaced);
  if (replaced > 0) {
    metrics.urgent_cards_replaced.add(static_cast<std::uint64_t>(replaced));
    log.error("safety_urgent_card_replaced", {{"service", service}, {"count", replaced}});
  }
}

/// Writes what an ended call leaves in log and metrics: nothing of the patient. An answer without
/// cards says nothing about what was excluded: whoever runs the service sees it here.
void log_call(const ServiceCall& call, Log& log) {
  const auto service = Label::configured(call.service().declaration->id);
  const auto client = Label::configured(call.client().id);
  log_status(call, service, client, log);
  log_record(call, service, client, log);
  log_dropped(call, service, log);
}

}  // namespace

void CallHandler::handle(const HostedService& service, std::shared_ptr<const config::Client> client,
                         http::Request& request, http::Respond respond) const {
  const auto call = std::make_shared<ServiceCall>(service, std::move(client), with_.clock.today());
  if (!is_json(request)) {
    call->refuse(not_json());
    return end(*call, respond);
  }
  call->receive(std::move(request.body));
  if (call->is_refused()) {
    return end(*call, respond);
  }
  auto access = fhir_client::FhirAccess::grant(call->request(), call->client(),
                                               with_.settings.outbound.allow_private_networks,
                                               call->started());
  auto queries = call->plan_fetch(access);
  if (queries.empty()) {
    return evaluate(call, std::move(respond));
  }
  fetch(call, with_.outbound.grant(*std::move(access)), std::move(queries), std::move(respond));
}

void CallHandler::fetch(const CallPointer& call, fhir_client::FetchGrant grant,
                        std::vector<fhir_client::Query> queries, http::Respond respond) const {
  with_.outbound.fetch(
      std::move(grant), std::move(queries),
      [this, call, respond = std::move(respond)](std::vector<fhir_client::QueryResult> fetched,
                                                 fhir_client::FetchGrant left) {
        call->add_fetched(std::move(fetched));
        if (call->is_refused()) {
          return end(*call, respond);
        }
        Result<fhir_client::FhirAccess> access{std::move(left.access)};
        auto next = call->plan_fetch(access);
        if (next.empty()) {
          return evaluate(call, respond);
        }
        left.access = *std::move(access);
        fetch(call, std::move(left), std::move(next), respond);
      });
}

void CallHandler::evaluate(const CallPointer& call, http::Respond respond) const {
  call->complete();
  if (call->is_refused()) {
    return end(*call, respond);
  }
  const auto& manifest = call->service().package->manifest();
  with_.pools.at(manifest.id)
      ->submit({.owner = call, .call = call->plugin_call()},
               ServiceCall::Clock::now() + manifest.limits.deadline,
               [this, call, respond = std::move(respond)](Result<std::string> written) {
                 if (written) {
                   call->take_answer(*std::move(written));
                 } else {
                   call->fail(written.error());
                 }
                 if (!call->is_refused()) {
                   call->answer();
                 }
                 end(*call, respond);
               });
}

void CallHandler::end(ServiceCall& call, const http::Respond& respond) const {
  log_call(call, with_.log);
  respond(answer(call.status(), call.take_body()));
}

}  // namespace cdss::server
