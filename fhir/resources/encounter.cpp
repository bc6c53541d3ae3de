#include "fhir/resources/encounter.hpp"

#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using Status = Encounter::Status;

constexpr detail::Code<Status> kStatuses[] = {
    {"finished", Status::finished},
    {"planned", Status::planned},
    {"arrived", Status::arrived},
    {"triaged", Status::triaged},
    {"in-progress", Status::in_progress},
    {"onleave", Status::onleave},
    {"on-hold", Status::onleave},  // R5
    {"cancelled", Status::cancelled},
    {"discontinued", Status::cancelled},  // R5
    {"completed", Status::finished},      // R5
    {"discharged", Status::finished},     // R5
    {"entered-in-error", Status::entered_in_error},
    {"unknown", Status::unknown},
};

/// R4's one Coding, or R5's CodeableConcepts.
Result<void> read_class(Encounter& out, std::string_view /*suffix*/, View value) {
  return detail::for_each_element(value, [&](View element) -> Result<void> {
    if (element.find("coding") || element.find("text")) {
      CDSS_TRY(const auto codeable_concept, read_codeable_concept(element));
      out.class_code.codings.insert(out.class_code.codings.end(), codeable_concept.codings.begin(),
                                    codeable_concept.codings.end());
      return {};
    }
    CDSS_TRY(const auto coding, read_coding(element));
    out.class_code.codings.push_back(coding);
    return {};
  });
}

constexpr detail::Field<Encounter> kFields[] = {
    detail::code_field<&Encounter::status, kStatuses>("status", detail::Presence::required),
    detail::field_read_by<Encounter>("class", read_class),
    detail::field<&Encounter::type>("type"),
    detail::field<&Encounter::subject>("subject"),
    detail::field<&Encounter::period>("period"),
    detail::field<&Encounter::period>("actualPeriod"),
};

}  // namespace

Result<Encounter> read_encounter(View resource) {
  return detail::read_resource(resource, kFields);
}

}  // namespace cdss::fhir
