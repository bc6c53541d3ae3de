#include "core/server/service_call.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/base/errors/errc_row.hpp"
#include "core/hooks/card/operation_outcome.hpp"
#include "core/hooks/request/normalize_request.hpp"
#include "core/json/document_builder.hpp"

namespace cdss::server {
namespace {

using record::PatientRecord;

/// Whether a key gave something to work on. A read that found nothing did not; a truncated search
/// did, and the service says what it could not see (PF-41).
bool is_satisfied(const PatientRecord& record, std::string_view key, std::string_view resource) {
  const auto* known = record.find(key);
  return known != nullptr && known->state != cdss_key_unavailable &&
         !(resource == "Patient" && known->state == cdss_key_empty);
}

Error missing_key(const PatientRecord& record, std::string_view key) {
  const auto* found = record.find(key);
  const std::string reason =
      found == nullptr || found->reason.empty() ? "the client found none" : found->reason;
  return {Errc::missing, "prefetch." + std::string{key},
          "is needed by this service, and " + reason};
}

/// Source: rows PF-32, PF-33, PF-49.
std::vector<Error> missing_keys(const PatientRecord& record,
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

}  // namespace

ServiceCall::ServiceCall(const HostedService& service, std::shared_ptr<const config::Client> client,
                         std::chrono::sys_days today)
    : service_{service},
      client_{std::move(client)},
      terms_{ClientTerms::of(*client_)},
      today_{today} {}

void ServiceCall::receive(std::string body) {
  assert(state_ == State::created);
  if (auto done = read(std::move(body)); !done) {
    return refuse({400, std::move(done).error()});
  }
  state_ = State::received;
}

Result<void> ServiceCall::read(std::string body) {
  CDSS_TRY(auto sent, Document::parse(std::move(body)));
  const auto& declaration = *service_.declaration;
  CDSS_TRY(document_, hooks::normalize_request(std::move(sent), terms_.leniencies,
                                               {.id = declaration.id, .hooks = declaration.hooks}));
  // Before the rest: the context of another hook has other fields, and what is wrong is the hook.
  const auto hook = document_->root().text_or_empty("hook");
  binding_ = service_.at(hook);
  if (!hook.empty() && binding_ == nullptr) {
    return Error{Errc::unsupported, "hook", "is not one that this service offers"};
  }
  CDSS_TRY(request_, hooks::read_request(document_->root(), terms_.leniencies));
  const auto excluded = record::check_patient(*request_);
  names_other_patient_ = !excluded;
  CDSS_CHECK(excluded);
  CDSS_CHECK(exclude(*excluded));
  record_ = record::read_record(*request_, binding_->wanted, excluded->keys);
  return {};
}

/// Errors: Errc::missing when the hook cannot do without it.
Result<void> ServiceCall::exclude(const record::Excluded& excluded) {
  excluded_ = {.resources = excluded.nodes.size(), .drafts = excluded.drafts};
  if (excluded.is_empty()) {
    return {};
  }
  CDSS_TRY(auto rest, copy_of(document_->root(), excluded.nodes));
  auto request = hooks::read_request(rest.root(), terms_.leniencies);
  if (!request) {
    return Error{Errc::missing, std::move(request).error().where,
                 "is required, and what was sent could not be shown to be this patient's"};
  }
  request_ = *std::move(request);
  document_ = std::move(rest);
  return {};
}

std::vector<fhir_client::Query> ServiceCall::plan_fetch(
    const Result<fhir_client::FhirAccess>& access) {
  assert(state_ == State::received);
  return fhir_client::plan_fetch(record_, *request_, binding_->wanted, access, today_);
}

void ServiceCall::add_fetched(std::vector<fhir_client::QueryResult> fetched) {
  assert(state_ == State::received);
  auto excluded =
      fhir_client::add_fetched(record_, std::move(fetched), binding_->wanted, *request_);
  if (!excluded) {
    names_other_patient_ = true;
    return refuse({400, std::move(excluded).error()});
  }
  excluded_.resources += *excluded;
}

void ServiceCall::complete() {
  assert(state_ == State::received);
  if (auto missing = missing_keys(record_, *service_.declaration); !missing.empty()) {
    return refuse({412, std::move(missing)});
  }
  state_ = State::complete;
}

worker::Call ServiceCall::plugin_call() const {
  assert(state_ == State::complete);
  worker::Call call{.service = service_.declaration->id,
                    .today = today_,
                    .explain = terms_.explain,
                    .documents = {document_->c_document()}};
  for (const Document& fetched : record_.documents) {
    call.documents.push_back(fetched.c_document());
  }
  for (const auto& key : record_.keys) {
    call.keys.push_back({.name = key.key,
                         .state = key.state,
                         .reason = key.reason,
                         .document = key.document,
                         .node = key.value ? key.value->node() : 0});
  }
  if (const auto& authorization = request_->fhir_authorization) {
    call.blanked.push_back({.document = 0, .node = authorization->access_token_node});
  }
  return call;
}

void ServiceCall::take_answer(std::string written) {
  assert(state_ == State::complete);
  auto answer = Document::parse(std::move(written));
  auto checked = answer ? hooks::check_response(answer->root(), rules())
                        : Result<hooks::CheckedResponse>{answer.error()};
  if (!checked) {
    return refuse({500, Error{Errc::internal, {}, "the plugin gave no answer that can be shown"}});
  }
  answer_ = *std::move(answer);
  response_ = *std::move(checked);
  response_.knowledge = service_.package->knowledge_hash();
  state_ = State::evaluated;
}

hooks::CheckRules ServiceCall::rules() const {
  return {.patient_id = request_->context.patient_id,
          .fhir_server = request_->fhir_server.value_or(std::string_view{}),
          .link_hosts = service_.link_hosts,
          .source_label = "Psoas CDS, " + service_.declaration->id,
          .source_url = service_.page_url,
          .explain = terms_.explain,
          .client = terms_.features,
          // Whoever signs drafts must not read "all clear".
          .has_unjudged_drafts = excluded_.drafts > 0 && request_->context.draft_orders};
}

void ServiceCall::answer() {
  assert(state_ == State::evaluated);
  body_ = hooks::write_response(response_);
  state_ = State::answered;
}

void ServiceCall::fail(const Error& error) {
  const ErrcRow& row = row_of(error.code);
  const Errc code = row.http_status == 500 ? Errc::internal : error.code;
  refuse({row.http_status, Error{code, {}, std::string{row.sentence}}});
}

void ServiceCall::refuse(Refusal refusal) {
  refusal_ = std::move(refusal);
  body_ = hooks::write_operation_outcome(refusal_.errors, terms_.leniencies);
  state_ = State::refused;
}

}  // namespace cdss::server
