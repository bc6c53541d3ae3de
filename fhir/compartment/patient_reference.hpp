#pragma once

#include <cstdint>
#include <string_view>

namespace cdss::fhir {

/// The patient whom a call is about. Borrows.
struct PatientOfCall {
  std::string_view id;                ///< bare id; empty makes no text `this_patient`
  std::string_view fhir_server = {};  ///< base URL that the id belongs to; empty when unknown
};

/// Whom the text of a FHIR reference means, as far as the text alone can say.
enum class PatientReference {
  this_patient,   ///< the Patient with the id that was asked for, in any spelling
  other_patient,  ///< another Patient, or a text that names a Patient in a form we do not know
  not_a_patient,  ///< a resource of another type, such as "Group/1"
  other_server,   ///< a Patient with that id, on another server than that of the call
  unresolved,     ///< the text does not say: "#x", "urn:uuid:..", "Patient?identifier=..", no type
};

/// Reads the text of Reference.reference (or of a fullUrl).
///
/// Read alike: "Patient/id", "/Patient/id", "./Patient/id", "fhir/Patient/id", "Patient//id", the
/// type in any case, an absolute http(s) URL, a slash at the end, "/_history/N", a query, a
/// fragment, white space around it. Where servers differ in how they read a text (percent signs,
/// backslashes, "..", a second Patient in the path, other characters than printable ASCII), it is
/// `other_patient` as soon as a Patient is in it: refusing is the safe reading.
///
/// An id means a person on one server only. When the server of the call is known, an absolute URL
/// must name it: host and port (80 and 443 count as none), in any case, and the path by segment;
/// http and https count as the same, as a server behind a proxy often writes the one for the
/// other. Segments before "Patient" in a relative text must be the last of that server's URL.
///
/// Thread-safe. Source: HL7 FHIR R4, References, "Literal References"; RFC 3986, section 3.
PatientReference classify_patient_reference(std::string_view reference_text,
                                            const PatientOfCall& patient);

/// The same where the server of the call is not known.
inline PatientReference classify_patient_reference(std::string_view reference_text,
                                                   std::string_view patient_id) {
  return classify_patient_reference(reference_text, PatientOfCall{.id = patient_id});
}

/// Whose record an element says that a resource is in.
enum class Membership : std::uint8_t {
  not_stated,     ///< nothing is said
  undetermined,   ///< something is said, and it is not known whom it means
  member,         ///< the patient of the call
  other_patient,  ///< another patient
};

}  // namespace cdss::fhir
