#pragma once

#include <string_view>

namespace cdss::hooks {

/// Whom the text of a FHIR reference means, as far as the text alone can say.
enum class PatientReference {
  this_patient,   ///< the Patient with the id that was asked for, in any spelling
  other_patient,  ///< another Patient, or a text that speaks of a Patient in a way we do not know
  not_a_patient,  ///< a resource of another type, such as "Group/1"
  unresolved,  ///< one must look elsewhere: "#x", "urn:uuid:..", "Patient?identifier=..", no type
};

/// Reads the text of Reference.reference (or of a fullUrl).
///
/// Read alike: "Patient/id", "/Patient/id", "./Patient/id", "fhir/Patient/id", "Patient//id", the
/// type in any case, an absolute http(s) URL, a slash at the end, "/_history/N", a query, a
/// fragment, white space around it. A server's address is not compared: the same id on another
/// server is `this_patient`. Where servers differ in how they read a text (percent signs,
/// backslashes, "..", a second Patient in the path, other characters than printable ASCII), it is
/// `other_patient` as soon as a Patient is in it: refusing is the safe reading.
///
/// @param patient_id  bare id; empty makes no text `this_patient`.
/// Thread-safe. Source: HL7 FHIR R4, References, "Literal References"; RFC 3986, section 3.
PatientReference classify_patient_reference(std::string_view reference_text,
                                            std::string_view patient_id);

}  // namespace cdss::hooks
