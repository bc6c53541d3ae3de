// A reference to another patient, in every spelling that some reader takes for one.

#include "tests/hostile/patients/shapes.hpp"

namespace cdss::hostile {

std::vector<Shape> foreign_references() {
  std::vector<Shape> rows;
  for (const auto* const text : {
           "Patient/foreign-7",
           "/Patient/foreign-7",
           "./Patient/foreign-7",
           "fhir/Patient/foreign-7",
           "Patient//foreign-7",
           "Patient/./foreign-7",
           "Patient/foreign-7/",
           "Patient/foreign-7?_format=json",
           "Patient/foreign-7#name",
           "Patient/foreign-7?x=Patient/own-1",
           "Patient/foreign-7#Patient/own-1",
           "Patient/foreign-7/_history/2",
           "Patient/foreign-7/_history/own-1",
           "patient/foreign-7",
           "PATIENT/foreign-7",
           " Patient/foreign-7",
           "\\tPatient/foreign-7\\n",
           "Patient/OWN-1",
           "Patient/own-10",
           "Patient/own-",
           "Patient/xown-1",
           "Patient/own-1.",
           "Patient/own_1",
           "Patient/own-1/foreign-7",
           "Patient/own-1/../foreign-7",
           "Patient/own-1/Patient/foreign-7",
           "Patient/foreign-7/Patient/own-1",
           "Patient/foreign%2D7",
           "Patient/own%2D1",
           "Patient%2Fforeign-7",
           "Patient\\\\foreign-7",
           "Patient/own-1\\u0000",
           "Patient/\\u006fwn-2",
           "Patient/own-1\\u200b",
           "Patient/own-1,Patient/foreign-7",
           "Patient/own-1 Patient/foreign-7",
           "Patient;v=1/foreign-7",
           "Patient",
           "Patient/",
           "https://ehr.example/fhir/Patient/foreign-7",
           "https://ehr.example/fhir/Patient/foreign-7/_history/1",
           "HTTPS://ehr.example/fhir/Patient/foreign-7",
           "http://ehr.example:80/Patient/foreign-7",
           "https://ehr.example/Patient/own-1/Patient/foreign-7",
           "//ehr.example/Patient/foreign-7",
           "ftp://ehr.example/Patient/foreign-7",
       }) {
    rows.push_back({.what = std::string{"a subject written "} + text,
                    .prefetch = with_procedures(bundle_of({hip_replacement(subject_of(text))})),
                    .where = "prefetch.procedures.entry[0].resource.subject"});
  }
  return rows;
}

}  // namespace cdss::hostile
