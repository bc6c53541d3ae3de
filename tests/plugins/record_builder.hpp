#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/document.hpp"

namespace cdss::test {

inline constexpr std::chrono::sys_days kToday =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 21};

/// "2026-11-11" for 10 days before kToday.
std::string day(int days_ago);

/// The member valueQuantity as JSON, with a UCUM unit.
std::string quantity(std::string_view value, std::string_view ucum);

/// A Condition: active and confirmed unless told otherwise.
struct ConditionText {
  std::string system;
  std::string code;
  std::string clinical_status = "active";
  std::string verification_status = "confirmed";
  std::string more;  ///< further members as JSON, e.g. R"("onsetDateTime": "2026-10")"
};

/// A Procedure: completed unless told otherwise.
struct ProcedureText {
  std::string system;
  std::string code;
  std::string
      performed;  ///< the member as JSON, e.g. R"("performedDateTime": "2026-10-01")"; or empty
  std::string status = "completed";
};

/// Resources of one made-up patient, as the Bundles that a client would send.
class RecordBuilder {
 public:
  RecordBuilder& condition(const ConditionText& condition);
  RecordBuilder& procedure(const ProcedureText& procedure);
  /// An Observation of the hip examination form.
  ///
  /// @param value  "present", "absent", "true", "false", a code of ours such as
  ///               "injection-positive", or a member as JSON.
  RecordBuilder& item(std::string_view id, std::string_view value, int days_ago = 0);
  /// Any resource as JSON.
  RecordBuilder& observation(std::string json);
  /// A final Observation of a laboratory or vital sign by its LOINC code.
  ///
  /// @param value  the number, e.g. "38.0", with a comparator before it when it has one: "<5".
  RecordBuilder& result(std::string_view loinc, std::string_view value, std::string_view ucum,
                        int days_ago = 0);
  /// A final Observation of which the value is a SNOMED CT code, by its LOINC code.
  RecordBuilder& coded_result(std::string_view loinc, std::string_view snomed, int days_ago = 0);
  /// A MedicationRequest.
  ///
  /// @param medication  an RxNorm code ("5640"), else the text of the medication.
  RecordBuilder& medication(std::string_view medication, std::string_view status = "active",
                            int days_ago = 1);
  /// An AllergyIntolerance, active and confirmed.
  ///
  /// @param substance  an RxNorm code, else the text of the substance.
  RecordBuilder& allergy(std::string_view substance);

  std::string conditions() const { return bundle(conditions_); }
  std::string procedures() const { return bundle(procedures_); }
  std::string observations() const { return bundle(observations_); }
  std::string results() const { return bundle(results_); }
  std::string medications() const { return bundle(medications_); }
  std::string allergies() const { return bundle(allergies_); }

  /// A Bundle of resources.
  static std::string bundle(const std::vector<std::string>& resources);

 private:
  std::vector<std::string> conditions_;
  std::vector<std::string> procedures_;
  std::vector<std::string> observations_;
  std::vector<std::string> results_;
  std::vector<std::string> medications_;
  std::vector<std::string> allergies_;
};

inline constexpr std::string_view kSnomedUri = "http://snomed.info/sct";
inline constexpr std::string_view kIcdUri = "http://hl7.org/fhir/sid/icd-10-cm";
inline constexpr std::string_view kPcsUri = "http://www.cms.gov/Medicare/Coding/ICD10";
inline constexpr std::string_view kCptUri = "http://www.ama-assn.org/go/cpt";

inline ConditionText snomed(std::string_view code) {
  return {.system = std::string{kSnomedUri}, .code = std::string{code}};
}
inline ConditionText icd(std::string_view code) {
  return {.system = std::string{kIcdUri}, .code = std::string{code}};
}

}  // namespace cdss::test
