#include "fhir/resources/condition.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "fhir/resources/status.hpp"
#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using ClinicalStatus = Condition::ClinicalStatus;
using VerificationStatus = Condition::VerificationStatus;

constexpr detail::Code<ClinicalStatus> kClinicalStatuses[] = {
    {"active", ClinicalStatus::active},       {"recurrence", ClinicalStatus::recurrence},
    {"relapse", ClinicalStatus::relapse},     {"inactive", ClinicalStatus::inactive},
    {"remission", ClinicalStatus::remission}, {"resolved", ClinicalStatus::resolved},
    {"unknown", ClinicalStatus::unknown},
};

constexpr detail::Code<VerificationStatus> kVerificationStatuses[] = {
    {"unconfirmed", VerificationStatus::unconfirmed},
    {"provisional", VerificationStatus::provisional},
    {"differential", VerificationStatus::differential},
    {"confirmed", VerificationStatus::confirmed},
    {"refuted", VerificationStatus::refuted},
    {"entered-in-error", VerificationStatus::entered_in_error},
    {"unknown", VerificationStatus::unknown},
};

Result<void> read_clinical_status(Condition& out, std::string_view /*suffix*/, View value) {
  out.clinical_status =
      detail::status_of(value, "/condition-clinical", kClinicalStatuses, ClinicalStatus::unknown);
  return {};
}

Result<void> read_verification_status(Condition& out, std::string_view /*suffix*/, View value) {
  out.verification_status = detail::status_of(value, "/condition-ver-status", kVerificationStatuses,
                                              VerificationStatus::unknown);
  return {};
}

/// What stands beside a plain code that has no value: why it has none.
Result<void> read_absent_reason(Condition& out, std::string_view /*suffix*/, View /*value*/) {
  if (out.clinical_status == ClinicalStatus::absent) {
    out.clinical_status = ClinicalStatus::unknown;
  }
  return {};
}

constexpr detail::Field<Condition> kFields[] = {
    detail::field_read_by<Condition>("clinicalStatus", read_clinical_status),
    detail::field_read_by<Condition>("_clinicalStatus", read_absent_reason),
    detail::field_read_by<Condition>("verificationStatus", read_verification_status),
    detail::field<&Condition::code>("code"),
    detail::field<&Condition::body_site>("bodySite"),
    detail::field<&Condition::onset>("onset[x]"),
    detail::field<&Condition::abatement>("abatement[x]"),
    detail::field<&Condition::recorded_date>("recordedDate"),
    detail::field<&Condition::recorded_date>("assertedDate"),
    detail::field_read_by<Condition>(
        "patient",
        [](Condition&, std::string_view, View value) -> Result<void> {
          return value.error(Errc::unsupported, "belongs to a DSTU2 Condition, which is not read");
        }),
};

}  // namespace

Result<Condition> Condition::read(View resource) {
  return detail::read_resource(resource, kFields);
}

bool Condition::is_active() const {
  constexpr ClinicalStatus kActive[] = {ClinicalStatus::active, ClinicalStatus::recurrence,
                                        ClinicalStatus::relapse};
  return clinical_status == ClinicalStatus::absent || is_status_unclear()
             ? !abatement.is_present()
             : std::ranges::find(kActive, clinical_status) != std::end(kActive);
}

bool Condition::is_confirmed() const {
  return verification_status == VerificationStatus::confirmed ||
         verification_status == VerificationStatus::absent;
}

}  // namespace cdss::fhir
