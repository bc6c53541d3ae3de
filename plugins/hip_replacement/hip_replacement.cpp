#include "plugins/hip_replacement/hip_replacement.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/json/json_writer.hpp"
#include "plugins/cards/not_seen_card.hpp"
#include "plugins/cards/prompts.hpp"
#include "plugins/cards/red_flag_card.hpp"
#include "plugins/cards/request.hpp"
#include "plugins/cards/wording.hpp"
#include "plugins/hip_replacement/card.hpp"

namespace cdss::hip_replacement {
namespace {

constexpr std::string_view kShown[] = {"relevant", "always"};
constexpr Option<Options> kOptions[] = {
    {.name = "show",
     .member = &Options::show,
     .choices = kShown,
     .doc = "relevant: a card when a hip arthroplasty is recorded and matters now; always: "
            "whenever one is recorded.",
     .source = "plugins/hip_replacement/README.md, HR-07 to HR-09, HR-11"},
};

// The first two are the pain of the hip itself, whose side is held against the implant's.
constexpr std::size_t kOfTheHip = 2;
constexpr std::string_view kPain[] = {
    "groin_pain", "hip_pain", "low_back_pain", "pelvic_pain",         "buttock_pain",
    "thigh_pain", "leg_pain", "knee_pain",     "lower_quadrant_pain", "flank_pain"};
constexpr std::string_view kViews[] = {"xray_hip", "xray_hip_crosstable_lateral",
                                       "xray_hip_true_lateral", "xray_pelvis"};

sdk::Service service() {
  return {
      .id = HipReplacement::kId,
      .hooks = {"patient-view", "encounter-start", "appointment-book"},
      .title = "Hip replacement on record",
      .description =
          "Tells that a hip arthroplasty is recorded, which, when and on which side, when it "
          "matters now: within 90 days, with pain in the region, a coded complication or a red "
          "flag; and how far infection and the implant have been looked at. For a clinician's "
          "review: not validated, no diagnosis.",
      .usage_requirements =
          "Needs the patient, and conditions or procedures. Laboratory results serve the infection "
          "screen; results, examination findings, medications and allergies serve the red flags.",
      .needs = cards::needs({.conditions = sdk::Level::wanted}),
      .required = {{"conditions", "procedures"}},
  };
}

std::vector<std::string> references(const std::vector<rules::HipEvidence>& all) {
  std::vector<std::string> texts;
  texts.reserve(all.size());
  for (const auto& one : all) {
    texts.push_back(one.finding.reference);
  }
  return texts;
}

/// What is not known of the record, and of a total hip replacement in it.
std::vector<std::string> missing_of(const Assessment& assessment) {
  const auto& hip = assessment.facts.hip;
  std::vector<std::string> missing = assessment.gaps.keys;
  if (hip.is_any() && !hip.latest) {
    cards::add_missing(missing, "date");
  }
  if (hip.is_any() && !hip.sides.is_known()) {
    cards::add_missing(missing, "side");
  }
  if (hip.flag != rules::ThaFlag::none) {
    for (const auto name : assessment.work_up.missing()) {
      cards::add_missing(missing, name);
    }
  }
  return missing;
}

std::string write_assessment(const Assessment& assessment) {
  const auto& hip = assessment.facts.hip;
  return json::object([&](json::Object& out) {
    out.string("thaFlag", rules::to_string(hip.flag));
    out.strings("procedures", references(hip.operations));
    out.strings("conditions", references(hip.conditions));
    if (!hip.other_operations.empty()) {
      out.strings("otherProcedures", references(hip.other_operations));
      out.string("note", "hip arthroplasty, not THA");
    }
    if (hip.is_any()) {
      out.string("side", rules::to_string(hip.sides));
      if (hip.latest) {
        out.string("date", rules::text_of(*hip.latest));
      }
    }
    cards::write_red_flags(out, assessment.red_flags);
    cards::write_prompts(out, assessment.prompts);
    out.strings("missing", missing_of(assessment));
    out.string("plugin", HipReplacement::kId);
    out.string("version", HipReplacement::kVersion);
  });
}

/// The markers that the infection screen looks for are among the results.
Result<void> require_markers(const rules::FactDefinitions& definitions, View where) {
  for (const auto* id : {"crp", "esr"}) {
    if (rules::find_by_id(definitions.results, id) == nullptr) {
      return where.error(Errc::missing, std::string{"no result "} + id + " is defined");
    }
  }
  return {};
}

/// Pain of the region that is coded, in the order of the concepts.
std::vector<rules::HipEvidence> pain_of(const rules::Findings& findings,
                                        std::span<const rules::ConceptId> concepts) {
  std::vector<rules::HipEvidence> pain;
  for (const auto id : concepts) {
    for (const auto& finding : findings.of(id)) {
      pain.push_back({.concept_id = id, .finding = finding});
    }
  }
  return pain;
}

/// Is a hip arthroplasty recorded that bears on the patient today?
bool matters_now(const Assessment& assessment) {
  const auto& hip = assessment.facts.hip;
  return hip.is_early || hip.has_early_other || !assessment.pain.empty() ||
         !hip.complications.empty() || assessment.red_flags.any() || assessment.prompts.any();
}

}  // namespace

sdk::Declaration HipReplacement::declaration() {
  return {
      .id = kId,
      .version = kVersion,
      .services = {service()},
      .options = sdk::declare<Options>(kOptions),
      .source =
          {
              {"developer", "Psoas CDS"},
              {"intended_use",
               "To show clinicians that a hip arthroplasty is recorded when it bears on pain in "
               "the region"},
              {"population", "Patients with a recorded hip arthroplasty"},
              {"cautions",
               "Not validated; not a diagnosis; not a medical device. What is not recorded is "
               "unknown, never normal"},
              {"logic",
               "Completed procedures and confirmed conditions that are there now, by code; 90 days "
               "part the early from the late pathway and its cut-offs of CRP and ESR"},
              {"validation", "None on real patients; consistency with the written rules is tested"},
          },
  };
}

Result<HipReplacement> HipReplacement::open(const sdk::Setup& setup) {
  CDSS_TRY(auto options, read_options<Options>(kOptions, setup.options()));
  CDSS_TRY(auto knowledge, cards::read_knowledge(setup));
  CDSS_CHECK(require_markers(knowledge->definitions, setup.options()));
  const auto& concepts = knowledge->definitions.concepts;
  CDSS_TRY(auto pain, concepts.require_all(kPain, setup.options()));
  CDSS_TRY(auto views, concepts.require_all(kViews, setup.options()));
  return HipReplacement{std::move(options), std::move(knowledge), std::move(pain),
                        std::move(views)};
}

Result<sdk::Answer> HipReplacement::evaluate(const sdk::Request& request) const {
  Assessment assessment{cards::Assessment::of(*knowledge_, request), {}, {}, {}, {}};
  const auto& facts = assessment.facts;
  assessment.work_up = look_up(knowledge_->red_flags.limits, facts, views_);
  assessment.pain = pain_of(facts.findings, pain_);
  assessment.hip_pain = pain_of(facts.findings, std::span{pain_}.first(kOfTheHip));
  assessment.procedures = request.key("procedures").state;

  sdk::Answer answer;
  const bool is_shown = matters_now(assessment) || options_.show == "always";
  if (facts.hip.is_any() && is_shown && !facts.person.is_deceased) {
    answer.cards.push_back(card(assessment));
  } else if (auto unseen =
                 cards::not_seen_card(assessment, request, kId, cards::LooksFor::implant)) {
    answer.cards.push_back(*std::move(unseen));
  }
  if (request.explain()) {
    answer.assessment = write_assessment(assessment);
  }
  return answer;
}

}  // namespace cdss::hip_replacement
