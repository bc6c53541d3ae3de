#include "plugins/treatment_escalation/treatment_escalation.hpp"

#include <string_view>

#include "core/base/json_writer.hpp"

namespace cdss::treatment_escalation {
namespace {

constexpr std::string_view kOrdersFile = "knowledge/orders.json";
constexpr std::string_view kIntents[] = {"proposal", "order"};
constexpr Option<Options> kOptions[] = {
    {.name = "intent",
     .member = &Options::intent,
     .choices = kIntents,
     .doc = "The intent of the draft orders in suggestions: proposal, or order for clients that "
            "take nothing else."},
    {.name = "suggest_medicines",
     .member = &Options::suggest_medicines,
     .doc = "Whether ibuprofen and acetaminophen are ever suggested."},
};

constexpr const char* kResultCodes =
    "code=http://loinc.org|1988-5,http://loinc.org|30522-7,http://loinc.org|30341-2,"
    "http://loinc.org|4537-7,http://loinc.org|18184-2,http://loinc.org|6690-2,"
    "http://loinc.org|26464-8,http://loinc.org|804-5,http://loinc.org|49498-9,"
    "http://loinc.org|718-7,http://loinc.org|777-3,http://loinc.org|26515-7,"
    "http://loinc.org|33914-3,http://loinc.org|98979-8,http://loinc.org|62238-1,"
    "http://loinc.org|48642-3,http://loinc.org|34714-6,http://loinc.org|38875-1,"
    "http://loinc.org|46418-0,http://loinc.org|6301-6,http://loinc.org|4548-4,"
    "http://loinc.org|82810-3,http://loinc.org|8310-5,http://loinc.org|8867-4,"
    "http://loinc.org|8480-6,http://loinc.org|72514-3";

std::vector<sdk::Need> needs() {
  using sdk::Level;
  return {
      {.key = "patient", .resource = "Patient", .query = "", .level = Level::required},
      {.key = "conditions", .resource = "Condition", .query = "", .level = Level::required},
      {.key = "procedures", .resource = "Procedure", .query = "", .level = Level::wanted},
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

sdk::Service service() {
  return {
      .id = TreatmentEscalation::kId,
      .hooks = {"patient-view", "order-select", "order-sign"},
      .title = "Psoas syndrome: next step of treatment",
      .description =
          "Offers the next step of treatment of psoas syndrome in adults, what blocks it, and "
          "draft orders for it; on the order hooks, names drafts that a safety rule speaks "
          "against. For a clinician's review: not validated, no diagnosis.",
      .usage_requirements =
          "Needs the patient and the conditions. Medicines, allergies and results decide what can "
          "be suggested: what is not known is never taken for safe.",
      .needs = needs(),
      .required = {},
  };
}

std::string assessment() {
  return json::object([](json::Object& out) {
    out.string("plugin", TreatmentEscalation::kId);
    out.string("version", TreatmentEscalation::kVersion);
  });
}

}  // namespace

std::span<const Option<Options>> option_rows() {
  return kOptions;
}

sdk::Declaration TreatmentEscalation::declaration() {
  return {
      .id = kId,
      .version = kVersion,
      .services = {service()},
      .options = sdk::declare(option_rows()),
      .limits = {},
      .source =
          {
              {"developer", "Psoas CDS"},
              {"intended_use",
               "To help clinicians choose the next step of treatment of psoas syndrome, and to "
               "name orders that a safety rule speaks against"},
              {"population", "Adults with hip, groin, thigh, pelvic or low back pain"},
              {"cautions",
               "Not a diagnosis and no order by itself; recent heart attack or heart surgery, "
               "SSRIs, diuretics and ARBs are not looked for"},
              {"logic",
               "Red flags first, then an ordinal ladder; safety rules for NSAIDs, acetaminophen "
               "and injections over coded conditions, results, medicines and allergies"},
              {"validation", "None on real patients; consistency with the written rules is tested"},
          },
  };
}

Result<TreatmentEscalation> TreatmentEscalation::open(const sdk::Setup& setup) {
  CDSS_TRY(auto options, read_options(option_rows(), setup.options()));
  CDSS_TRY(const auto file, setup.knowledge(kOrdersFile));
  CDSS_TRY(auto orders, Orders::read(file));
  return TreatmentEscalation{std::move(options), std::move(orders)};
}

Result<sdk::Answer> TreatmentEscalation::evaluate(const sdk::Request& request) const {
  sdk::Answer answer;
  if (request.explain()) {
    answer.assessment = assessment();
  }
  return answer;
}

}  // namespace cdss::treatment_escalation
