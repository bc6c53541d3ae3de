#include "fhir/resources/condition.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "core/base/text/ascii.hpp"
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

/// The words of a status as its code is written: "Entered in error" is `entered-in-error`.
std::string code_in_words(std::string_view words) {
  std::string code = to_lower(trimmed(words));
  std::ranges::replace(code, ' ', '-');
  return code;
}

/// The status by its code, else by its words: a plain text, or the text or display of a
/// CodeableConcept. `unknown` for what is neither, and for one that is there without a value.
template <class E, std::size_t N>
E status_of(View value, std::string_view system, const detail::Code<E> (&table)[N]) {
  if (const auto code = detail::read_code(value, system, table)) {
    return *code;
  }
  std::string words;
  if (const auto text = value.string()) {
    words = code_in_words(*text);
  } else if (const auto coded = read_codeable_concept(value)) {
    words = code_in_words(coded->words());
  }
  const auto* const row = std::ranges::find(table, words, &detail::Code<E>::code);
  return row == std::end(table) ? E::unknown : row->code_value;
}

Result<void> read_clinical_status(Condition& out, std::string_view /*suffix*/, View value) {
  out.clinical_status = status_of(value, "/condition-clinical", kClinicalStatuses);
  return {};
}

Result<void> read_verification_status(Condition& out, std::string_view /*suffix*/, View value) {
  out.verification_status = status_of(value, "/condition-ver-status", kVerificationStatuses);
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
