// What nobody can tell whose it is: left out, and no card comes of it.

#include "tests/hostile/patients/shapes.hpp"

namespace cdss::hostile {
namespace {

Shape procedure(std::string what, std::string_view more) {
  return {.what = std::move(what),
          .prefetch = with_procedures(bundle_of({hip_replacement(more)})),
          .ends = Ends::excluded,
          .where = "prefetch.procedures.entry[0]"};
}

Shape in_procedures(std::string what, const std::string& value, std::string where) {
  return {.what = std::move(what),
          .prefetch = with_procedures(value),
          .ends = Ends::excluded,
          .where = std::move(where)};
}

Shape draft(std::string what, std::string_view more) {
  return {.what = std::move(what),
          .prefetch = with_failing_kidneys(),
          .ends = Ends::excluded,
          .where = "context.draftOrders.entry[0]",
          .hook = "order-sign",
          .context = R"(, "draftOrders": )" + bundle_of({ibuprofen(more)})};
}

std::vector<Shape> subjects() {
  std::vector<Shape> rows{
      procedure("no subject", ""),
      procedure("a subject that is null", R"(, "subject": null)"),
      procedure("a subject that is an empty list", R"(, "subject": [])"),
      procedure("an empty subject", R"(, "subject": {})"),
      procedure("a subject that is a number", R"(, "subject": 1)"),
      procedure("a reference that is no text", R"(, "subject": {"reference": ["Patient/own-1"]})"),
      procedure("a reference in an object",
                R"(, "subject": {"reference": {"reference": "Patient/own-1"}})"),
      procedure("an identifier alone",
                R"(, "subject": {"type": "Patient", "identifier": {"value": "own-1"}})"),
      procedure("a name alone", R"(, "subject": {"display": "own-1"})"),
      procedure("a type that says otherwise",
                R"(, "subject": {"type": "Group", "reference": "Patient/own-1"})"),
      procedure("a Group beside this patient",
                R"(, "subject": [{"reference": "Patient/own-1"}, {"reference": "Group/own-1"}])"),
      procedure(
          "this patient where no reader looks",
          R"(, "subject": {"reference": "Group/1"}, "patient": {"reference": "Patient/own-1"})"),
      procedure("this patient as the focus only", R"(, "focus": [{"reference": "Patient/own-1"}])"),
      procedure("a contained Patient",
                subject_of("#p") + R"(, "contained": [{"resourceType": "Patient", "id": "p"}])"),
      procedure(
          "a contained Patient of the id",
          subject_of("#own-1") + R"(, "contained": [{"resourceType": "Patient", "id": "own-1"}])"),
      procedure("a contained Patient without id",
                subject_of("#") + R"(, "contained": [{"resourceType": "Patient"}])"),
  };
  for (const auto* const text :
       {"", "own-1", "Group/own-1", "Device/own-1", "Location/1", "Patient?identifier=x|own-1",
        "Patient?_id=own-1", "urn:uuid:own-1", "urn:oid:1.2.3", "#own-1", "Practitioner/own-1",
        "https://ehr.example/fhir/Group/own-1", "https://ehr.example/own-1"}) {
    rows.push_back(procedure(std::string{"the reference "} + text, subject_of(text)));
  }
  return rows;
}

std::vector<Shape> insides() {
  const std::string loose = hip_replacement("");
  return {
      in_procedures("one resource without subject", loose, "prefetch.procedures"),
      in_procedures("a Bundle in a Bundle", bundle_of({bundle_of({loose})}),
                    "prefetch.procedures.entry[0].resource.entry[0]"),
      in_procedures("an entry without its list",
                    R"({"resourceType": "Bundle", "entry": {"resource": )" + loose + "}}",
                    "prefetch.procedures.entry"),
      in_procedures("a urn that no entry has",
                    R"({"resourceType": "Bundle", "entry": [{"fullUrl": "urn:uuid:a",
                        "resource": {"resourceType": "Patient", "id": "own-1"}}, {"resource": )" +
                        hip_replacement(subject_of("urn:uuid:b")) + "}]}",
                    "prefetch.procedures.entry[1]"),
      in_procedures("a urn of what is no Patient",
                    R"({"resourceType": "Bundle", "entry": [{"fullUrl": "urn:uuid:a",
                        "resource": {"resourceType": "Organization", "id": "own-1"}}, {"resource": )" +
                        hip_replacement(subject_of("urn:uuid:a")) + "}]}",
                    "prefetch.procedures.entry[1]"),
      in_procedures("a urn of the Bundle around",
                    R"({"resourceType": "Bundle", "entry": [{"fullUrl": "urn:uuid:a",
                        "resource": {"resourceType": "Patient", "id": "own-1"}}, {"resource": )" +
                        bundle_of({hip_replacement(subject_of("urn:uuid:a"))}) + "}]}",
                    "prefetch.procedures.entry[1].resource.entry[0]"),
      in_procedures("among Parameters",
                    R"({"resourceType": "Parameters", "parameter": [{"resource": )" + loose + "}]}",
                    "prefetch.procedures.parameter[0]"),
      {.what = "a Patient without id",
       .prefetch = R"("patient": {"resourceType": "Patient"}, "procedures": )" +
                   bundle_of({hip_replacement(subject_of("Patient/own-1"))}),
       .ends = Ends::excluded,
       .where = "prefetch.patient",
       .status = 412},
      {.what = "a Patient on another server",
       .prefetch = R"("procedures": null, "patient": {"resourceType": "Bundle", "entry": [
           {"fullUrl": "https://other.example/fhir/Patient/own-1",
            "resource": {"resourceType": "Patient", "id": "own-1"}}]})",
       .ends = Ends::excluded,
       .where = "prefetch.patient.entry[0]",
       .call = R"(, "fhirServer": "https://ehr.example/fhir")",
       .status = 412},
      {.what = "the id on another server",
       .prefetch = with_procedures(
           bundle_of({hip_replacement(subject_of("https://other.example/fhir/Patient/own-1"))})),
       .ends = Ends::excluded,
       .where = "prefetch.procedures.entry[0]",
       .call = R"(, "fhirServer": "https://ehr.example/fhir")"},
      {.what = "the id in another house of the same server",
       .prefetch = with_procedures(
           bundle_of({hip_replacement(subject_of("https://ehr.example/house-2/Patient/own-1"))})),
       .ends = Ends::excluded,
       .where = "prefetch.procedures.entry[0]",
       .call = R"(, "fhirServer": "https://ehr.example/house-1")"},
      {.what = "the only conditions, which the service needs",
       .prefetch =
           own_patient() + R"(, "conditions": )" +
           bundle_of({R"({"resourceType": "Condition", "subject": {"reference": "Group/1"}})"}),
       .ends = Ends::excluded,
       .where = "prefetch.conditions.entry[0]",
       .status = 412},
  };
}

std::vector<Shape> drafted() {
  return {
      draft("a draft for a Group", subject_of("Group/1")),
      draft("a draft for an identifier", R"(, "subject": {"identifier": {"value": "own-1"}})"),
      draft("a draft for a urn", subject_of("urn:uuid:0d1b")),
      draft("a draft for a name", R"(, "subject": {"display": "own-1"})"),
      draft("a draft for a search", subject_of("Patient?identifier=own-1")),
      draft("a draft for what it contains", subject_of("#p")),
      draft("a draft for a bare id", subject_of("own-1")),
  };
}

}  // namespace

std::vector<Shape> undetermined() {
  auto all = subjects();
  for (auto* const some : {insides, drafted}) {
    for (auto& row : some()) {
      all.push_back(std::move(row));
    }
  }
  return all;
}

}  // namespace cdss::hostile
