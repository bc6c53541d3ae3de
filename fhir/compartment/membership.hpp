#pragma once

// How the compartment check reads one element. For the .cpp files of this folder only.

#include <optional>
#include <string_view>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/compartment/patient_reference.hpp"

namespace cdss::fhir {

/// The urns by which the resources of a Bundle may refer to the patient. They are collected when
/// they are first needed.
class BundleUrns {
 public:
  /// @param bundle  any resource: one without entries has none.
  explicit BundleUrns(View bundle) : bundle_{bundle} {}

  /// Whether `text` is the fullUrl, a urn, of an entry with the Patient of that id.
  bool names(std::string_view text, std::string_view patient_id);

 private:
  View bundle_;
  std::optional<std::vector<std::string_view>> urns_;  // sorted
};

/// What a Reference says, or a text in its place.
/// @param bundle  in which it stands; null outside any.
Membership reference_membership(View reference, const PatientOfCall& patient, BundleUrns* bundle);

/// The same for an element that may be about others than patients: what is of another type, or
/// names nobody, says nothing.
Membership participant_membership(View reference, const PatientOfCall& patient, BundleUrns* bundle);

/// What a Patient says by its id and by the fullUrl of its entry, which may be empty.
Membership patient_membership(View patient_resource, std::string_view full_url,
                              const PatientOfCall& patient);

}  // namespace cdss::fhir
