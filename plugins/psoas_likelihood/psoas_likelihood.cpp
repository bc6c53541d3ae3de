#include "plugins/psoas_likelihood/psoas_likelihood.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json_writer.hpp"
#include "fhir/patient.hpp"
#include "fhir/read_all.hpp"
#include "plugins/psoas_likelihood/card.hpp"
#include "plugins/rules/age_scope.hpp"
#include "plugins/rules/findings.hpp"
#include "plugins/rules/likelihood.hpp"
#include "plugins/rules/local_items.hpp"
#include "plugins/sdk/gaps.hpp"

namespace cdss::psoas_likelihood {
namespace {

constexpr std::string_view kScoreFile = "knowledge/psoas-likelihood.json";

sdk::Service service() {
  using sdk::Level;
  return {
      .id = PsoasLikelihood::kId,
      .hooks = {"patient-view", "encounter-start"},
      .title = "Psoas syndrome: what the record suggests",
      .description =
          "Reads the recorded findings for and against psoas syndrome in adults and answers with "
          "an ordinal band (possible or likely), its reasons and what is missing. For a "
          "clinician's review: not validated, no diagnosis.",
      .usage_requirements =
          "Needs the patient and the conditions. Examination findings are read as Observations or "
          "QuestionnaireResponses of the hip examination form. Red flags are not evaluated in this "
          "version.",
      .needs =
          {
              {.key = "patient", .resource = "Patient", .query = "", .level = Level::required},
              {.key = "conditions", .resource = "Condition", .query = "", .level = Level::required},
              {.key = "procedures", .resource = "Procedure", .query = "", .level = Level::wanted},
              {.key = "examination",
               .resource = "Observation",
               .query = "code=https://psoas-cds.github.io/fhir/CodeSystem/hip-exam|",
               .level = Level::wanted},
              {.key = "questionnaire",
               .resource = "QuestionnaireResponse",
               .query = "questionnaire=https://psoas-cds.github.io/fhir/Questionnaire/hip-exam",
               .level = Level::wanted},
          },
      .required = {},
  };
}

/// The patient's birth date and whether they have died.
struct Person {
  std::optional<fhir::PartialDate> birth_date;
  bool is_deceased = false;
};

Person read_person(const sdk::Key& key) {
  Person person;
  if (key.value) {
    for (const auto& patient : fhir::read_all<fhir::Patient>(*key.value).values) {
      person.birth_date = patient.birth_date;
      person.is_deceased = patient.is_deceased();
    }
  }
  return person;
}

/// Why answers of the examination are not known, each reason for itself.
void note_unused(sdk::Gaps& gaps, const rules::UnusedAnswers& unused) {
  const auto note = [&](std::size_t count, std::string_view why) {
    gaps.note_unused("examination", count, "examination answers", why);
  };
  note(unused.too_old, "could not be used: too old");
  note(unused.in_future, "could not be used: dated in the future");
  note(unused.without_day, "could not be used: without a day");
  note(unused.unreadable, "could not be used: unreadable, or not a value of the item");
}

bool has_regional_pain(const rules::ScoreRules& score, const rules::Likelihood& likelihood) {
  return std::ranges::any_of(likelihood.contributions, [&](const rules::Contribution& part) {
    return part.row != nullptr && score.is_in_group(*part.row, "regional_pain");
  });
}

void write(json::Object& out, const rules::Contribution& contribution) {
  out.string("id", contribution.id);
  out.number("weight", contribution.points.text());
  std::vector<std::string> evidence;
  for (const auto& finding : contribution.evidence) {
    evidence.push_back(finding.reference);
  }
  out.strings("evidence", evidence);
  if (contribution.row != nullptr) {
    out.strings("sources", contribution.row->sources);
  }
}

std::string assessment(const rules::Likelihood& likelihood, const rules::HipReplacement& hip,
                       const sdk::Gaps& gaps) {
  return json::object([&](json::Object& out) {
    out.string("band", rules::to_string(likelihood.band));
    out.number("score", likelihood.score.text());
    out.array("contributions", [&](json::Array& contributions) {
      for (const auto& contribution : likelihood.contributions) {
        contributions.object([&](json::Object& object) { write(object, contribution); });
      }
    });
    out.string("thaFlag", rules::to_string(hip.flag));
    std::vector<std::string> missing = gaps.keys;
    for (const auto* item : likelihood.missing_exam) {
      missing.push_back(item->id);
    }
    out.strings("missing", missing);
    out.string("plugin", PsoasLikelihood::kId);
    out.string("version", PsoasLikelihood::kVersion);
  });
}

}  // namespace

sdk::Declaration PsoasLikelihood::declaration() {
  return {
      .id = kId,
      .version = kVersion,
      .services = {service()},
      .options = {},
      .limits = {},
      .source =
          {
              {"developer", "Psoas CDS"},
              {"intended_use",
               "To show clinicians which recorded findings speak for and against psoas syndrome in "
               "an adult"},
              {"population", "Adults from 18 years; no band is given for others"},
              {"cautions",
               "Not validated; not a diagnosis; red flags are not evaluated in this version"},
              {"logic",
               "A sum of published and project-chosen weights with bounds, cut into ordinal bands; "
               "every row with its source in knowledge/psoas-likelihood.json"},
              {"validation", "None on real patients; consistency with the written rules is tested"},
          },
  };
}

Result<PsoasLikelihood> PsoasLikelihood::open(const sdk::Setup& setup) {
  CDSS_TRY(const auto knowledge, setup.knowledge(kScoreFile));
  CDSS_TRY(auto concepts, rules::Concepts::read(setup.value_sets()));
  CDSS_TRY(auto score, rules::ScoreRules::read(concepts, knowledge));
  CDSS_TRY(const auto sides, rules::SideReader::make(concepts, knowledge));
  CDSS_TRY(auto hip, rules::HipReplacementRules::make(concepts, knowledge));
  return PsoasLikelihood{std::move(concepts), std::move(score), sides, std::move(hip)};
}

Result<sdk::Answer> PsoasLikelihood::evaluate(const sdk::Request& request) const {
  const auto today = request.today();
  const Person person = read_person(request.key("patient"));
  auto findings = rules::Findings::read(concepts_, sides_, request.key("conditions").value, today);
  findings.add_procedures(concepts_, sides_, request.key("procedures").value, today);
  const auto items = rules::LocalItems::read(score_.items, request.key("examination").value,
                                             request.key("questionnaire").value, today);
  const auto hip = hip_.assess(concepts_, sides_, findings, request.key("procedures").value, today);
  const auto age = rules::age_scope(person.birth_date, today);
  const auto likelihood = rules::weigh(score_, findings, items, hip, age);

  sdk::Gaps gaps;
  if (age == rules::AgeScope::unknown) {
    gaps.keys.emplace_back("birthDate");
  }
  gaps.note(request, "conditions", "conditions");
  gaps.note(request, "procedures", "procedures");
  gaps.note(request, "examination", "examination findings");
  gaps.note(request, "questionnaire", "examination forms");
  gaps.note_unused("conditions", findings.unreadable(), "conditions", "could not be read");
  gaps.note_unused("procedures", hip.unreadable, "procedures", "could not be read");
  note_unused(gaps, items.unused());

  sdk::Answer answer;
  const bool has_band =
      likelihood.band == rules::Band::possible || likelihood.band == rules::Band::likely;
  if (!person.is_deceased && has_band) {
    answer.cards.push_back(band_card(score_, likelihood, gaps));
  } else if (!person.is_deceased && age == rules::AgeScope::minor &&
             has_regional_pain(score_, likelihood)) {
    answer.cards.push_back(paediatric_card(rules::is_surely_minor(*person.birth_date, today)));
  }
  if (request.explain()) {
    answer.assessment = assessment(likelihood, hip, gaps);
  }
  return answer;
}

}  // namespace cdss::psoas_likelihood
