#include "core/server/call.hpp"

#include <algorithm>

#include "core/hooks/card/operation_outcome.hpp"

namespace cdss::server {
namespace {

/// Whether a key gave something to work on. A read that found nothing did not; a truncated search
/// did, and the service says what it could not see (PF-41).
bool is_satisfied(const record::PatientRecord& record, std::string_view key,
                  std::string_view resource) {
  const auto* known = record.find(key);
  return known != nullptr && known->state != cdss_key_unavailable &&
         !(resource == "Patient" && known->state == cdss_key_empty);
}

Error missing_key(const record::PatientRecord& record, std::string_view key) {
  const auto* found = record.find(key);
  const std::string reason =
      found == nullptr || found->reason.empty() ? "the client found none" : found->reason;
  return {Errc::missing, "prefetch." + std::string{key},
          "is needed by this service, and " + reason};
}

/// Source: rows PF-32, PF-33, PF-49.
std::vector<Error> missing_keys(const record::PatientRecord& record,
                                const plugin::ServiceDeclaration& service) {
  const auto satisfied = [&](std::string_view key) {
    const auto need = std::ranges::find(service.needs, key, &plugin::Need::key);
    return need != service.needs.end() && is_satisfied(record, key, need->resource);
  };
  std::vector<Error> missing;
  for (const auto& need : service.needs) {
    if (need.level == plugin::Level::required && !satisfied(need.key)) {
      missing.push_back(missing_key(record, need.key));
    }
  }
  for (const auto& group : service.required) {
    if (std::ranges::none_of(group, satisfied)) {
      for (const auto& key : group) {
        missing.push_back(missing_key(record, key));
      }
    }
  }
  return missing;
}

worker::Call worker_call(const Document& document, const hooks::HookRequest& request,
                         const record::PatientRecord& record, const HostedService& hosted_service) {
  worker::Call call{.service = hosted_service.declaration->id,
                    .documents = {document.c_document()}};
  for (const Document& fetched : record.documents) {
    call.documents.push_back(fetched.c_document());
  }
  for (const auto& key : record.keys) {
    call.keys.push_back({.name = key.key,
                         .state = key.state,
                         .reason = key.reason,
                         .document = key.document,
                         .node = key.value ? key.value->node() : 0});
  }
  if (request.fhir_authorization) {
    call.blanked.push_back({.document = 0, .node = request.fhir_authorization->access_token_node});
  }
  return call;
}

}  // namespace

std::string Refusal::body(const hooks::Leniencies& leniencies) const {
  return hooks::write_operation_outcome(errors, leniencies);
}

Refusal Refusal::of_wrong_patient(Error error) {
  Refusal refusal{400, std::move(error)};
  refusal.wrong_patient = true;
  return refusal;
}

RefusalOr<std::shared_ptr<const PreparedCall>> PreparedCall::make(
    ReceivedCall received, std::vector<fhir_client::QueryResult> fetched,
    std::chrono::sys_days today) {
  auto& record = received.record_;
  const HostedService& hosted_service = *received.hosted_service_;
  auto excluded = fhir_client::add_fetched(record, std::move(fetched), received.binding_->wanted,
                                           received.request_);
  if (!excluded) {
    return Refusal::of_wrong_patient(std::move(excluded).error()).with(received.excluded_counts_);
  }
  received.excluded_counts_.resources += *excluded;
  if (auto missing = missing_keys(record, *hosted_service.declaration); !missing.empty()) {
    return Refusal{412, std::move(missing)}.with(received.excluded_counts_);
  }
  std::shared_ptr<PreparedCall> call{new PreparedCall{std::move(received)}};
  call->call_ = worker_call(call->received_.document_, call->received_.request_,
                            call->received_.record_, hosted_service);
  call->call_.today = today;
  call->call_.explain = call->received_.terms_.explain;
  return std::shared_ptr<const PreparedCall>{std::move(call)};
}

RefusalOr<std::string> PreparedCall::finish(std::string answer,
                                            std::vector<hooks::DroppedItem>& dropped,
                                            hooks::FeedbackStore* issued) const {
  const Error no_answer{Errc::internal, {}, "the plugin gave no answer that can be shown"};
  const auto document = Document::parse(std::move(answer));
  if (!document) {
    return Refusal{500, no_answer};
  }
  const HostedService& hosted_service = *received_.hosted_service_;
  const hooks::CheckRules rules{
      .patient_id = received_.request_.context.patient_id,
      .fhir_server = received_.request_.fhir_server.value_or(std::string_view{}),
      .link_hosts = hosted_service.link_hosts,
      .source_label = "Psoas CDS, " + hosted_service.declaration->id,
      .source_url = hosted_service.page_url,
      .explain = received_.terms_.explain,
      .client = received_.terms_.features,
      .has_unjudged_drafts = received_.has_unjudged_drafts()};
  auto response = hooks::check_response(document->root(), rules);
  if (!response) {
    return Refusal{500, no_answer};
  }
  response->knowledge = hosted_service.package->knowledge_hash();
  dropped = std::move(response->dropped);
  if (issued != nullptr) {
    issued->note_issued(hosted_service.declaration->id, response->cards);
  }
  return hooks::write_response(*response);
}

Refusal refusal_of(const Error& error) {
  switch (error.code) {
    case Errc::unavailable:
      return {503, Error{Errc::unavailable, {}, "too many calls are waiting; try again"}};
    case Errc::timed_out:
      return {504, Error{Errc::timed_out, {}, "the service did not answer in time"}};
    case Errc::out_of_range:
      return {413, Error{Errc::out_of_range, {}, "the request is too long for this service"}};
    default:
      return {500, Error{Errc::internal, {}, "the service failed; the fault is logged"}};
  }
}

}  // namespace cdss::server
