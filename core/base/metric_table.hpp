#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string_view>

namespace cdss {

enum class MetricType { counter, gauge, histogram };

/// What one metric of the process means.
struct Metric {
  std::string_view name;
  MetricType type;
  std::string_view label;  ///< name of its one label; empty when it has none
  std::string_view help;   ///< its HELP text: one sentence, no full stop
};

/// Every metric there is, by name. A metric is added here first; Metrics takes no other name.
// clang-format off
inline constexpr std::array kMetrics = std::to_array<Metric>({
    {"callers_total", MetricType::counter, "decision",
     "Callers by decision: accepted, or the reason of the refusal"},
    {"cdss_call_duration_seconds", MetricType::histogram, "service",
     "Time from a call's admission to its answer"},
    {"cdss_calls_failed_total", MetricType::counter, "service",
     "Calls of a service answered with a status of 500 or more"},
    {"cdss_calls_forbidden_total", MetricType::counter, "client",
     "Calls of a known client to a service that its profile does not allow"},
    {"cdss_calls_refused_total", MetricType::counter, "service",
     "Calls of a service answered with a status from 400 to 499"},
    {"cdss_calls_total", MetricType::counter, "service", "Calls of a service that were answered"},
    {"cdss_cards_dropped_total", MetricType::counter, "service",
     "Cards and parts of cards that were not sent because they failed a check"},
    {"cdss_feedback_entries_total", MetricType::counter, "service", "Feedback entries taken"},
    {"cdss_feedback_refused_total", MetricType::counter, "service",
     "Feedback requests refused because their body is not valid"},
    {"cdss_fhir_breaker_closed_total", MetricType::counter, "client",
     "How often a FHIR server that was not asked for a while answered again"},
    {"cdss_fhir_breaker_opened_total", MetricType::counter, "client",
     "How often a FHIR server was not asked for a while after failures in a row"},
    {"cdss_fhir_fetch_duration_seconds", MetricType::histogram, "client",
     "Time to read from a FHIR server what one call did not bring"},
    {"cdss_fhir_requests_total", MetricType::counter, "outcome",
     "Requests to FHIR servers by outcome"},
    {"cdss_plugin_call_seconds", MetricType::histogram, "plugin",
     "Time from handing a call to the plugin's pool to its answer"},
    {"cdss_plugin_calls_total", MetricType::counter, "plugin", "Calls handed to a worker"},
    {"cdss_plugin_crashes_total", MetricType::counter, "plugin",
     "Workers that ended during a call or broke the protocol"},
    {"cdss_plugin_failures_total", MetricType::counter, "plugin",
     "Calls for which the plugin reported a failure or answered too much"},
    {"cdss_plugin_left_out", MetricType::gauge, "plugin",
     "1 for a plugin that is installed and not served because its package or its start failed"},
    {"cdss_plugin_refusals_total", MetricType::counter, "plugin",
     "Calls that were never handed to a worker"},
    {"cdss_plugin_replacements_total", MetricType::counter, "plugin",
     "Workers that took the place of one that had failed"},
    {"cdss_plugin_timeouts_total", MetricType::counter, "plugin",
     "Workers killed because a call passed its deadline"},
    {"cdss_resources_excluded_total", MetricType::counter, "service",
     "Resources excluded from calls because they cannot be shown to be the patient's"},
    {"cdss_tasks_failed_total", MetricType::counter, "pool",
     "Tasks of a thread pool that were dropped: out of memory"},
    {"cdss_urgent_cards_replaced_total", MetricType::counter, "service",
     "Urgent cards that failed a check and were replaced by the fixed text"},
    {"cdss_wrong_patient_total", MetricType::counter, "service",
     "Calls refused because they held another patient's data"},
    {"http_bytes_received_total", MetricType::counter, "", "Bytes read from connections"},
    {"http_bytes_sent_total", MetricType::counter, "", "Bytes of responses written to connections"},
    {"http_connections_closed_total", MetricType::counter, "", "Connections closed"},
    {"http_connections_opened_total", MetricType::counter, "", "Connections opened"},
    {"http_connections_refused_total", MetricType::counter, "",
     "Connections refused because too many were open"},
    {"http_request_duration_seconds", MetricType::histogram, "",
     "Time from a complete request to its response"},
    {"http_responses_total", MetricType::counter, "class", "Responses by class of status"},
    {"http_timeouts_total", MetricType::counter, "phase",
     "Connections whose deadline passed, by what they were doing"},
    {"http_tls_reloads_total", MetricType::counter, "outcome",
     "Reloads of the TLS files: good, or bad when the files in use were kept"},
    {"key_fetches_total", MetricType::counter, "result",
     "Fetches of a client's key set: ok or failed"},
});
// clang-format on
static_assert(std::ranges::adjacent_find(kMetrics, std::ranges::greater_equal{}, &Metric::name) ==
                  kMetrics.end(),
              "sorted by name, each once");

/// The name of a metric of this type, with a label or without: a literal that stands in kMetrics.
/// Any other does not compile.
template <MetricType kType, bool kHasLabel>
class MetricName {
 public:
  consteval MetricName(const char* name)  // NOLINT(google-explicit-constructor)
      : index_{static_cast<std::size_t>(
            std::ranges::lower_bound(kMetrics, std::string_view{name}, {}, &Metric::name) -
            kMetrics.begin())} {
    const Metric& metric = kMetrics.at(index_);
    if (metric.name != name || metric.type != kType || metric.label.empty() == kHasLabel) {
      throw "no such metric of this type and label in kMetrics";
    }
  }

  /// Where it stands in kMetrics.
  std::size_t index() const { return index_; }

 private:
  std::size_t index_;
};

}  // namespace cdss
