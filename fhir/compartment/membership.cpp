#include "fhir/compartment/membership.hpp"

#include <algorithm>

namespace cdss::fhir {
namespace {

constexpr std::string_view kUrn = "urn:";

std::string_view text_of(View reference) {
  const auto text = reference.is_string() ? std::optional{reference} : reference.find("reference");
  return text && text->is_string() ? text->raw_text() : std::string_view{};
}

/// Reference.type may be the URL of the type's definition.
bool is_type_patient(std::string_view type) {
  return type == "Patient" || type.ends_with("/Patient");
}

bool may_be_a_patient(View reference, const PatientOfCall& patient) {
  const auto text = text_of(reference);
  if (classify_patient_reference(text, patient) == PatientReference::not_a_patient) {
    return false;
  }
  if (const auto type = reference.text_or_empty("type"); !type.empty()) {
    return is_type_patient(type);
  }
  return !text.empty() || reference.find("identifier");
}

void add_urns(View entries, std::string_view patient_id, std::vector<std::string_view>& urns) {
  const auto add = [&](View entry) {
    const auto url = entry.text_or_empty("fullUrl");
    const auto resource = entry.find("resource");
    if (url.starts_with(kUrn) && resource && resource->text_or_empty("resourceType") == "Patient" &&
        resource->text_or_empty("id") == patient_id) {
      urns.push_back(url);
    }
  };
  if (!entries.is_array()) {
    add(entries);
  }
  for (const View entry : entries.elements()) {
    add(entry);
  }
}

}  // namespace

bool BundleUrns::names(std::string_view text, std::string_view patient_id) {
  if (!text.starts_with(kUrn) || patient_id.empty()) {
    return false;
  }
  if (!urns_) {
    urns_.emplace();
    if (const auto entries = bundle_.find("entry")) {
      add_urns(*entries, patient_id, *urns_);
    }
    std::ranges::sort(*urns_);
  }
  return std::ranges::binary_search(*urns_, text);
}

Membership reference_membership(View reference, const PatientOfCall& patient, BundleUrns* bundle) {
  if (reference.is_null()) {
    return Membership::not_stated;
  }
  const auto text = text_of(reference);
  const auto means = classify_patient_reference(text, patient);
  if (means == PatientReference::other_patient) {
    return Membership::other_patient;
  }
  const bool is_this =
      means == PatientReference::this_patient ||
      (means == PatientReference::unresolved && bundle && bundle->names(text, patient.id));
  const auto type = is_this ? reference.text_or_empty("type") : std::string_view{};
  return is_this && (type.empty() || is_type_patient(type)) ? Membership::member
                                                            : Membership::undetermined;
}

Membership participant_membership(View reference, const PatientOfCall& patient,
                                  BundleUrns* bundle) {
  const auto membership = reference_membership(reference, patient, bundle);
  return membership == Membership::undetermined && !may_be_a_patient(reference, patient)
             ? Membership::not_stated
             : membership;
}

Membership patient_membership(View patient_resource, std::string_view full_url,
                              const PatientOfCall& patient) {
  const auto id = patient_resource.find("id");
  const auto url = classify_patient_reference(full_url, patient);
  const bool is_other = id && (!id->is_string() || id->raw_text() != patient.id);
  if (is_other || url == PatientReference::other_patient) {
    return Membership::other_patient;
  }
  if (url == PatientReference::other_server) {
    return Membership::undetermined;
  }
  return id || url == PatientReference::this_patient ? Membership::member : Membership::not_stated;
}

}  // namespace cdss::fhir
