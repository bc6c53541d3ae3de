#include "fhir/resources/medication_statement.hpp"

#include "fhir/resources/medication_choice.hpp"
#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using Status = MedicationStatement::Status;

constexpr detail::Code<Status> kStatuses[] = {
    {"active", Status::active},
    {"completed", Status::completed},
    {"entered-in-error", Status::entered_in_error},
    {"intended", Status::intended},
    {"stopped", Status::stopped},
    {"on-hold", Status::on_hold},
    {"unknown", Status::unknown},
    {"not-taken", Status::not_taken},
    {"recorded", Status::recorded},
    {"draft", Status::draft},
};

// What is ordered or taken is read whatever its status: it may be taken.
constexpr detail::Field<MedicationStatement> kFields[] = {
    detail::code_field_or<&MedicationStatement::status, kStatuses, Status::unknown>("status"),
    detail::field_read_by<MedicationStatement>("medication[x]", detail::read_medication_choice),
    detail::field_read_by<MedicationStatement>("medication", detail::read_medication_r5),
    detail::field_read_by<MedicationStatement>("dosage", detail::read_routes),
    detail::field<&MedicationStatement::effective>("effective[x]"),
    detail::field<&MedicationStatement::date_asserted>("dateAsserted"),
};

}  // namespace

Result<MedicationStatement> MedicationStatement::read(View resource) {
  CDSS_TRY(auto statement, detail::read_resource(resource, kFields));
  CDSS_CHECK(detail::resolve_contained(statement, resource));
  if (resource.text_or_empty("taken") == "n" && statement.status != Status::entered_in_error) {
    statement.status = Status::not_taken;  // STU3 says so in a member of its own
  }
  return statement;
}

}  // namespace cdss::fhir
