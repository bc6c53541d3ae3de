#include "fhir/resources/operation_outcome.hpp"

#include <algorithm>

#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using Issue = OperationOutcome::Issue;
using Severity = OperationOutcome::Severity;

constexpr detail::Code<Severity> kSeverities[] = {
    {"fatal", Severity::fatal},     {"error", Severity::error},
    {"warning", Severity::warning}, {"information", Severity::information},
    {"success", Severity::success},
};

constexpr detail::Field<Issue> kIssueFields[] = {
    detail::code_field_or<&Issue::severity, kSeverities, Severity::error>("severity"),
};

constexpr detail::Field<OperationOutcome> kFields[] = {
    detail::field_read_by<OperationOutcome>(
        "issue", [](OperationOutcome& out, std::string_view,
                    View value) { return detail::append_each(out.issues, value, kIssueFields); }),
};

}  // namespace

Result<OperationOutcome> OperationOutcome::read(View resource) {
  return detail::read_resource(resource, kFields);
}

bool OperationOutcome::is_failure() const {
  return std::ranges::any_of(issues, [](const Issue& issue) {
    return issue.severity == Severity::fatal || issue.severity == Severity::error;
  });
}

}  // namespace cdss::fhir
