#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/fhir_client/fetch.hpp"
#include "core/hooks/card/response.hpp"
#include "core/hooks/feedback/feedback_store.hpp"
#include "core/server/received_call.hpp"
#include "core/server/refusal.hpp"
#include "core/worker/request_block.hpp"

namespace cdss::server {

/// One service call, from its body to what a plugin is handed. Constant once made.
class PreparedCall {
 public:
  /// Completes a call with what was fetched for it.
  ///
  /// @param fetched  of ReceivedCall::plan_fetch; empty when nothing was asked.
  /// @param today    the day at the site.
  /// Refusals: 400 when what was fetched is about another patient (Refusal::wrong_patient); 412
  /// with one error for each key that the service needs and that is unavailable.
  static RefusalOr<std::shared_ptr<const PreparedCall>> make(
      ReceivedCall received, std::vector<fhir_client::QueryResult> fetched,
      std::chrono::sys_days today);

  PreparedCall(const PreparedCall&) = delete;
  PreparedCall& operator=(const PreparedCall&) = delete;

  /// What the plugin is given. Borrows from this.
  const worker::Call& call() const { return call_; }

  /// What the plugin is not given of what was sent.
  const ExcludedCounts& excluded_counts() const { return received_.excluded_counts(); }

  /// Checks what the plugin answered and writes what the client gets. A card without a source.url
  /// gets the service's page.
  ///
  /// @param dropped  Set to what was left out of the answer.
  /// @param issued   Told of the cards before they are sent; null when nobody keeps them.
  /// Refusals: 500 when the answer is no response at all.
  RefusalOr<std::string> finish(std::string answer, std::vector<hooks::DroppedItem>& dropped,
                                hooks::FeedbackStore* issued = nullptr) const;

 private:
  explicit PreparedCall(ReceivedCall received) : received_{std::move(received)} {}

  ReceivedCall received_;
  worker::Call call_;
};

/// The refusal for a worker's error: 503 unavailable, 504 timed_out, 413 out_of_range, else 500.
Refusal refusal_of(const Error& error);

}  // namespace cdss::server
