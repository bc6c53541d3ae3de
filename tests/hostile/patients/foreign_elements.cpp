// A resource of another patient of every type that says whose it is, beside what is in order.

#include "tests/hostile/patients/shapes.hpp"

namespace cdss::hostile {
namespace {

struct Element {
  const char* type;
  const char* name;
};

constexpr Element kElements[] = {
    {"AdverseEvent", "subject"},
    {"AllergyIntolerance", "patient"},
    {"AppointmentResponse", "actor"},
    {"Basic", "subject"},
    {"BodyStructure", "patient"},
    {"CarePlan", "subject"},
    {"CareTeam", "subject"},
    {"Claim", "patient"},
    {"ClinicalImpression", "subject"},
    {"Communication", "subject"},
    {"CommunicationRequest", "subject"},
    {"Composition", "subject"},
    {"Condition", "subject"},
    {"Consent", "patient"},
    {"Coverage", "beneficiary"},
    {"DetectedIssue", "patient"},
    {"Device", "patient"},
    {"DeviceRequest", "subject"},
    {"DeviceUseStatement", "subject"},
    {"DiagnosticReport", "subject"},
    {"DocumentReference", "subject"},
    {"Encounter", "subject"},
    {"EnrollmentRequest", "candidate"},
    {"EpisodeOfCare", "patient"},
    {"ExplanationOfBenefit", "patient"},
    {"FamilyMemberHistory", "patient"},
    {"Flag", "subject"},
    {"Goal", "subject"},
    {"GuidanceResponse", "subject"},
    {"ImagingStudy", "subject"},
    {"Immunization", "patient"},
    {"Invoice", "subject"},
    {"List", "subject"},
    {"MeasureReport", "subject"},
    {"Media", "subject"},
    {"MedicationAdministration", "subject"},
    {"MedicationDispense", "subject"},
    {"MedicationRequest", "subject"},
    {"MedicationStatement", "subject"},
    {"NutritionOrder", "patient"},
    {"Observation", "subject"},
    {"Procedure", "subject"},
    {"QuestionnaireResponse", "subject"},
    {"RelatedPerson", "patient"},
    {"RequestGroup", "subject"},
    {"ResearchSubject", "individual"},
    {"RiskAssessment", "subject"},
    {"Schedule", "actor"},
    {"ServiceRequest", "subject"},
    {"Specimen", "subject"},
    {"SupplyDelivery", "patient"},
    {"SupplyRequest", "deliverTo"},
    {"Task", "for"},
    {"VisionPrescription", "patient"},
    // Of earlier versions, of none, and where no such element is.
    {"MedicationOrder", "patient"},
    {"ProcedureRequest", "subject"},
    {"ReferralRequest", "patient"},
    {"Odd", "subject"},
    {"Medication", "subject"},
    {"Organization", "patient"},
};

}  // namespace

std::vector<Shape> foreign_elements() {
  std::vector<Shape> rows;
  for (const auto& [type, name] : kElements) {
    rows.push_back(
        {.what = std::string{type} + '.' + name,
         .prefetch = with_unasked(std::string{R"({"resourceType": ")"} + type + R"(", ")" + name +
                                  "\": " + reference_to("Patient/foreign-7") + "}"),
         .where = std::string{"prefetch.unasked."} + name});
  }
  return rows;
}

}  // namespace cdss::hostile
