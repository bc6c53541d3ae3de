#include "fhir/resources/procedure.hpp"

#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using Status = Procedure::Status;

constexpr detail::Code<Status> kStatuses[] = {
    {"completed", Status::completed},
    {"preparation", Status::preparation},
    {"in-progress", Status::in_progress},
    {"not-done", Status::not_done},
    {"on-hold", Status::on_hold},
    {"suspended", Status::on_hold},  // STU3
    {"stopped", Status::stopped},
    {"aborted", Status::stopped},  // STU3
    {"entered-in-error", Status::entered_in_error},
    {"unknown", Status::unknown},
};

constexpr detail::Field<Procedure> kFields[] = {
    detail::code_field_or<&Procedure::status, kStatuses, Status::unknown>("status"),
    detail::field<&Procedure::code>("code"),
    detail::field<&Procedure::body_site>("bodySite"),
    detail::field<&Procedure::performed>("performed[x]"),
    detail::field<&Procedure::performed>("occurrence[x]"),
};

/// STU3 says "not done" in a member of its own, beside a status of what was planned.
/// Errors: Errc::malformed when that is not true or false.
Result<void> apply_not_done(Procedure& procedure, View resource) {
  const auto not_done = resource.find("notDone");
  if (!not_done || not_done->is_null()) {
    return {};
  }
  CDSS_TRY(const auto is_not_done, not_done->boolean());
  if (is_not_done && procedure.status != Status::entered_in_error) {
    procedure.status = Status::not_done;
  }
  return {};
}

}  // namespace

Result<Procedure> Procedure::read(View resource) {
  CDSS_TRY(auto procedure, detail::read_resource(resource, kFields));
  CDSS_CHECK(apply_not_done(procedure, resource));
  return procedure;
}

}  // namespace cdss::fhir
