#include "core/server/call.hpp"

#include <algorithm>

#include "core/hooks/mend.hpp"
#include "core/hooks/operation_outcome.hpp"
#include "core/record/leave_out.hpp"
#include "core/record/patient_guard.hpp"

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
                         const record::PatientRecord& record, const Offer& offer) {
  worker::Call call{.service = offer.declaration->id, .documents = {document.c_document()}};
  for (const auto& key : record.keys) {
    call.keys.push_back({.name = key.key,
                         .state = key.state,
                         .reason = key.reason,
                         .document = 0,
                         .node = key.value ? key.value->node() : 0});
  }
  if (request.fhir_authorization) {
    call.blanked.push_back({.document = 0, .node = request.fhir_authorization->access_token_node});
  }
  return call;
}

/// The body, mended where the client's profile says so. Errors: those of Document::parse.
Result<Document> parse(std::string body, const Offer& offer, const hooks::Leniencies& leniencies) {
  auto document = Document::parse(std::move(body));
  if (!document || leniencies == hooks::Leniencies{}) {
    return document;
  }
  auto mended =
      hooks::mend_request(document->root(), leniencies,
                          {.id = offer.declaration->id, .hooks = offer.declaration->hooks});
  return mended ? Document::parse(*std::move(mended)) : std::move(document);
}

/// Takes what cannot be shown to be the patient's out of the body and reads that again.
/// Errors: Errc::missing when the hook cannot do without it.
Result<void> leave_out(const record::Unprovable& unprovable, const hooks::Leniencies& leniencies,
                       Document& document, hooks::HookRequest& request) {
  CDSS_TRY(auto less, Document::parse(record::leave_out(document.root(), unprovable.nodes)));
  auto again = hooks::read_request(less.root(), leniencies);
  if (!again) {
    return Error{Errc::missing, std::move(again).error().where,
                 "is required, and what was sent could not be shown to be this patient's"};
  }
  request = *std::move(again);
  document = std::move(less);
  return {};
}

}  // namespace

std::string Refusal::body(const hooks::Leniencies& leniencies) const {
  return hooks::write_operation_outcome(errors, leniencies);
}

Outcome<std::shared_ptr<const PreparedCall>> PreparedCall::make(std::string body,
                                                                const Offer& offer,
                                                                std::chrono::sys_days today,
                                                                const ClientTerms& terms) {
  auto document = parse(std::move(body), offer, terms.leniencies);
  if (!document) {
    return Refusal{400, std::move(document).error()};
  }
  // Before the rest: the context of another hook has other fields, and what is wrong is the hook.
  const auto hook = document->root().text_or_empty("hook");
  if (!hook.empty() && !offer.answers(hook)) {
    return Refusal{400, Error{Errc::unsupported, "hook", "is not one that this service offers"}};
  }
  auto request = hooks::read_request(document->root(), terms.leniencies);
  if (!request) {
    return Refusal{400, std::move(request).error()};
  }
  auto unprovable = record::check_patient(*request);
  if (!unprovable) {
    Refusal refusal{400, std::move(unprovable).error()};
    refusal.wrong_patient = true;
    return refusal;
  }
  const Withheld withheld{.resources = unprovable->nodes.size(), .drafts = unprovable->drafts};
  if (!unprovable->is_empty()) {
    if (auto left = leave_out(*unprovable, terms.leniencies, *document, *request); !left) {
      return Refusal{400, std::move(left).error()}.with(withheld);
    }
  }
  auto record = record::read_record(*request, offer.wanted, unprovable->keys);
  if (auto missing = missing_keys(record, *offer.declaration); !missing.empty()) {
    return Refusal{412, std::move(missing)}.with(withheld);
  }
  std::shared_ptr<PreparedCall> call{
      new PreparedCall{*std::move(document), *std::move(request), std::move(record), offer, terms}};
  call->withheld_ = withheld;
  call->call_ = worker_call(call->document_, call->request_, call->record_, offer);
  call->call_.today = today;
  call->call_.explain = terms.explain;
  return std::shared_ptr<const PreparedCall>{std::move(call)};
}

Outcome<std::string> PreparedCall::finish(std::string answer, std::vector<hooks::Dropped>& dropped,
                                          hooks::FeedbackSink* issued) const {
  const Error no_answer{Errc::internal, {}, "the plugin gave no answer that can be shown"};
  const auto document = Document::parse(std::move(answer));
  if (!document) {
    return Refusal{500, no_answer};
  }
  const hooks::CheckRules rules{.patient_id = request_.context.patient_id,
                                .link_hosts = offer_.link_hosts,
                                .source_label = "Psoas CDS, " + offer_.declaration->id,
                                .source_url = offer_.page_url,
                                .explain = terms_.explain,
                                .client = terms_.features};
  auto response = hooks::check_response(document->root(), rules);
  if (!response) {
    return Refusal{500, no_answer};
  }
  response->knowledge = offer_.package->knowledge_hash();
  dropped = std::move(response->dropped);
  if (issued != nullptr) {
    issued->note_issued(offer_.declaration->id, response->cards);
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
