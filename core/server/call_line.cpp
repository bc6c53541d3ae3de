#include "core/server/call_line.hpp"

namespace cdss::server {

using std::chrono::microseconds;

CallLine::CallLine(const Offer& offer, const config::Client& client, Log& log, Metrics& metrics)
    : service_{Label::configured(offer.declaration->id)},
      client_{Label::configured(client.id)},
      log_{log},
      metrics_{metrics} {}

void CallLine::called(int status) const {
  const auto lasted = took();
  metrics_.histogram("cdss_call_duration_seconds", "service", service_).observe(lasted);
  metrics_.counter("cdss_calls_total", "service", service_).add();
  write("call", status, lasted);
  if (status >= 500) {
    metrics_.counter("cdss_calls_failed_total", "service", service_).add();
  } else if (status >= 400) {
    metrics_.counter("cdss_calls_refused_total", "service", service_).add();
  }
}

void CallLine::fed_back(int status) const {
  write("feedback", status, took());
}

microseconds CallLine::took() const {
  return std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - start_);
}

void CallLine::write(Label event, int status, microseconds took) const {
  log_.info(
      event,
      {{"service", service_}, {"client", client_}, {"status", status}, {"took_us", took.count()}});
}

}  // namespace cdss::server
