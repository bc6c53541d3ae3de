#pragma once

#include "core/base/label.hpp"
#include "core/base/metrics.hpp"

namespace cdss::server {

/// The metrics of one service, looked up once. Borrows from the registry of metrics. Thread-safe.
struct ServiceMetrics {
  Metrics& metrics;
  Label service;

  Counter& calls = metrics.counter("cdss_calls_total", service);
  Counter& calls_failed = metrics.counter("cdss_calls_failed_total", service);
  Counter& calls_refused = metrics.counter("cdss_calls_refused_total", service);
  Histogram& call_duration = metrics.histogram("cdss_call_duration_seconds", service);
  Counter& wrong_patient = metrics.counter("cdss_wrong_patient_total", service);
  Counter& resources_excluded = metrics.counter("cdss_resources_excluded_total", service);
  Counter& cards_dropped = metrics.counter("cdss_cards_dropped_total", service);
  Counter& urgent_cards_replaced = metrics.counter("cdss_urgent_cards_replaced_total", service);
  Counter& feedback_entries = metrics.counter("cdss_feedback_entries_total", service);
  Counter& feedback_refused = metrics.counter("cdss_feedback_refused_total", service);
};

}  // namespace cdss::server
