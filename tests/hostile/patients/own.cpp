// This patient as clients really write it: the card comes, and nothing is left out.

#include "tests/hostile/patients/shapes.hpp"

namespace cdss::hostile {
namespace {

Shape procedure(std::string what, std::string_view more, std::string call = {}) {
  return {.what = std::move(what),
          .prefetch = with_procedures(bundle_of({hip_replacement(more)})),
          .ends = Ends::answered,
          .call = std::move(call)};
}

Shape unasked(std::string what, std::string_view value) {
  return {.what = std::move(what), .prefetch = with_unasked(value), .ends = Ends::answered};
}

Shape order(std::string what, const std::string& drafts, std::string hook = "order-sign") {
  const bool selects = hook == "order-select";
  return {.what = std::move(what),
          .prefetch = with_failing_kidneys(),
          .ends = Ends::answered,
          .hook = std::move(hook),
          .context = (selects ? R"(, "selections": ["MedicationRequest/m"])" : "") +
                     (R"(, "draftOrders": )" + drafts)};
}

std::vector<Shape> records() {
  const std::string own = R"({"resourceType": "Patient", "id": "own-1"})";
  return {
      procedure("beside its identifier and name",
                R"(, "subject": {"reference": "Patient/own-1", "type": "Patient",
                    "identifier": {"value": "7"}, "display": "x"})"),
      procedure("with the type as a URL",
                R"(, "subject": {"reference": "Patient/own-1",
                    "type": "http://hl7.org/fhir/StructureDefinition/Patient"})"),
      procedure("on the server of the call",
                subject_of("http://EHR.example:80/fhir/Patient/own-1/_history/2"),
                R"(, "fhirServer": "https://ehr.example/fhir/")"),
      procedure("with others beside",
                subject_of("Patient/own-1") +
                    R"(, "performer": [{"actor": {"reference": "Practitioner/1"}}],
                    "recorder": {"reference": "Patient/parent"}, "contained": [{"resourceType": "Patient", "id": "parent"}])"),
      {.what = "as a urn of its Bundle",
       .prefetch = with_procedures(R"({"resourceType": "Bundle", "entry": [
           {"fullUrl": "urn:uuid:a", "resource": )" +
                                   own + R"(}, {"resource": )" +
                                   hip_replacement(subject_of("urn:uuid:a")) + "}]}"),
       .ends = Ends::answered},
      {.what = "one resource where a search was asked for",
       .prefetch = with_procedures(hip_replacement(subject_of("Patient/own-1"))),
       .ends = Ends::answered},
      unasked("records that were merged",
              R"({"resourceType": "Patient", "id": "own-1", "link": [
                  {"type": "replaces", "other": {"reference": "Patient/old"}},
                  {"type": "seealso", "other": {"reference": "Patient/elsewhere"}}]})"),
      unasked("an account with a list of subjects",
              R"({"resourceType": "Account", "subject": [{"reference": "Patient/own-1"}]})"),
      unasked("a child that is examined",
              R"({"resourceType": "Observation", "subject": {"reference": "Patient/own-1"},
                  "focus": [{"reference": "Patient/child"}]})"),
      unasked("a parent who is insured",
              R"({"resourceType": "Coverage", "beneficiary": {"reference": "Patient/own-1"},
                  "policyHolder": {"reference": "Patient/parent"}})"),
      unasked("those who meet",
              R"({"resourceType": "Appointment", "participant": [
                  {"actor": {"reference": "Practitioner/1"}}, {"actor": {"reference": "Patient/own-1"}}]})"),
      unasked("two records of one person",
              R"({"resourceType": "Person", "link": [{"target": {"reference": "Patient/own-1"}},
                  {"target": {"reference": "Patient/old"}}]})"),
      unasked("what is nobody's",
              bundle_of({R"({"resourceType": "Medication"})", R"({"resourceType": "Organization"})",
                         R"({"resourceType": "Practitioner"})",
                         R"({"resourceType": "PractitionerRole"})",
                         R"({"resourceType": "Location"})", R"({"resourceType": "Substance"})",
                         R"({"resourceType": "OperationOutcome"})"})),
  };
}

std::vector<Shape> contexts() {
  return {
      order("a draft", bundle_of({ibuprofen(subject_of("Patient/own-1"))})),
      order("a draft that is selected", bundle_of({ibuprofen(subject_of("Patient/own-1"))}),
            "order-select"),
      order("a draft that names nobody", bundle_of({ibuprofen("")})),
      order("a draft with what it is of",
            bundle_of({ibuprofen(subject_of("Patient/own-1")),
                       R"({"resourceType": "Medication", "id": "x"})"})),
      {.what = "booked with a practitioner and nobody yet",
       .prefetch = with_procedures(bundle_of({hip_replacement(subject_of("Patient/own-1"))})),
       .ends = Ends::answered,
       .hook = "appointment-book",
       .context =
           R"(, "appointments": )" + bundle_of({R"({"resourceType": "Appointment", "participant": [
                      {"actor": {"reference": "Practitioner/1"}}, {"actor": {"display": "x"}}]})"})},
      {.what = "a token for this patient",
       .prefetch = with_procedures(bundle_of({hip_replacement(subject_of("Patient/own-1"))})),
       .ends = Ends::answered,
       .call = R"(, "fhirServer": "https://ehr.example/fhir", "fhirAuthorization": {
           "access_token": "t", "token_type": "Bearer", "expires_in": 300,
           "scope": "patient/*.read", "subject": "cds", "patient": "own-1"})"},
  };
}

}  // namespace

std::vector<Shape> own() {
  std::vector<Shape> rows;
  for (const auto* const text :
       {"Patient/own-1", "/Patient/own-1", "./Patient/own-1", "fhir/Patient/own-1",
        "Patient//own-1", "Patient/own-1/", "Patient/own-1/_history/2", "Patient/own-1#name",
        "patient/own-1", " Patient/own-1", "https://ehr.example/fhir/Patient/own-1",
        "HTTPS://EHR.example/Patient/own-1/_history/2", "\\u0050atient/own-1"}) {
    rows.push_back(procedure(std::string{"written "} + text, subject_of(text)));
  }
  for (auto* const some : {records, contexts}) {
    for (auto& row : some()) {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace cdss::hostile
