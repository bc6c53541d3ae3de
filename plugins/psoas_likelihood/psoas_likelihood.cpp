#include "plugins/psoas_likelihood/psoas_likelihood.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/json/json_writer.hpp"
#include "plugins/cards/not_seen_card.hpp"
#include "plugins/cards/prompts.hpp"
#include "plugins/cards/red_flag_card.hpp"
#include "plugins/cards/request.hpp"
#include "plugins/cards/wording.hpp"
#include "plugins/psoas_likelihood/card.hpp"
#include "plugins/rules/likelihood/likelihood.hpp"

namespace cdss::psoas_likelihood {
namespace {

sdk::Service service() {
  return {
      .id = PsoasLikelihood::kId,
      .hooks = {"patient-view", "encounter-start"},
      .title = "Psoas syndrome: what the record suggests",
      .description =
          "Reads the recorded findings for and against psoas syndrome in adults and answers with "
          "an ordinal band (possible or likely), its reasons, red flags and what to examine next. "
          "For a clinician's review: not validated, no diagnosis.",
      .usage_requirements =
          "Needs the patient and the conditions. Examination findings are read as Observations or "
          "QuestionnaireResponses of the hip examination form; laboratory results, medications and "
          "allergies serve the red flags.",
      .needs = cards::needs(),
  };
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

std::string write_assessment(const Assessment& assessment) {
  const auto& likelihood = assessment.likelihood;
  return json::object([&](json::Object& out) {
    out.string("band", rules::to_string(likelihood.band));
    out.number("score", likelihood.score.text());
    out.array("contributions", [&](json::Array& contributions) {
      for (const auto& contribution : likelihood.contributions) {
        contributions.object([&](json::Object& object) { write(object, contribution); });
      }
    });
    out.string("thaFlag", rules::to_string(assessment.facts.hip.flag));
    cards::write_red_flags(out, assessment.red_flags);
    cards::write_prompts(out, assessment.prompts);
    std::vector<std::string_view> caps;
    for (const auto& cap : likelihood.caps) {
      caps.push_back(cap.id);
    }
    out.strings("caps", caps);
    std::vector<std::string> missing = assessment.gaps.keys;
    for (const auto& next : likelihood.missing_exam) {
      cards::add_missing(missing, next.item->id);
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
      .source =
          {
              {"developer", "Psoas CDS"},
              {"intended_use",
               "To show clinicians which recorded findings speak for and against psoas syndrome in "
               "an adult"},
              {"population", "Adults from 18 years; no band is given for others"},
              {"cautions",
               "Not validated; not a diagnosis; not a medical device. What is not recorded is "
               "unknown, never normal"},
              {"logic",
               "A sum of published and project-chosen weights with bounds, cut into ordinal bands; "
               "every row with its source in knowledge/psoas-likelihood.json"},
              {"validation", "None on real patients; consistency with the written rules is tested"},
          },
  };
}

Result<PsoasLikelihood> PsoasLikelihood::open(const sdk::Setup& setup) {
  CDSS_TRY(auto knowledge, cards::read_knowledge(setup));
  return PsoasLikelihood{std::move(knowledge)};
}

Result<sdk::Answer> PsoasLikelihood::evaluate(const sdk::Request& request) const {
  const auto assessment = Assessment::of(*knowledge_, request);
  const auto& likelihood = assessment.likelihood;

  sdk::Answer answer;
  const bool has_band =
      likelihood.band == rules::Band::possible || likelihood.band == rules::Band::likely;
  if (!assessment.facts.person.is_deceased) {
    if (has_band || cards::may_show(assessment) || assessment.prompts.has_always()) {
      answer.cards.push_back(card(assessment));
    } else if (assessment.facts.person.scope == rules::AgeScope::minor &&
               has_regional_pain(knowledge_->score, likelihood)) {
      answer.cards.push_back(paediatric_card(assessment));
    } else if (auto unseen =
                   cards::not_seen_card(assessment, request, kId, cards::LooksFor::pain)) {
      answer.cards.push_back(*std::move(unseen));
    }
  }
  if (request.explain()) {
    answer.assessment = write_assessment(assessment);
  }
  return answer;
}

}  // namespace cdss::psoas_likelihood
