#include "fhir/resources/observation.hpp"

#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using Component = Observation::Component;
using Status = Observation::Status;

constexpr detail::Code<Status> kStatuses[] = {
    {"final", Status::final},
    {"registered", Status::registered},
    {"preliminary", Status::preliminary},
    {"amended", Status::amended},
    {"corrected", Status::corrected},
    {"cancelled", Status::cancelled},
    {"entered-in-error", Status::entered_in_error},
    {"unknown", Status::unknown},
};

constexpr detail::Field<Component> kComponentFields[] = {
    detail::field<&Component::code>("code"),
    detail::field<&Component::value>("value[x]"),
};

constexpr detail::Field<Observation> kFields[] = {
    detail::code_field<&Observation::status, kStatuses>("status", detail::Presence::required),
    detail::field<&Observation::code>("code"),
    detail::field<&Observation::effective>("effective[x]"),
    detail::field<&Observation::issued>("issued"),
    detail::field<&Observation::value>("value[x]"),
    detail::field<&Observation::body_site>("bodySite"),
    detail::field<&Observation::subject>("subject"),
    detail::field_read_by<Observation>("focus",
                                       [](Observation& out, std::string_view, View value) {
                                         return detail::for_each_element(
                                             value, [&](View element) -> Result<void> {
                                               CDSS_TRY(auto focus, read_reference(element));
                                               out.focus.push_back(focus);
                                               return {};
                                             });
                                       }),
    detail::field_read_by<Observation>("component",
                                       [](Observation& out, std::string_view, View value) {
                                         return detail::append_each(out.component, value,
                                                                    kComponentFields);
                                       }),
};

/// Do both name the same resource?
bool is_same(const Reference& one, const Reference& other) {
  return one.is_to(other.type, other.id) || (!one.text.empty() && one.text == other.text);
}

}  // namespace

Result<Observation> Observation::read(View resource) {
  CDSS_TRY(auto observation, detail::read_resource(resource, kFields));
  for (const Reference& focus : observation.focus) {
    if (!is_same(focus, observation.subject)) {
      return resource.error_at("focus", Errc::unsupported, "is not the patient");
    }
  }
  return observation;
}

}  // namespace cdss::fhir
