#include "core/record/patient_guard.hpp"

#include <algorithm>
#include <string_view>

#include "fhir/compartment/patient_compartment.hpp"

namespace cdss::record {
namespace {

using fhir::PatientOfCall;

Result<void> check_prefetch(View prefetch, const PatientOfCall& patient, Excluded& into) {
  for (const Member key : prefetch.members()) {
    CDSS_TRY(const auto nodes,
             fhir::check_patient_compartment(key.value, patient, fhir::Membership::undetermined));
    if (!nodes.empty()) {
      into.keys.emplace_back(key.name);
      into.nodes.insert(into.nodes.end(), nodes.begin(), nodes.end());
    }
  }
  return {};
}

Result<void> check_context(View context, const PatientOfCall& patient, Excluded& into) {
  for (const Member field : context.members()) {
    CDSS_TRY(const auto nodes,
             fhir::check_patient_compartment(field.value, patient, fhir::Membership::member));
    into.nodes.insert(into.nodes.end(), nodes.begin(), nodes.end());
  }
  into.drafts = into.nodes.size();
  return {};
}

}  // namespace

Result<Excluded> check_patient(const hooks::HookRequest& request) {
  const PatientOfCall patient{.id = request.context.patient_id,
                              .fhir_server = request.fhir_server.value_or(std::string_view{})};
  const auto& access = request.fhir_authorization;
  if (access && access->patient && !patient.id.empty() && *access->patient != patient.id) {
    return Error{Errc::malformed, "fhirAuthorization.patient",
                 "is another patient than context.patientId"};
  }
  Excluded excluded;
  CDSS_CHECK(check_context(request.context_view, patient, excluded));
  if (request.prefetch) {
    CDSS_CHECK(check_prefetch(*request.prefetch, patient, excluded));
  }
  std::ranges::sort(excluded.nodes);  // prefetch may stand before the context
  return excluded;
}

}  // namespace cdss::record
