#pragma once

#include "core/base/label.hpp"
#include "core/base/metrics.hpp"

namespace cdss::server {

/// The metrics of one service, looked up once. Borrows from the registry of metrics. Thread-safe.
struct ServiceMetrics {
  ServiceMetrics(Metrics& metrics, Label service)
      : calls{metrics.counter("cdss_calls_total", service)},
        calls_failed{metrics.counter("cdss_calls_failed_total", service)},
        calls_refused{metrics.counter("cdss_calls_refused_total", service)},
        call_duration{metrics.histogram("cdss_call_duration_seconds", service)},
        wrong_patient{metrics.counter("cdss_wrong_patient_total", service)},
        resources_excluded{metrics.counter("cdss_resources_excluded_total", service)},
        cards_dropped{metrics.counter("cdss_cards_dropped_total", service)},
        urgent_cards_replaced{metrics.counter("cdss_urgent_cards_replaced_total", service)},
        feedback_entries{metrics.counter("cdss_feedback_entries_total", service)},
        feedback_refused{metrics.counter("cdss_feedback_refused_total", service)} {}

  Counter& calls;
  Counter& calls_failed;
  Counter& calls_refused;
  Histogram& call_duration;
  Counter& wrong_patient;
  Counter& resources_excluded;
  Counter& cards_dropped;
  Counter& urgent_cards_replaced;
  Counter& feedback_entries;
  Counter& feedback_refused;
};

}  // namespace cdss::server
