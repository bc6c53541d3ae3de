#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/config/client.hpp"
#include "core/fhir_client/fetch.hpp"
#include "core/fhir_client/fhir_access.hpp"
#include "core/fhir_client/query.hpp"
#include "core/hooks/card/response.hpp"
#include "core/hooks/request/request.hpp"
#include "core/json/document.hpp"
#include "core/record/patient_guard.hpp"
#include "core/record/patient_record.hpp"
#include "core/server/client_terms.hpp"
#include "core/server/refusal.hpp"
#include "core/server/service_registry.hpp"
#include "core/worker/request_block.hpp"

namespace cdss::server {

/// How many resources of a call were excluded, because they could not be shown to be its patient's.
struct ExcludedCounts {
  std::size_t resources = 0;
  std::size_t drafts = 0;  ///< of them, those that the context held
};

/// One call of a service, from its body to what the client gets.
///
///     receive            the body is read and checked to be about one patient
///     add_fetched        adds what the client's FHIR server answered; once for each fetch
///     complete           checks that the service has what it needs: see plugin_call
///     take_answer        checks what the plugin wrote
///     answer             writes the response
///
/// The steps are taken in this order, each in the state that the one before it left. A step that
/// fails ends the call as `refused`. One thread at a time uses the call, which has no lock; it may
/// move from thread to thread.
class ServiceCall {
 public:
  enum class State : std::uint8_t { created, received, complete, evaluated, answered, refused };
  using Clock = std::chrono::steady_clock;

  /// The call begins now.
  /// @param service  must outlive the call.
  /// @param client   who calls.
  /// @param today    the day at the site.
  ServiceCall(const HostedService& service, std::shared_ptr<const config::Client> client,
              std::chrono::sys_days today);

  ServiceCall(const ServiceCall&) = delete;
  ServiceCall& operator=(const ServiceCall&) = delete;

  /// created -> received. What cannot be shown to be the patient's is excluded
  /// (record::check_patient).
  /// Refusals: 400 for what is no JSON, no service call, a hook that the service does not offer, or
  /// about more than one patient, or when the hook cannot do without what was excluded.
  void receive(std::string body);

  /// What to ask the client's FHIR server for next, before the call is complete
  /// (fhir_client::plan_fetch); nothing when all that can be known is known.
  /// @param access  or why there is none: then nothing is asked, and what is missing says why.
  std::vector<fhir_client::Query> plan_fetch(const Result<fhir_client::FhirAccess>& access);

  /// received -> received. Refusals: 400 when what was fetched is about another patient.
  void add_fetched(std::vector<fhir_client::QueryResult> fetched);

  /// received -> complete. Refusals: 412 with one error for each key that the service needs and
  /// that is unavailable.
  void complete();

  /// What the plugin is given, once complete. Borrows from the call.
  worker::Call plugin_call() const;

  /// complete -> evaluated. A card without a source.url gets the service's page.
  /// Refusals: 500 when the answer is no response at all.
  void take_answer(std::string written);

  /// evaluated -> answered.
  void answer();

  /// complete -> refused, because the plugin wrote no answer: 503 unavailable, 504 timed_out,
  /// 413 out_of_range, else 500. The words are ours.
  void fail(const Error& error);

  /// Any state -> refused.
  void refuse(Refusal refusal);

  State state() const { return state_; }
  bool is_refused() const { return state_ == State::refused; }

  const HostedService& service() const { return service_; }
  const config::Client& client() const { return *client_; }
  Clock::time_point started() const { return started_; }

  /// Once received.
  const hooks::HookRequest& request() const { return *request_; }

  /// What was excluded from what was sent and fetched.
  const ExcludedCounts& excluded() const { return excluded_; }

  /// Whether the call held another patient's data: a safety event.
  bool names_other_patient() const { return names_other_patient_; }

  /// What was dropped from the answer, once evaluated.
  const std::vector<hooks::DroppedItem>& dropped() const { return response_.dropped; }

  /// Once refused.
  const Refusal& refusal() const { return refusal_; }

  /// Once answered or refused: what the client gets. The body once only.
  int status() const { return is_refused() ? refusal_.status : 200; }
  std::string take_body() { return std::move(body_); }

 private:
  Result<void> read(std::string body);
  Result<void> exclude(const record::Excluded& excluded);
  hooks::CheckRules rules() const;

  const HostedService& service_;
  const std::shared_ptr<const config::Client> client_;
  const ClientTerms terms_;
  const std::chrono::sys_days today_;
  const Clock::time_point started_ = Clock::now();
  State state_ = State::created;
  std::optional<Document> document_;           // of the request
  std::optional<hooks::HookRequest> request_;  // borrows from document_
  const HookBinding* binding_ = nullptr;       // of service_
  record::PatientRecord record_;               // borrows from document_
  ExcludedCounts excluded_;
  bool names_other_patient_ = false;
  std::optional<Document> answer_;   // of the plugin
  hooks::CheckedResponse response_;  // borrows from answer_
  Refusal refusal_;
  std::string body_;
};

}  // namespace cdss::server
