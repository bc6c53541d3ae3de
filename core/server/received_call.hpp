#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "core/fhir_client/fhir_access.hpp"
#include "core/fhir_client/query.hpp"
#include "core/hooks/request/request.hpp"
#include "core/json/document.hpp"
#include "core/record/patient_record.hpp"
#include "core/server/client_terms.hpp"
#include "core/server/refusal.hpp"
#include "core/server/service_registry.hpp"

namespace cdss::server {

/// A service call as the client sent it: read, found to be about one patient, and sorted into what
/// is known and what is not. Move-only.
class ReceivedCall {
 public:
  /// Parses and checks a body. What cannot be shown to be the patient's is left out
  /// (record::check_patient).
  ///
  /// @param hosted_service  must outlive the call.
  /// @param terms  those of the client that calls.
  /// Refusals: 400 for what is no JSON, no service call, a hook that the service does not offer, or
  /// about more than one patient (Refusal::wrong_patient), or when the hook cannot do without what
  /// was left out.
  static RefusalOr<ReceivedCall> read(std::string body, const HostedService& hosted_service,
                                      const ClientTerms& terms);

  const hooks::HookRequest& request() const { return request_; }

  /// What the plugin is not given of what was sent.
  const ExcludedCounts& excluded_counts() const { return excluded_counts_; }

  /// Whether drafted orders are among that: whoever signs them must not read "all clear".
  bool has_unjudged_drafts() const {
    return excluded_counts_.drafts > 0 && request_.context.draft_orders.has_value();
  }

  /// What to ask the client's FHIR server for, before the call goes on (fhir_client::plan_fetch).
  /// @param access  or why there is none: then nothing is asked, and what is missing says why.
  /// @param today   the day at the site.
  std::vector<fhir_client::Query> plan_fetch(const Result<fhir_client::FhirAccess>& access,
                                             std::chrono::sys_days today) {
    return fhir_client::plan_fetch(record_, request_, binding_->wanted, access, today);
  }

 private:
  friend class PreparedCall;
  ReceivedCall(Document document, hooks::HookRequest request, record::PatientRecord record,
               const HostedService& hosted_service, const HookBinding& binding,
               const ClientTerms& terms)
      : document_{std::move(document)},
        request_{std::move(request)},
        record_{std::move(record)},
        hosted_service_{&hosted_service},
        binding_{&binding},
        terms_{terms} {}

  Document document_;
  hooks::HookRequest request_;  // borrows from document_
  record::PatientRecord record_;
  const HostedService* hosted_service_;
  const HookBinding* binding_;  // of *offer_
  ClientTerms terms_;
  ExcludedCounts excluded_counts_;
};

}  // namespace cdss::server
