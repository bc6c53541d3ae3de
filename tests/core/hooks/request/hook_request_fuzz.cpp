// Whatever the bytes, a request that is read keeps its promises: a UUID, bare ids, references of
// one slash, a token that its node holds; and a refusal says why, and where, without line breaks.
// What the patient guard finds can be left out, and what is left is in order.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/uuid.hpp"
#include "core/hooks/card/operation_outcome.hpp"
#include "core/hooks/request/normalize_request.hpp"
#include "core/hooks/request/request.hpp"
#include "core/json/document.hpp"
#include "core/json/document_builder.hpp"
#include "core/record/patient_guard.hpp"
#include "fhir/types/reference.hpp"

namespace {

using cdss::hooks::HookRequest;

void expect(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

void check(const cdss::Document& document, const HookRequest& request) {
  const auto& context = request.context;
  expect(cdss::is_uuid(request.hook_instance));
  expect(context.patient_id.empty() ? cdss::hooks::find_hook(request.hook) == nullptr
                                    : cdss::fhir::is_id(context.patient_id));
  if (request.fhir_authorization) {
    expect(request.fhir_server.has_value());
    const cdss::View token{document.c_document(), request.fhir_authorization->access_token_node};
    expect(token.raw_text() == request.fhir_authorization->access_token);
  }
}

/// What the guard finds is left out of a text that is JSON and in which it finds nothing more.
void check_guard(cdss::View body, const HookRequest& request) {
  const auto excluded = cdss::record::check_patient(request);
  if (!excluded) {
    expect(!excluded.error().where.empty());
    return;
  }
  const auto left = cdss::copy_of(body, excluded->nodes);
  expect(left.has_value());
  if (const auto again = cdss::hooks::read_request(left->root())) {
    const auto nothing_more = cdss::record::check_patient(*again);
    expect(nothing_more && nothing_more->is_empty());
  }
}

/// What is normalized needs no more normalizing, and reads as any request does.
void check_forgiven(cdss::View body) {
  constexpr cdss::hooks::Leniencies kAll{.no_hook_instance = true,
                                         .no_context = true,
                                         .hook_is_service = true,
                                         .draft_shapes = true,
                                         .message_in_errors = true};
  static const std::vector<std::string> hooks{"patient-view", "order-select", "order-sign"};
  const cdss::hooks::CalledService service{.id = "treatment-escalation", .hooks = hooks};
  auto normalized = cdss::hooks::normalize_request(*cdss::copy_of(body), kAll, service);
  expect(normalized.has_value());
  const cdss_node* const nodes = normalized->c_document().nodes;
  const auto again = cdss::hooks::normalize_request(*std::move(normalized), kAll, service);
  expect(again && again->c_document().nodes == nodes);
  if (const auto request = cdss::hooks::read_request(again->root(), kAll)) {
    check(*again, *request);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document =
      cdss::Document::parse(std::string{reinterpret_cast<const char*>(data), size});
  if (!document) {
    return 0;
  }
  check_forgiven(document->root());
  const auto request = cdss::hooks::read_request(document->root());
  if (request) {
    check(*document, *request);
    check_guard(document->root(), *request);
    return 0;
  }
  expect(!request.error().message.empty() && request.error().where.find('\n') == std::string::npos);
  expect(cdss::Document::parse(cdss::hooks::write_operation_outcome(request.error())).has_value());
  return 0;
}
