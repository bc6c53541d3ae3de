// One call through the application: prepared on an I/O thread, evaluated by a worker, finished on
// the worker's keeper thread.

#include <algorithm>

#include "core/server/answers.hpp"
#include "core/server/application.hpp"
#include "core/server/call.hpp"

namespace cdss::server {
namespace {

using Steady = std::chrono::steady_clock;

/// What a call leaves in log and metrics. Holds nothing of the patient.
class Trace {
 public:
  /// @param offer, client  borrowed: they outlive the call.
  Trace(const Offer& offer, const config::Client& client, Log& log, Metrics& metrics)
      : service_{Label::configured(offer.declaration->id)},
        client_{Label::configured(client.id)},
        log_{log},
        metrics_{metrics} {}

  void refused(const Refusal& refusal) const {
    done(refusal.status);
    withheld(refusal.withheld);
    if (refusal.status >= 500) {
      log_.error("call_failed", {{"service", service_},
                                 {"status", refusal.status},
                                 {"reason", Label::configured(refusal.errors.front().message)}});
    }
    if (refusal.wrong_patient) {
      metrics_.counter("cdss_wrong_patient_total", "service", service_).add();
      log_.error("safety_wrong_patient", {{"service", service_}});
    }
  }

  /// An answer without cards says nothing about what was left out: whoever runs the service sees it
  /// here.
  void withheld(const Withheld& what) const {
    if (what.resources > 0) {
      metrics_.counter("cdss_unprovable_left_out_total", "service", service_).add(what.resources);
      log_.error("safety_unprovable_left_out", {{"service", service_},
                                                {"client", client_},
                                                {"count", what.resources},
                                                {"drafts", what.drafts}});
    }
  }

  void answered(const std::vector<hooks::Dropped>& dropped) const {
    done(200);
    if (!dropped.empty()) {
      metrics_.counter("cdss_cards_dropped_total", "service", service_).add(dropped.size());
      log_.error("card_dropped", {{"service", service_},
                                  {"count", dropped.size()},
                                  {"reason", Label::configured(dropped.front().error.message)}});
    }
    const auto replaced = std::ranges::count_if(dropped, &hooks::Dropped::replaced);
    if (replaced > 0) {
      metrics_.counter("cdss_urgent_cards_replaced_total", "service", service_)
          .add(static_cast<std::uint64_t>(replaced));
      log_.error("safety_urgent_card_replaced", {{"service", service_}, {"count", replaced}});
    }
  }

 private:
  void done(int status) const {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - start_);
    metrics_.histogram("cdss_call_duration_seconds", "service", service_).observe(took);
    metrics_.counter("cdss_calls_total", "service", service_).add();
    log_.info("call", {{"service", service_},
                       {"client", client_},
                       {"status", status},
                       {"took_us", took.count()}});
    if (status >= 400) {
      metrics_
          .counter(
              status >= 500 ? Label{"cdss_calls_failed_total"} : Label{"cdss_calls_refused_total"},
              "service", service_)
          .add();
    }
  }

  Label service_;
  Label client_;
  Log& log_;
  Metrics& metrics_;
  Steady::time_point start_ = Steady::now();
};

}  // namespace

void Application::evaluate(const Offer& offer, Admitted admitted, const http::Respond& respond) {
  const Trace trace{offer, admitted.client(), log_, metrics_};
  const auto terms = ClientTerms::of(admitted.client());
  const auto refuse = [trace, respond, leniencies = terms.leniencies](const Refusal& refusal) {
    trace.refused(refusal);
    respond(answer(refusal, leniencies));
  };
  auto prepared =
      PreparedCall::make(std::move(admitted.request->body), offer, clock_.today(), terms);
  if (!prepared) {
    return refuse(prepared.error());
  }
  const auto& manifest = offer.package->manifest();
  const auto call = *std::move(prepared);
  trace.withheld(call->withheld());
  pools_.at(manifest.id)
      ->submit({.owner = call, .call = call->call()}, Steady::now() + manifest.limits.deadline,
               [this, call, caller = admitted.caller, trace, refuse,
                respond](Result<std::string> written) {
                 if (!written) {
                   return refuse(refusal_of(written.error()));
                 }
                 std::vector<hooks::Dropped> dropped;
                 auto response = call->finish(*std::move(written), dropped, &feedback_);
                 if (!response) {
                   return refuse(response.error());
                 }
                 trace.answered(dropped);
                 respond({.body = *std::move(response)});
               });
}

}  // namespace cdss::server
