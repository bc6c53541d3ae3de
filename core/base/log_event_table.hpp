#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string_view>

namespace cdss {

enum class LogLevel { info, warning, error };

/// What one kind of log line means. Each line has `time`, `level` and `event` before its fields.
struct LogEvent {
  std::string_view name;
  LogLevel level;
  std::array<std::string_view, 5> fields;  ///< names in their order; what is empty ends them
  std::string_view meaning;                ///< one sentence, no full stop
};

/// Every event there is, by name. An event is added here first; Log takes no other name.
// clang-format off
inline constexpr std::array kLogEvents = std::to_array<LogEvent>({
    {"call", LogLevel::info, {"service", "client", "status", "took_us"},
     "A call of a service was answered"},
    {"call_failed", LogLevel::error, {"service", "status", "reason"},
     "A call was answered with a status of 500 or more"},
    {"caller_forbidden", LogLevel::warning, {"client", "service"},
     "A known client called a service that its profile does not allow"},
    {"caller_refusal_waived", LogLevel::warning, {"reason", "client"},
     "A caller was accepted despite a fault that its profile only warns of"},
    {"caller_refused", LogLevel::warning, {"reason", "client"},
     "A caller could not prove who it is"},
    {"card_dropped", LogLevel::error, {"service", "count", "reason"},
     "Cards or parts of cards were not sent because they failed a check; the first reason"},
    {"client_caution", LogLevel::warning, {"client", "caution"},
     "A client profile allows something that needs care"},
    {"draining", LogLevel::info, {"signal"}, "The server ends: no more calls are accepted"},
    {"feedback", LogLevel::info, {"service", "client", "status", "took_us"},
     "A feedback request was answered"},
    {"fhir_breaker_closed", LogLevel::info, {"client"},
     "A FHIR server that was not asked for a while answers again"},
    {"fhir_breaker_opened", LogLevel::warning, {"client", "pause_ms"},
     "A FHIR server failed too often and is not asked for a while"},
    {"fhir_server_fault", LogLevel::warning, {"client", "key", "reason"},
     "A FHIR server failed or answered against the standard"},
    {"http_accept_failed", LogLevel::warning, {"error"}, "A connection could not be accepted"},
    {"http_exception", LogLevel::error, {}, "A request was dropped: out of memory"},
    {"http_refused", LogLevel::info, {"status"}, "A request was refused before anything read it"},
    {"http_request_dropped", LogLevel::error, {}, "A request was given up without an answer"},
    {"key_callback_failed", LogLevel::error, {},
     "A caller was given up while keys were handed to it"},
    {"keys_fetched", LogLevel::info, {"url", "keys", "rejected"}, "A client's key set was fetched"},
    {"keys_not_fetched", LogLevel::warning, {"url", "error"},
     "A client's key set could not be fetched"},
    {"log_lines_lost", LogLevel::error, {"count"}, "Lines before this one could not be written"},
    {"nothing_to_reload", LogLevel::info, {}, "A reload was asked for and TLS is not in use"},
    {"plugin_available", LogLevel::info, {"plugin"}, "A plugin that had no worker has one again"},
    {"plugin_callback_failed", LogLevel::error, {"plugin"},
     "A plugin's answer could not be used: out of memory"},
    {"plugin_disabled", LogLevel::info, {"plugin"},
     "A plugin is not started: the configuration says so"},
    {"plugin_failed", LogLevel::error, {"plugin"},
     "A plugin reported a failure or answered too much"},
    {"plugin_load_failed", LogLevel::error, {"plugin", "where", "reason"},
     "A plugin could not be loaded or started; others serve"},
    {"plugin_started", LogLevel::info, {"plugin", "version", "knowledge", "ready"},
     "A plugin serves"},
    {"plugin_unavailable", LogLevel::warning, {"plugin"},
     "A plugin has no worker; starting one is tried again"},
    {"record_incomplete", LogLevel::warning, {"service", "client", "where", "reason"},
     "A call was refused because a key that the service needs is unavailable; one line for each"},
    {"safety_resources_excluded", LogLevel::error, {"service", "client", "count", "drafts"},
     "Resources were excluded because they cannot be shown to be the patient's"},
    {"safety_urgent_card_replaced", LogLevel::error, {"service", "count"},
     "Urgent cards failed a check and were replaced by the fixed text"},
    {"safety_wrong_patient", LogLevel::error, {"service", "client"},
     "A call was refused because it held another patient's data"},
    {"started", LogLevel::info, {"port", "services"}, "The server serves"},
    {"stopped", LogLevel::info, {"cut_calls"}, "The server has ended"},
    {"task_failed", LogLevel::error, {"pool"},
     "A task of a thread pool was dropped: out of memory"},
    {"tls_reload_failed", LogLevel::error, {"where", "reason"},
     "TLS files are not good; those in use stay"},
    {"tls_reloaded", LogLevel::info, {}, "TLS files were read again"},
    {"worker_crashed", LogLevel::error, {"plugin", "reason"}, "A worker ended during a call"},
    {"worker_dispatcher_failed", LogLevel::error, {"plugin"},
     "A worker was ended: out of memory"},
    {"worker_gone", LogLevel::warning, {"plugin"},
     "A worker had ended before a call could be handed to it"},
    {"worker_killed", LogLevel::error, {"plugin", "reason"},
     "A worker was killed: it passed a deadline, broke the protocol or had to be given up"},
    {"worker_start_failed", LogLevel::error, {"plugin", "reason"}, "A worker could not be started"},
});
// clang-format on
static_assert(std::ranges::adjacent_find(kLogEvents, std::ranges::greater_equal{},
                                         &LogEvent::name) == kLogEvents.end(),
              "sorted by name, each once");

/// The name of an event of this level with this many fields: a literal that stands in kLogEvents.
/// Any other does not compile.
template <LogLevel kLevel, std::size_t kFields>
class LogEventName {
 public:
  consteval LogEventName(const char* name)  // NOLINT(google-explicit-constructor)
      : event_{std::ranges::lower_bound(kLogEvents, std::string_view{name}, {}, &LogEvent::name)} {
    if (event_ == kLogEvents.end() || event_->name != name || event_->level != kLevel ||
        std::ranges::count_if(event_->fields, std::not_fn(&std::string_view::empty)) != kFields) {
      throw "no such event of this level with this many fields in kLogEvents";
    }
  }

  const LogEvent& event() const { return *event_; }

 private:
  const LogEvent* event_;
};

}  // namespace cdss
