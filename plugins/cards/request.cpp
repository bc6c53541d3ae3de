#include "plugins/cards/request.hpp"

namespace cdss::cards {
namespace {

using sdk::Level;

/// Every LOINC code of knowledge/results.json and of the pregnancy status; and the two panels of
/// blood pressure, which hold the systolic one as a component. Without the system, so that the URL
/// stays short: what comes back is matched by system and code. A test holds it against the files
/// (tests/config/result_codes_test.py).
constexpr const char* kResultCodes =
    "code=8310-5,8331-1,8328-7,8333-7,8332-9,60836-4,8867-4,8480-6,85354-9,55284-4,72514-3,"
    "1988-5,30522-7,30341-2,4537-7,4538-5,18184-2,5627-5,"
    "6690-2,26464-8,804-5,49498-9,718-7,34714-6,38875-1,46418-0,6301-6,777-3,"
    "26515-7,33914-3,98979-8,62238-1,48642-3,4548-4,82810-3";

}  // namespace

std::vector<sdk::Need> needs(NeedLevels levels) {
  return {
      {.key = "patient", .resource = "Patient", .query = "", .level = Level::required},
      {.key = "conditions", .resource = "Condition", .query = "", .level = levels.conditions},
      {.key = "procedures", .resource = "Procedure", .query = "", .level = levels.procedures},
      {.key = "results", .resource = "Observation", .query = kResultCodes, .level = Level::wanted},
      {.key = "examination",
       .resource = "Observation",
       .query = "code=https://psoas-cds.github.io/fhir/CodeSystem/hip-exam|",
       .level = Level::wanted},
      {.key = "questionnaire",
       .resource = "QuestionnaireResponse",
       .query = "questionnaire=https://psoas-cds.github.io/fhir/Questionnaire/hip-exam",
       .level = Level::wanted},
      {.key = "medications", .resource = "MedicationRequest", .query = "", .level = Level::wanted},
      {.key = "statements",
       .resource = "MedicationStatement",
       .query = "",
       .level = Level::optional},
      {.key = "allergies", .resource = "AllergyIntolerance", .query = "", .level = Level::wanted},
  };
}

Result<std::unique_ptr<const rules::Knowledge>> read_knowledge(const sdk::Setup& setup) {
  std::vector<rules::KnowledgeFile> files;
  for (std::size_t i = 0; i < setup.knowledge_count(); ++i) {
    files.push_back({.path = setup.knowledge_path(i), .content = setup.knowledge(i)});
  }
  return rules::Knowledge::read(files);
}

}  // namespace cdss::cards
