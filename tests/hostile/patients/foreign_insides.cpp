// Another patient inside of what looks in order: Patients, lists, Bundles, contained resources,
// Parameters.

#include "tests/hostile/patients/shapes.hpp"

namespace cdss::hostile {
namespace {

/// A prefetch member `patient` of this text, and an own hip replacement.
std::string with_patient(const std::string& patient) {
  return R"("conditions": null, "procedures": )" +
         bundle_of({hip_replacement(subject_of("Patient/own-1"))}) + R"(, "patient": )" + patient;
}

std::vector<Shape> patients() {
  return {
      {.what = "the Patient is another",
       .prefetch = with_patient(R"({"resourceType": "Patient", "id": "foreign-7"})"),
       .where = "prefetch.patient"},
      {.what = "the id of the Patient in another case",
       .prefetch = with_patient(R"({"resourceType": "Patient", "id": "Own-1"})"),
       .where = "prefetch.patient"},
      {.what = "the id of the Patient with a space",
       .prefetch = with_patient(R"({"resourceType": "Patient", "id": "own-1 "})"),
       .where = "prefetch.patient"},
      {.what = "the id of the Patient is no text",
       .prefetch = with_patient(R"({"resourceType": "Patient", "id": 1})"),
       .where = "prefetch.patient"},
      {.what = "the id of the Patient is null",
       .prefetch = with_patient(R"({"resourceType": "Patient", "id": null})"),
       .where = "prefetch.patient"},
      {.what = "the id of the Patient is a list",
       .prefetch = with_patient(R"({"resourceType": "Patient", "id": ["own-1", "foreign-7"]})"),
       .where = "prefetch.patient"},
      {.what = "the id of the Patient is a reference",
       .prefetch = with_patient(R"({"resourceType": "Patient", "id": "Patient/own-1"})"),
       .where = "prefetch.patient"},
      {.what = "two Patients where one is read",
       .prefetch = with_patient(bundle_of({R"({"resourceType": "Patient", "id": "own-1"})",
                                           R"({"resourceType": "Patient", "id": "foreign-7"})"})),
       .where = "prefetch.patient.entry[1].resource"},
      {.what = "a Patient that came along with a search",
       .prefetch =
           with_procedures(bundle_of({hip_replacement(subject_of("Patient/own-1")),
                                      R"({"resourceType": "Patient", "id": "foreign-7"})"})),
       .where = "prefetch.procedures.entry[1].resource"},
      {.what = "the fullUrl names another than the id",
       .prefetch = with_patient(R"({"resourceType": "Bundle", "entry": [
           {"fullUrl": "https://ehr.example/fhir/Patient/foreign-7",
            "resource": {"resourceType": "Patient", "id": "own-1"}}]})"),
       .where = "prefetch.patient.entry[0].resource"},
      {.what = "a Patient without id under another fullUrl",
       .prefetch = with_patient(R"({"resourceType": "Bundle", "entry": [
           {"fullUrl": "https://ehr.example/fhir/Patient/foreign-7",
            "resource": {"resourceType": "Patient"}}]})"),
       .where = "prefetch.patient.entry[0].resource"},
      {.what = "a urn that is the fullUrl of another Patient",
       .prefetch = with_procedures(R"({"resourceType": "Bundle", "entry": [
           {"fullUrl": "urn:uuid:0d1b", "resource": {"resourceType": "Patient", "id": "foreign-7"}},
           {"resource": )" + hip_replacement(subject_of("urn:uuid:0d1b")) +
                                   "}]}"),
       .where = "prefetch.procedures.entry[0].resource"},
  };
}

