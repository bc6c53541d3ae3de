#pragma once

#include <chrono>

#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/config/client.hpp"
#include "core/server/service_registry.hpp"

namespace cdss::server {

/// The line of the log that a call leaves whose caller was let in, and what it adds to the metrics.
/// Holds nothing of the patient. A value; one of the functions is called once. Thread-safe.
class AccessLogEntry {
 public:
  /// The call begins now.
  /// @param hosted_service, client, log, metrics  borrowed: they outlive the call.
  AccessLogEntry(const HostedService& hosted_service, const config::Client& client, Log& log,
                 Metrics& metrics);

  /// A call of the service was answered: `call`.
  void called(int status) const;

  /// A call with feedback was answered: `feedback`. It counts among no calls of the service.
  void fed_back(int status) const;

 private:
  std::chrono::microseconds took() const;
  void write(Label event, int status, std::chrono::microseconds took) const;

  Label service_;
  Label client_;
  Log& log_;
  Metrics& metrics_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace cdss::server
