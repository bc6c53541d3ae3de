#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/base/document.hpp"
#include "core/hooks/feedback_sink.hpp"
#include "core/hooks/request.hpp"
#include "core/hooks/response.hpp"
#include "core/record/patient_record.hpp"
#include "core/server/catalogue.hpp"
#include "core/server/client_terms.hpp"
#include "core/server/refusal.hpp"
#include "core/worker/request_block.hpp"

namespace cdss::server {

/// One service call, from its body to what a plugin is handed. Constant once made.
class PreparedCall {
 public:
  /// Parses and checks a body and sorts what the client sent.
  ///
  /// @param offer   must outlive the call.
  /// @param today   the day at the site.
  /// @param terms   those of the client that calls.
  ///
  /// What cannot be shown to be the patient's is left out first (record::check_patient).
  /// Refusals: 400 for what is no JSON, no service call, a hook that the service does not offer, or
  /// about more than one patient (Refusal::wrong_patient), or when the hook cannot do without what
  /// was left out; 412 with one error
  /// for each key that the service needs and that is unavailable.
  static Outcome<std::shared_ptr<const PreparedCall>> make(std::string body, const Offer& offer,
                                                           std::chrono::sys_days today,
                                                           const ClientTerms& terms);

  PreparedCall(const PreparedCall&) = delete;
  PreparedCall& operator=(const PreparedCall&) = delete;

  /// What the plugin is given. Borrows from this.
  const worker::Call& call() const { return call_; }

  /// What the plugin is not given of what was sent.
  const Withheld& withheld() const { return withheld_; }

  /// Checks what the plugin answered and writes what the client gets. A card without a source.url
  /// gets the service's page.
  ///
  /// @param dropped  Set to what was left out of the answer.
  /// @param issued   Told of the cards before they are sent; null when nobody keeps them.
  /// Refusals: 500 when the answer is no response at all.
  Outcome<std::string> finish(std::string answer, std::vector<hooks::Dropped>& dropped,
                              hooks::FeedbackSink* issued = nullptr) const;

 private:
  PreparedCall(Document document, hooks::HookRequest request, record::PatientRecord record,
               const Offer& offer, const ClientTerms& terms)
      : document_{std::move(document)},
        request_{std::move(request)},
        record_{std::move(record)},
        offer_{offer},
        terms_{terms} {}

  Document document_;
  hooks::HookRequest request_;  // borrows from document_
  record::PatientRecord record_;
  const Offer& offer_;
  ClientTerms terms_;
  worker::Call call_;
  Withheld withheld_;
};

/// The refusal for a worker's error: 503 unavailable, 504 timed_out, 413 out_of_range, else 500.
Refusal refusal_of(const Error& error);

}  // namespace cdss::server
