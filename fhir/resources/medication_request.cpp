#include "fhir/resources/medication_request.hpp"

#include "fhir/resources/medication_choice.hpp"
#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using Status = MedicationRequest::Status;

constexpr detail::Code<Status> kStatuses[] = {
    {"active", Status::active},
    {"on-hold", Status::on_hold},
    {"ended", Status::ended},
    {"stopped", Status::stopped},
    {"completed", Status::completed},
    {"cancelled", Status::cancelled},
    {"entered-in-error", Status::entered_in_error},
    {"draft", Status::draft},
    {"unknown", Status::unknown},
};

// What is ordered or taken is read whatever its status: it may be taken.
constexpr detail::Field<MedicationRequest> kFields[] = {
    detail::code_field_or<&MedicationRequest::status, kStatuses, Status::unknown>("status"),
    detail::field<&MedicationRequest::do_not_perform>("doNotPerform"),
    detail::field_read_by<MedicationRequest>("medication[x]", detail::read_medication_choice),
    detail::field_read_by<MedicationRequest>("medication", detail::read_medication_r5),
    detail::field_read_by<MedicationRequest>("dosageInstruction", detail::read_routes),
    detail::field<&MedicationRequest::authored_on>("authoredOn"),
};

}  // namespace

Result<MedicationRequest> MedicationRequest::read(View resource) {
  CDSS_TRY(auto order, detail::read_resource(resource, kFields));
  CDSS_CHECK(detail::resolve_contained(order, resource));
  return order;
}

}  // namespace cdss::fhir
