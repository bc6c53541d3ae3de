#include "core/server/received_call.hpp"

#include "core/hooks/request/mend.hpp"
#include "core/record/leave_out.hpp"
#include "core/record/patient_guard.hpp"

namespace cdss::server {
namespace {

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

Outcome<ReceivedCall> ReceivedCall::read(std::string body, const Offer& offer,
                                         const ClientTerms& terms) {
  auto document = parse(std::move(body), offer, terms.leniencies);
  if (!document) {
    return Refusal{400, std::move(document).error()};
  }
  // Before the rest: the context of another hook has other fields, and what is wrong is the hook.
  const auto hook = document->root().text_or_empty("hook");
  const AtHook* at_hook = offer.at(hook);
  if (!hook.empty() && at_hook == nullptr) {
    return Refusal{400, Error{Errc::unsupported, "hook", "is not one that this service offers"}};
  }
  auto request = hooks::read_request(document->root(), terms.leniencies);
  if (!request) {
    return Refusal{400, std::move(request).error()};
  }
  auto unprovable = record::check_patient(*request);
  if (!unprovable) {
    return Refusal::of_wrong_patient(std::move(unprovable).error());
  }
  const Withheld withheld{.resources = unprovable->nodes.size(), .drafts = unprovable->drafts};
  if (!unprovable->is_empty()) {
    if (auto left = leave_out(*unprovable, terms.leniencies, *document, *request); !left) {
      return Refusal{400, std::move(left).error()}.with(withheld);
    }
  }
  auto record = record::read_record(*request, at_hook->wanted, unprovable->keys);
  ReceivedCall call{
      *std::move(document), *std::move(request), std::move(record), offer, *at_hook, terms};
  call.withheld_ = withheld;
  return call;
}

}  // namespace cdss::server
