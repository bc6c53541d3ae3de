#include "fhir/resources/allergy_intolerance.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "fhir/resources/status.hpp"
#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using ClinicalStatus = AllergyIntolerance::ClinicalStatus;
using VerificationStatus = AllergyIntolerance::VerificationStatus;

constexpr detail::Code<ClinicalStatus> kClinicalStatuses[] = {
    {"active", ClinicalStatus::active},
    {"inactive", ClinicalStatus::inactive},
    {"resolved", ClinicalStatus::resolved},
};

constexpr detail::Code<VerificationStatus> kVerificationStatuses[] = {
    {"unconfirmed", VerificationStatus::unconfirmed},
    {"presumed", VerificationStatus::presumed},
    {"confirmed", VerificationStatus::confirmed},
    {"refuted", VerificationStatus::refuted},
    {"entered-in-error", VerificationStatus::entered_in_error},
};

struct Reaction {
  CodeableConcepts substance;
};

constexpr detail::Field<Reaction> kReactionFields[] = {
    detail::field<&Reaction::substance>("substance"),
};

Result<void> read_reactions(AllergyIntolerance& out, std::string_view /*suffix*/, View value) {
  return detail::for_each_element(value, [&](View element) -> Result<void> {
    Reaction reaction;
    CDSS_CHECK(detail::read_members(element, reaction, kReactionFields));
    out.substance.insert(out.substance.end(), std::make_move_iterator(reaction.substance.begin()),
                         std::make_move_iterator(reaction.substance.end()));
    return {};
  });
}

// A status that cannot be read is as none: the allergy counts.

Result<void> read_clinical_status(AllergyIntolerance& out, std::string_view /*suffix*/,
                                  View value) {
  out.clinical_status = detail::status_of(value, "/allergyintolerance-clinical", kClinicalStatuses,
                                          ClinicalStatus::absent);
  return {};
}

Result<void> read_verification_status(AllergyIntolerance& out, std::string_view /*suffix*/,
                                      View value) {
  out.verification_status = detail::status_of(value, "/allergyintolerance-verification",
                                              kVerificationStatuses, VerificationStatus::absent);
  return {};
}

Result<void> read_category(AllergyIntolerance& out, std::string_view /*suffix*/, View value) {
  bool is_of_it = false;
  bool is_of_other = false;
  CDSS_CHECK(detail::for_each_element(value, [&](View element) -> Result<void> {
    const auto category = element.string();
    const bool is_harmless = category && (*category == "food" || *category == "environment");
    (is_harmless ? is_of_it : is_of_other) = true;
    return {};
  }));
  out.is_of_food_or_environment = is_of_it && !is_of_other;
  return {};
}

Result<void> refuse_dstu2(AllergyIntolerance& /*out*/, std::string_view /*suffix*/, View value) {
  return value.error(Errc::unsupported, "belongs to a DSTU2 AllergyIntolerance, which is not read");
}

constexpr detail::Field<AllergyIntolerance> kFields[] = {
    detail::field_read_by<AllergyIntolerance>("clinicalStatus", read_clinical_status),
    detail::field_read_by<AllergyIntolerance>("verificationStatus", read_verification_status),
    detail::field_read_by<AllergyIntolerance>("category", read_category),
    detail::field<&AllergyIntolerance::code>("code"),
    detail::field<&AllergyIntolerance::onset>("onset[x]"),
    detail::field_read_by<AllergyIntolerance>("reaction", read_reactions),
    detail::field_read_by<AllergyIntolerance>("substance", refuse_dstu2),
};

}  // namespace

Result<AllergyIntolerance> AllergyIntolerance::read(View resource) {
  return detail::read_resource(resource, kFields);
}

}  // namespace cdss::fhir
