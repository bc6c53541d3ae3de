#include "fhir/resources/allergy_intolerance.hpp"

#include <iterator>
#include <utility>

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

Result<void> refuse_dstu2(AllergyIntolerance& /*out*/, std::string_view /*suffix*/, View value) {
  return value.error(Errc::unsupported, "belongs to a DSTU2 AllergyIntolerance, which is not read");
}

constexpr detail::Field<AllergyIntolerance> kFields[] = {
    detail::code_field<&AllergyIntolerance::clinical_status, kClinicalStatuses,
                       "/allergyintolerance-clinical">("clinicalStatus"),
    detail::code_field<&AllergyIntolerance::verification_status, kVerificationStatuses,
                       "/allergyintolerance-verification">("verificationStatus"),
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
