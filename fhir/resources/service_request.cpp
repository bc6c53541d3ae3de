#include "fhir/resources/service_request.hpp"

#include "fhir/resources/medication_choice.hpp"
#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using Status = ServiceRequest::Status;

constexpr detail::Code<Status> kStatuses[] = {
    {"draft", Status::draft},         {"active", Status::active},
    {"on-hold", Status::on_hold},     {"suspended", Status::on_hold},  // STU3
    {"revoked", Status::revoked},     {"cancelled", Status::revoked},  // STU3
    {"completed", Status::completed}, {"entered-in-error", Status::entered_in_error},
    {"unknown", Status::unknown},
};

/// R4's CodeableConcept, or R5's CodeableReference.
Result<void> read_code_or_reference(ServiceRequest& out, std::string_view /*suffix*/, View value) {
  if (value.find("concept") || value.find("reference")) {
    Reference definition;  // of an ActivityDefinition: there is no code to match in it
    return detail::read_codeable_reference(value, out.code, definition);
  }
  return detail::assign(out.code, read_codeable_concept(value));
}

constexpr detail::Field<ServiceRequest> kFields[] = {
    detail::code_field<&ServiceRequest::status, kStatuses>("status", detail::Presence::required),
    detail::field<&ServiceRequest::intent>("intent"),
    detail::field<&ServiceRequest::do_not_perform>("doNotPerform"),
    detail::field<&ServiceRequest::category>("category"),
    detail::field_read_by<ServiceRequest>("code", read_code_or_reference),
    detail::field<&ServiceRequest::body_site>("bodySite"),
    detail::field<&ServiceRequest::subject>("subject"),
    detail::field<&ServiceRequest::occurrence>("occurrence[x]"),
    detail::field<&ServiceRequest::authored_on>("authoredOn"),
};

}  // namespace

Result<ServiceRequest> read_service_request(View resource) {
  return detail::read_resource(resource, kFields);
}

}  // namespace cdss::fhir
