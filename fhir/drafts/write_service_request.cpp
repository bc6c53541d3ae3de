#include "fhir/drafts/write_service_request.hpp"

#include "fhir/drafts/writing.hpp"

namespace cdss::fhir {
namespace {

constexpr std::string_view kReasonTypes[] = {"Condition", "Observation", "DiagnosticReport",
                                             "DocumentReference"};

}  // namespace

std::string write(const DraftServiceRequest& draft) {
  return json::object([&](json::Object& out) {
    detail::write_head(out, "ServiceRequest", draft);
    detail::write_one(out, "category", draft.category);
    detail::write(out, "code", draft.code);
    detail::write_one(out, "orderDetail", draft.detail);
    detail::write_one(out, "bodySite", draft.body_site);
    detail::write_context(out, draft, kReasonTypes);
  });
}

}  // namespace cdss::fhir
