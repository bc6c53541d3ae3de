#include "tests/hostile/patients/shapes.hpp"

#include <iterator>

namespace cdss::hostile {

std::string reference_to(std::string_view text) {
  return R"({"reference": ")" + std::string{text} + "\"}";
}

std::string subject_of(std::string_view reference_text) {
  return R"(, "subject": )" + reference_to(reference_text);
}

std::string hip_replacement(std::string_view more) {
  return R"({"resourceType": "Procedure", "id": "thr", "status": "completed",
      "code": {"coding": [{"system": "http://snomed.info/sct", "code": "52734007"}]},
      "performedDateTime": "2020-03-10")" +
         std::string{more} + "}";
}

std::string bundle_of(const std::vector<std::string>& resources) {
  std::string out = R"({"resourceType": "Bundle", "type": "searchset", "entry": [)";
  std::string_view separator;
  for (const auto& resource : resources) {
    out.append(separator).append(R"({"resource": )").append(resource).append("}");
    separator = ", ";
  }
  return out + "]}";
}

std::string own_patient() {
  return R"("patient": {"resourceType": "Patient", "id": ")" + std::string{kOwnId} + "\"}";
}

std::string with_procedures(std::string_view value) {
  return own_patient() + R"(, "conditions": null, "procedures": )" + std::string{value};
}

std::string with_unasked(std::string_view value) {
  return with_procedures(bundle_of({hip_replacement(subject_of("Patient/own-1"))})) +
         R"(, "unasked": )" + std::string{value};
}

std::string with_failing_kidneys() {
  return own_patient() + R"(, "conditions": )" +
         bundle_of({R"({"resourceType": "Condition", "id": "c",
      "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "N18.5"}]},
      "clinicalStatus": {"coding": [{"code": "active",
        "system": "http://terminology.hl7.org/CodeSystem/condition-clinical"}]})" +
                    subject_of("Patient/own-1") + "}"});
}

std::string ibuprofen(std::string_view more) {
  return R"({"resourceType": "MedicationRequest", "id": "m", "status": "draft", "intent": "order",
      "medicationCodeableConcept": {"coding": [{"code": "310965", "display": "ibuprofen 200 MG Oral Tablet",
        "system": "http://www.nlm.nih.gov/research/umls/rxnorm"}]})" +
         std::string{more} + "}";
}

std::string call_of(const Shape& shape) {
  return R"({"hook": ")" + shape.hook +
         R"(", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", "context": {
      "userId": "Practitioner/1", "patientId": ")" +
         std::string{kOwnId} + '"' + shape.context + "}" + shape.call + R"(, "prefetch": {)" +
         shape.prefetch + "}}";
}

std::vector<Shape> shapes() {
  std::vector<Shape> all;
  for (auto* const some : {foreign_references, foreign_elements, foreign_insides, foreign_contexts,
                           undetermined, own}) {
    auto more = some();
    all.insert(all.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
  }
  return all;
}

}  // namespace cdss::hostile
