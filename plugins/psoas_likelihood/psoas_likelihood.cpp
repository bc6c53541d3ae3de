#include "plugins/psoas_likelihood/psoas_likelihood.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json_writer.hpp"
#include "plugins/clinical/request.hpp"
#include "plugins/psoas_likelihood/card.hpp"
#include "plugins/rules/facts.hpp"
#include "plugins/rules/likelihood.hpp"
#include "plugins/sdk/gaps.hpp"

namespace cdss::psoas_likelihood {
namespace {

sdk::Service service() {
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
      .needs = clinical::needs(),
      .required = {},
  };
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
  CDSS_TRY(auto knowledge, clinical::read_knowledge(setup));
  return PsoasLikelihood{std::move(knowledge)};
}

Result<sdk::Answer> PsoasLikelihood::evaluate(const sdk::Request& request) const {
  const auto today = request.today();
  const auto record = clinical::record_of(request);
  const auto facts = rules::Facts::read(*knowledge_, record, today);
  const auto& score = knowledge_->score;
  const auto& person = facts.person;
  const auto likelihood = rules::weigh(score, facts.findings, facts.items, facts.hip, person.scope);

  sdk::Gaps gaps;
  if (person.scope == rules::AgeScope::unknown) {
    gaps.keys.emplace_back("birthDate");
  }
  gaps.note(request, "conditions", "conditions");
  gaps.note(request, "procedures", "procedures");
  gaps.note(request, "results", "laboratory results and vital signs");
  gaps.note(request, "examination", "examination findings");
  gaps.note(request, "questionnaire", "examination forms");
  gaps.note_unused("conditions", facts.findings.unreadable(), "conditions", "could not be read");
  gaps.note_unused("procedures", facts.hip.unreadable, "procedures", "could not be read");
  note_unused(gaps, facts.items.unused());

  sdk::Answer answer;
  const bool has_band =
      likelihood.band == rules::Band::possible || likelihood.band == rules::Band::likely;
  if (!person.is_deceased && has_band) {
    answer.cards.push_back(band_card(score, likelihood, gaps));
  } else if (!person.is_deceased && person.scope == rules::AgeScope::minor &&
             has_regional_pain(score, likelihood)) {
    answer.cards.push_back(paediatric_card(rules::is_surely_minor(*person.birth_date, today)));
  }
  if (request.explain()) {
    answer.assessment = assessment(likelihood, facts.hip, gaps);
  }
  return answer;
}

}  // namespace cdss::psoas_likelihood
