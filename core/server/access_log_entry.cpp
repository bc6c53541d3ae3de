#include "core/server/access_log_entry.hpp"

namespace cdss::server {

using std::chrono::microseconds;

AccessLogEntry::AccessLogEntry(const HostedService& hosted_service, const config::Client& client,
                               Log& log, Metrics& metrics)
    : service_{Label::configured(hosted_service.declaration->id)},
      client_{Label::configured(client.id)},
      log_{log},
      metrics_{metrics} {}

void AccessLogEntry::called(int status) const {
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

void AccessLogEntry::fed_back(int status) const {
  write("feedback", status, took());
}

microseconds AccessLogEntry::took() const {
  return std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - start_);
}

void AccessLogEntry::write(Label event, int status, microseconds took) const {
  log_.info(
      event,
      {{"service", service_}, {"client", client_}, {"status", status}, {"took_us", took.count()}});
}

}  // namespace cdss::server
