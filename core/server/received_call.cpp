#include "core/server/received_call.hpp"

#include "core/hooks/request/normalize_request.hpp"
#include "core/json/document_builder.hpp"
#include "core/record/patient_guard.hpp"

namespace cdss::server {
namespace {

/// The body, normalized where the client's profile says so.
/// Errors: those of Document::parse and hooks::normalize_request.
Result<Document> parse(std::string body, const HostedService& hosted_service,
                       const hooks::Leniencies& leniencies) {
  CDSS_TRY(auto document, Document::parse(std::move(body)));
  return hooks::normalize_request(
      std::move(document), leniencies,
      {.id = hosted_service.declaration->id, .hooks = hosted_service.declaration->hooks});
}

/// Takes what cannot be shown to be the patient's out of the body and reads the request again.
/// Errors: Errc::missing when the hook cannot do without it.
Result<void> exclude(const record::Excluded& excluded, const hooks::Leniencies& leniencies,
                     Document& document, hooks::HookRequest& request) {
  CDSS_TRY(auto less, copy_of(document.root(), excluded.nodes));
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

RefusalOr<ReceivedCall> ReceivedCall::read(std::string body, const HostedService& hosted_service,
                                           const ClientTerms& terms) {
  auto document = parse(std::move(body), hosted_service, terms.leniencies);
  if (!document) {
    return Refusal{400, std::move(document).error()};
  }
  // Before the rest: the context of another hook has other fields, and what is wrong is the hook.
  const auto hook = document->root().text_or_empty("hook");
  const HookBinding* binding = hosted_service.at(hook);
  if (!hook.empty() && binding == nullptr) {
    return Refusal{400, Error{Errc::unsupported, "hook", "is not one that this service offers"}};
  }
  auto request = hooks::read_request(document->root(), terms.leniencies);
  if (!request) {
    return Refusal{400, std::move(request).error()};
  }
  auto excluded = record::check_patient(*request);
  if (!excluded) {
    return Refusal::of_wrong_patient(std::move(excluded).error());
  }
  const ExcludedCounts excluded_counts{.resources = excluded->nodes.size(),
                                       .drafts = excluded->drafts};
  if (!excluded->is_empty()) {
    if (auto left = exclude(*excluded, terms.leniencies, *document, *request); !left) {
      return Refusal{400, std::move(left).error()}.with(excluded_counts);
    }
  }
  auto record = record::read_record(*request, binding->wanted, excluded->keys);
  ReceivedCall call{*std::move(document),
                    *std::move(request),
                    std::move(record),
                    hosted_service,
                    *binding,
                    terms};
  call.excluded_counts_ = excluded_counts;
  return call;
}

}  // namespace cdss::server
