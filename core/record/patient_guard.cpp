#include "core/record/patient_guard.hpp"

#include <algorithm>
#include <string_view>

#include "fhir/compartment/belonging.hpp"

namespace cdss::record {
namespace {

using hooks::PatientOfCall;

Result<void> check_prefetch(View prefetch, const PatientOfCall& patient, Unprovable& into) {
  for (const Member key : prefetch.members()) {
    CDSS_TRY(const auto nodes, check_belongs(key.value, patient));
    if (!nodes.empty()) {
      into.keys.emplace_back(key.name);
      into.nodes.insert(into.nodes.end(), nodes.begin(), nodes.end());
    }
  }
  return {};
}

Result<void> check_context(View context, const PatientOfCall& patient, Unprovable& into) {
  for (const Member field : context.members()) {
    CDSS_TRY(const auto nodes, hooks::check_belonging(field.value, patient, hooks::Unsaid::ours));
    into.nodes.insert(into.nodes.end(), nodes.begin(), nodes.end());
  }
  into.drafts = into.nodes.size();
  return {};
}

}  // namespace

Result<Unprovable> check_patient(const hooks::HookRequest& request) {
  const PatientOfCall patient{.id = request.context.patient_id,
                              .fhir_server = request.fhir_server.value_or(std::string_view{})};
  const auto& access = request.fhir_authorization;
  if (access && access->patient && !patient.id.empty() && *access->patient != patient.id) {
    return Error{Errc::malformed, "fhirAuthorization.patient",
                 "is another patient than context.patientId"};
  }
  Unprovable unprovable;
  CDSS_CHECK(check_context(request.context_view, patient, unprovable));
  if (request.prefetch) {
    CDSS_CHECK(check_prefetch(*request.prefetch, patient, unprovable));
  }
  std::ranges::sort(unprovable.nodes);  // prefetch may stand before the context
  return unprovable;
}

Result<std::vector<std::uint32_t>> check_belongs(View value, const PatientOfCall& patient) {
  return hooks::check_belonging(value, patient, hooks::Unsaid::unprovable);
}

}  // namespace cdss::record