std::vector<Shape> lists() {
  const std::string own = reference_to("Patient/own-1");
  const std::string foreign = reference_to("Patient/foreign-7");
  return {
      {.what = "the second of two subjects",
       .prefetch = with_procedures(
           bundle_of({hip_replacement(R"(, "subject": [)" + own + ", " + foreign + "]")})),
       .where = "prefetch.procedures.entry[0].resource.subject[1]"},
      {.what = "a list in the list of subjects",
       .prefetch =
           with_procedures(bundle_of({hip_replacement(R"(, "subject": [[)" + foreign + "]]")})),
       .where = "prefetch.procedures.entry[0].resource.subject[0][0]"},
      {.what = "a subject that is a text",
       .prefetch =
           with_procedures(bundle_of({hip_replacement(R"(, "subject": "Patient/foreign-7")")})),
       .where = "prefetch.procedures.entry[0].resource.subject"},
      {.what = "one element is this patient, another is not",
       .prefetch = with_procedures(bundle_of(
           {hip_replacement(subject_of("Patient/own-1") + R"(, "patient": )" + foreign)})),
       .where = "prefetch.procedures.entry[0].resource.patient"},
      {.what = "the identifier beside the reference cannot mend it",
       .prefetch = with_procedures(bundle_of(
           {hip_replacement(R"(, "subject": {"type": "Patient", "identifier": {"value": "own-1"},
               "display": "own-1", "reference": "Patient/foreign-7"})")})),
       .where = "prefetch.procedures.entry[0].resource.subject"},
      {.what = "the third of many procedures",
       .prefetch = with_procedures(bundle_of({hip_replacement(subject_of("Patient/own-1")),
                                              hip_replacement(subject_of("Patient/own-1")),
                                              hip_replacement(subject_of("Patient/foreign-7"))})),
       .where = "prefetch.procedures.entry[2].resource.subject"},
      {.what = "one of those who meet",
       .prefetch = with_unasked(R"({"resourceType": "Appointment", "participant": [{"actor": )" +
                                own + R"(}, {"actor": )" + foreign + "}]}"),
       .where = "prefetch.unasked.participant[1].actor"},
      {.what = "the only one who meets, without a list",
       .prefetch = with_unasked(R"({"resourceType": "Appointment", "participant": {"actor": )" +
                                foreign + "}}"),
       .where = "prefetch.unasked.participant.actor"},
      {.what = "records of another person",
       .prefetch =
           with_unasked(R"({"resourceType": "Person", "link": [{"target": )" + foreign + "}]}"),
       .where = "prefetch.unasked.link[0].target"},
      {.what = "where another's record comes from",
       .prefetch = with_unasked(
           R"({"resourceType": "Provenance", "target": [{"reference": "Observation/1"}, )" +
           foreign + "]}"),
       .where = "prefetch.unasked.target[1]"},
  };
}

std::vector<Shape> envelopes() {
  const std::string foreign = hip_replacement(subject_of("Patient/foreign-7"));
  return {
      {.what = "one resource where a search was asked for",
       .prefetch = with_procedures(foreign),
       .where = "prefetch.procedures.subject"},
      {.what = "a Bundle in a Bundle",
       .prefetch = with_procedures(bundle_of({bundle_of({foreign})})),
       .where = "prefetch.procedures.entry[0].resource.entry[0].resource.subject"},
      {.what = "three Bundles deep",
       .prefetch = with_procedures(bundle_of({bundle_of({bundle_of({foreign})})})),
       .where =
           "prefetch.procedures.entry[0].resource.entry[0].resource.entry[0].resource.subject"},
      {.what = "an entry without its list",
       .prefetch =
           with_procedures(R"({"resourceType": "Bundle", "entry": {"resource": )" + foreign + "}}"),
       .where = "prefetch.procedures.entry.resource.subject"},
      {.what = "a list of entries in the list",
       .prefetch = with_procedures(R"({"resourceType": "Bundle", "entry": [[{"resource": )" +
                                   foreign + "}]]}"),
       .where = "prefetch.procedures.entry[0][0].resource.subject"},
      {.what = "a list of resources in an entry",
       .prefetch = with_procedures(R"({"resourceType": "Bundle", "entry": [{"resource": [)" +
                                   foreign + "]}]}"),
       .where = "prefetch.procedures.entry[0].resource[0].subject"},
      {.what = "entries of what is no Bundle",
       .prefetch =
           with_procedures(R"({"resourceType": "Odd", "entry": [{"resource": )" + foreign + "}]}"),
       .where = "prefetch.procedures.entry[0].resource.subject"},
      {.what = "a Bundle without type",
       .prefetch = with_procedures(R"({"entry": [{"resource": )" + foreign + "}]}"),
       .where = "prefetch.procedures.entry[0].resource.subject"},
      {.what = "contained in the own record",
       .prefetch = with_procedures(bundle_of(
           {hip_replacement(subject_of("Patient/own-1") + R"(, "contained": [)" + foreign + "]")})),
       .where = "prefetch.procedures.entry[0].resource.contained[0].subject"},
      {.what = "contained without a list",
       .prefetch = with_procedures(bundle_of(
           {hip_replacement(subject_of("Patient/own-1") + R"(, "contained": )" + foreign)})),
       .where = "prefetch.procedures.entry[0].resource.contained.subject"},
      {.what = "contained in what is contained",
       .prefetch = with_procedures(bundle_of({hip_replacement(
           subject_of("Patient/own-1") +
           R"(, "contained": [{"resourceType": "Medication", "contained": [)" + foreign + "]}]")})),
       .where = "prefetch.procedures.entry[0].resource.contained[0].contained[0].subject"},
      {.what = "contained in the Patient",
       .prefetch = with_patient(R"({"resourceType": "Patient", "id": "own-1", "contained": [)" +
                                foreign + "]}"),
       .where = "prefetch.patient.contained[0].subject"},
      {.what = "a Bundle that is contained, with a Patient",
       .prefetch = with_procedures(bundle_of({hip_replacement(
           subject_of("Patient/own-1") + R"(, "contained": [)" + bundle_of({foreign}) + "]")})),
       .where = "prefetch.procedures.entry[0].resource.contained[0].entry[0].resource.subject"},
      {.what = "a resource among Parameters",
       .prefetch = with_procedures(
           R"({"resourceType": "Parameters", "parameter": [{"name": "return", "resource": )" +
           foreign + "}]}"),
       .where = "prefetch.procedures.parameter[0].resource.subject"},
      {.what = "a resource in a part of Parameters",
       .prefetch = with_procedures(
           R"({"resourceType": "Parameters", "parameter": [{"part": [{"part": {"resource": )" +
           foreign + "}}]}]}"),
       .where = "prefetch.procedures.parameter[0].part[0].part.resource.subject"},
      {.what = "Parameters that name another patient",
       .prefetch = with_unasked(
           R"({"resourceType": "Parameters", "parameter": [{"name": "patient", "valueReference": )" +
           reference_to("Patient/foreign-7") + "}]}"),
       .where = "prefetch.unasked.parameter[0].valueReference"},
  };
}

}  // namespace

std::vector<Shape> foreign_insides() {
  auto all = patients();
  for (auto* const some : {lists, envelopes}) {
    for (auto& row : some()) {
      all.push_back(std::move(row));
    }
  }
  return all;
}

}  // namespace cdss::hostile
