#include "tests/plugins/record_builder.hpp"

#include <cstdio>

namespace cdss::test {
namespace {

std::string coding(std::string_view system, std::string_view code) {
  return R"({"coding":[{"system":")" + std::string{system} + R"(","code":")" + std::string{code} +
         R"("}]})";
}

std::string status(std::string_view name, std::string_view code) {
  if (code.empty()) {
    return {};
  }
  return ",\"" + std::string{name} + "\":{\"coding\":[{\"code\":\"" + std::string{code} + "\"}]}";
}

std::string more(std::string_view members) {
  return members.empty() ? std::string{} : ',' + std::string{members};
}

std::string answer(std::string_view value) {
  if (value.starts_with('"')) {
    return std::string{value};
  }
  if (value == "true" || value == "false") {
    return "\"valueBoolean\":" + std::string{value};
  }
  constexpr std::string_view kHipExam = "https://psoas-cds.github.io/fhir/CodeSystem/hip-exam";
  const bool is_finding = value == "present" || value == "absent";
  return "\"valueCodeableConcept\":" +
         (is_finding ? coding(kSnomedUri, value == "present" ? "52101004" : "2667000")
                     : coding(kHipExam, value));
}

/// A CodeableConcept: an RxNorm code when it is all digits, else a text.
std::string substance_of(std::string_view medication) {
  if (medication.find_first_not_of("0123456789") == std::string_view::npos) {
    return coding("http://www.nlm.nih.gov/research/umls/rxnorm", medication);
  }
  return R"({"text":")" + std::string{medication} + R"("})";
}

}  // namespace

std::string day(int days_ago) {
  const std::chrono::year_month_day date{kToday - std::chrono::days{days_ago}};
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::string quantity(std::string_view value, std::string_view ucum) {
  return R"("valueQuantity":{"value":)" + std::string{value} +
         R"(,"system":"http://unitsofmeasure.org","code":")" + std::string{ucum} + R"("})";
}

RecordBuilder& RecordBuilder::condition(const ConditionText& condition) {
  conditions_.push_back(R"({"resourceType":"Condition","id":"c)" +
                        std::to_string(conditions_.size() + 1) + R"(","code":)" +
                        coding(condition.system, condition.code) +
                        status("clinicalStatus", condition.clinical_status) +
                        status("verificationStatus", condition.verification_status) +
                        more(condition.more) + R"(,"subject":{"reference":"Patient/p"}})");
  return *this;
}

RecordBuilder& RecordBuilder::procedure(const ProcedureText& procedure) {
  procedures_.push_back(R"({"resourceType":"Procedure","id":"p)" +
                        std::to_string(procedures_.size() + 1) + R"(","status":")" +
                        procedure.status + R"(","code":)" +
                        coding(procedure.system, procedure.code) + more(procedure.performed) +
                        R"(,"subject":{"reference":"Patient/p"}})");
  return *this;
}

RecordBuilder& RecordBuilder::item(std::string_view id, std::string_view value, int days_ago) {
  return observation(R"({"resourceType":"Observation","id":"o)" +
                     std::to_string(observations_.size() + 1) + R"(","status":"final","code":)" +
                     coding("https://psoas-cds.github.io/fhir/CodeSystem/hip-exam", id) +
                     R"(,"effectiveDateTime":")" + day(days_ago) + "\"," + answer(value) +
                     R"(,"subject":{"reference":"Patient/p"}})");
}

RecordBuilder& RecordBuilder::observation(std::string json) {
  observations_.push_back(std::move(json));
  return *this;
}

RecordBuilder& RecordBuilder::result(std::string_view loinc, std::string_view value,
                                     std::string_view ucum, int days_ago) {
  const auto digits = value.find_first_not_of("<>=");
  std::string quantity = R"("valueQuantity":{"value":)" + std::string{value.substr(digits)};
  if (digits > 0) {
    quantity += R"(,"comparator":")" + std::string{value.substr(0, digits)} + '"';
  }
  quantity += R"(,"system":"http://unitsofmeasure.org","code":")" + std::string{ucum} + "\"}";
  results_.push_back(R"({"resourceType":"Observation","id":"r)" +
                     std::to_string(results_.size() + 1) + R"(","status":"final","code":)" +
                     coding("http://loinc.org", loinc) + R"(,"effectiveDateTime":")" +
                     day(days_ago) + "\"," + quantity + R"(,"subject":{"reference":"Patient/p"}})");
  return *this;
}

RecordBuilder& RecordBuilder::coded_result(std::string_view loinc, std::string_view snomed,
                                           int days_ago) {
  results_.push_back(R"({"resourceType":"Observation","id":"r)" +
                     std::to_string(results_.size() + 1) + R"(","status":"final","code":)" +
                     coding("http://loinc.org", loinc) + R"(,"effectiveDateTime":")" +
                     day(days_ago) + R"(","valueCodeableConcept":)" + coding(kSnomedUri, snomed) +
                     R"(,"subject":{"reference":"Patient/p"}})");
  return *this;
}

RecordBuilder& RecordBuilder::medication(std::string_view medication, std::string_view status,
                                         int days_ago) {
  medications_.push_back(
      R"({"resourceType":"MedicationRequest","id":"m)" + std::to_string(medications_.size() + 1) +
      R"(","status":")" + std::string{status} +
      R"(","intent":"order","medicationCodeableConcept":)" + substance_of(medication) +
      R"(,"authoredOn":")" + day(days_ago) + R"(","subject":{"reference":"Patient/p"}})");
  return *this;
}

RecordBuilder& RecordBuilder::allergy(std::string_view substance) {
  allergies_.push_back(R"({"resourceType":"AllergyIntolerance","id":"a)" +
                       std::to_string(allergies_.size() + 1) + R"(","code":)" +
                       substance_of(substance) + status("clinicalStatus", "active") +
                       R"(,"patient":{"reference":"Patient/p"}})");
  return *this;
}

std::string RecordBuilder::bundle(const std::vector<std::string>& resources) {
  std::string text = R"({"resourceType":"Bundle","type":"searchset","entry":[)";
  for (std::size_t i = 0; i < resources.size(); ++i) {
    text += (i == 0 ? "" : ",");
    text += R"({"resource":)" + resources[i] + '}';
  }
  return text + "]}";
}

}  // namespace cdss::test
