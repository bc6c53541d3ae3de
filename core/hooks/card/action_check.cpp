#include "core/hooks/card/action_check.hpp"

#include <array>
#include <string>

#include "core/hooks/card/links.hpp"
#include "core/hooks/request/hooks.hpp"
#include "fhir/compartment/patient_compartment.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource_types.hpp"

namespace cdss::hooks {
namespace {

constexpr std::string_view kOtherPatient = "must name no patient but that of the call";

/// A reference anywhere in a resource: what stands beside it or in the same message may be named
/// without a type, a search for a patient may not.
Result<void> check_reference_text(View reference, const fhir::PatientOfCall& patient) {
  CDSS_TRY(const auto text, reference.string());
  const auto named = fhir::classify_patient_reference(text, patient);
  const bool searches = named == fhir::PatientReference::unresolved && text.find('?') != text.npos;
  if (named == fhir::PatientReference::other_patient ||
      named == fhir::PatientReference::other_server || searches) {
    return reference.error(Errc::unsupported, std::string{kOtherPatient});
  }
  return {};
}

/// Looks at every `reference` inside a resource: none may be to another patient.
Result<void> check_references(View value, const fhir::PatientOfCall& patient) {
  for (const View element : value.elements()) {
    CDSS_CHECK(check_references(element, patient));
  }
  for (const Member member : value.members()) {
    if (member.name == "reference" && member.value.is_string()) {
      CDSS_CHECK(check_reference_text(member.value, patient));
    } else {
      CDSS_CHECK(check_references(member.value, patient));
    }
  }
  return {};
}

/// Errors: Errc::unsupported when `subject` is not a reference to the patient that says so by its
/// text: not by an identifier, a display, or a resource that only the sender knows.
Result<void> check_subject(View subject, const fhir::PatientOfCall& patient) {
  for (const View element : subject.elements()) {  // Account.subject is a list
    CDSS_CHECK(check_subject(element, patient));
  }
  if (subject.is_array() && subject.size() > 0) {
    return {};
  }
  const auto reference = subject.find("reference");
  if (!reference) {
    return subject.error(Errc::unsupported, "must be a reference to the patient of the call");
  }
  CDSS_TRY(const auto text, reference->string());
  if (fhir::classify_patient_reference(text, patient) != fhir::PatientReference::this_patient) {
    return reference->error(Errc::unsupported, std::string{kOtherPatient});
  }
  return {};
}

/// What says whose record a resource is in must say that it is the patient's, and must be there
/// where the type has it.
Result<void> check_subjects(View resource, std::string_view type,
                            const fhir::PatientOfCall& patient) {
  constexpr std::array<std::string_view, 4> kSubjects{"subject", "patient", "for", "beneficiary"};
  for (const auto name : kSubjects) {
    if (const auto subject = resource.find(name)) {
      CDSS_CHECK(check_subject(*subject, patient));
    }
  }
  const auto required = fhir::patient_element(type);
  if (!required.empty() && !resource.find(required)) {
    return resource.error_at(required, Errc::missing, "is required");
  }
  return check_references(resource, patient);
}

/// The judgement that what comes in is held to, on what goes out: in the resource and in those
/// inside it.
Result<void> check_is_the_patients(View resource, const fhir::PatientOfCall& patient) {
  const auto belongs =
      fhir::check_patient_compartment(resource, patient, fhir::Membership::undetermined);
  if (!belongs) {
    return Error{Errc::unsupported, belongs.error().where, std::string{kOtherPatient}};
  }
  if (!belongs->empty()) {
    const View unproved{resource.document(), belongs->front()};
    return unproved.error(Errc::missing, "must say that it is of the patient of the call");
  }
  return {};
}

Result<void> check_resource(View action, bool update, const fhir::PatientOfCall& patient) {
  CDSS_TRY(const auto resource, action.at("resource"));
  CDSS_CHECK(resource.check_object("must be a FHIR resource"));
  CDSS_TRY(const auto type, resource.required_string("resourceType"));
  if (!fhir::is_type_name(type)) {
    return resource.error_at("resourceType", Errc::malformed, "must be the name of a type");
  }
  std::string_view id;
  if (update || resource.find("id")) {
    CDSS_TRY(id, resource.required_string("id"));
    if (!fhir::is_id(id)) {
      return resource.error_at("id", Errc::malformed, "must be a FHIR id");
    }
  }
  if (type == "Patient" && (!update || id != patient.id)) {
    return resource.error(Errc::unsupported, std::string{kOtherPatient});
  }
  CDSS_CHECK(check_subjects(resource, type, patient));
  return check_is_the_patients(resource, patient);
}

Result<void> check_delete(View action, const fhir::PatientOfCall& patient) {
  if (const auto resource = action.find("resource")) {
    return resource->error(Errc::malformed, "must not stand in a delete action");
  }
  CDSS_TRY(const auto id, action.required_string("resourceId"));
  if (!is_reference(id)) {
    return action.error_at("resourceId", Errc::malformed,
                           "must be a resource type, a slash and an id");
  }
  if (fhir::classify_patient_reference(id, patient) != fhir::PatientReference::not_a_patient) {
    return action.error_at("resourceId", Errc::unsupported, std::string{kOtherPatient});
  }
  return {};
}

}  // namespace

Result<void> check_action(View action, const fhir::PatientOfCall& patient) {
  CDSS_TRY(const auto type, action.required_string("type"));
  CDSS_CHECK(check_plain_text(action, "description"));
  if (type == "create" || type == "update") {
    if (const auto id = action.find("resourceId")) {
      return id->error(Errc::malformed, "must stand in a delete action only");
    }
    return check_resource(action, type == "update", patient);
  }
  if (type == "delete") {
    return check_delete(action, patient);
  }
  return action.error_at("type", Errc::malformed, "must be create, update or delete");
}

}  // namespace cdss::hooks
