#include "plugins/hip_replacement/hip_replacement.hpp"

#include <string_view>

#include "core/base/json_writer.hpp"
#include "plugins/clinical/request.hpp"
#include "plugins/hip_replacement/card.hpp"
#include "plugins/rules/facts.hpp"
#include "plugins/sdk/gaps.hpp"

namespace cdss::hip_replacement {
namespace {

constexpr std::string_view kShown[] = {"relevant", "always"};
constexpr Option<Options> kOptions[] = {
    {.name = "show",
     .member = &Options::show,
     .choices = kShown,
     .doc = "relevant: a card when a hip arthroplasty is recorded and matters now; always: "
            "whenever one is recorded.",
     .source = "plugins/hip_replacement/README.md, HR-07 to HR-09"},
};

// The first two are the pain of the hip itself, whose side is held against the implant's.
constexpr std::size_t kOfTheHip = 2;
constexpr std::string_view kPain[] = {"groin_pain",   "hip_pain",   "low_back_pain", "pelvic_pain",
                                      "buttock_pain", "thigh_pain", "leg_pain",      "knee_pain"};

sdk::Service service() {
  return {
      .id = HipReplacement::kId,
      .hooks = {"patient-view", "encounter-start", "appointment-book"},
      .title = "Hip replacement on record",
      .description =
          "Tells that a hip arthroplasty is recorded, which, when and on which side, when it "
          "matters now: within 90 days, with pain in the region, or with a coded complication. For "
          "a clinician's review: no diagnosis.",
      .usage_requirements =
          "Needs the patient, and conditions or procedures. Red flags are not evaluated in this "
          "version.",
      .needs = clinical::needs({.conditions = sdk::Level::wanted}),
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

std::string assessment(const rules::HipReplacement& hip, const sdk::Gaps& gaps) {
  return json::object([&](json::Object& out) {
    out.string("thaFlag", rules::to_string(hip.flag));
    out.strings("procedures", references(hip.operations));
    out.strings("conditions", references(hip.conditions));
    if (!hip.other_operations.empty()) {
      out.strings("otherProcedures", references(hip.other_operations));
      out.string("note", "hip arthroplasty, not THA");
    }
    std::vector<std::string> missing = gaps.keys;
    if (hip.is_any()) {
      out.string("side", rules::to_string(hip.sides));
      if (hip.latest) {
        out.string("date", rules::text_of(*hip.latest));
      } else {
        missing.emplace_back("date");
      }
      if (!hip.sides.is_known()) {
        missing.emplace_back("side");
      }
    }
    out.strings("missing", missing);
    out.string("plugin", HipReplacement::kId);
    out.string("version", HipReplacement::kVersion);
  });
}

}  // namespace

std::span<const Option<Options>> option_rows() {
  return kOptions;
}

sdk::Declaration HipReplacement::declaration() {
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
               "To show clinicians that a hip arthroplasty is recorded when it bears on pain in "
               "the region"},
              {"population", "Patients with a recorded hip arthroplasty"},
              {"cautions", "Not a diagnosis; red flags are not evaluated in this version"},
              {"logic",
               "Completed procedures and confirmed conditions that are there now, by code; 90 days "
               "part the early from the late pathway"},
              {"validation", "None on real patients; consistency with the written rules is tested"},
          },
  };
}

Result<HipReplacement> HipReplacement::open(const sdk::Setup& setup) {
  CDSS_TRY(auto options, read_options(option_rows(), setup.options()));
  CDSS_TRY(auto knowledge, clinical::read_knowledge(setup));
  std::vector<rules::ConceptId> pain;
  for (const auto name : kPain) {
    CDSS_TRY(const auto id, knowledge->concepts.require(name, setup.options()));
    pain.push_back(id);
  }
  return HipReplacement{std::move(options), std::move(knowledge), std::move(pain)};
}

Result<sdk::Answer> HipReplacement::evaluate(const sdk::Request& request) const {
  const auto today = request.today();
  const auto record = clinical::record_of(request);
  const auto facts = rules::Facts::read(*knowledge_, record, today);
  const auto& findings = facts.findings;
  const auto& hip = facts.hip;

  sdk::Gaps gaps;
  gaps.note(request, "conditions", "conditions");
  gaps.note(request, "procedures", "procedures");
  gaps.note_unused("conditions", findings.unreadable(), "conditions", "could not be read");
  gaps.note_unused("procedures", hip.unreadable, "procedures", "could not be read");

  std::vector<rules::HipEvidence> pain;
  std::vector<rules::HipEvidence> hip_pain;
  for (std::size_t i = 0; i < pain_.size(); ++i) {
    for (const auto& finding : findings.of(pain_[i])) {
      pain.push_back({.meaning = pain_[i], .finding = finding});
      if (i < kOfTheHip) {
        hip_pain.push_back(pain.back());
      }
    }
  }
  const bool matters_now =
      hip.is_early || hip.has_early_other || !pain.empty() || !hip.complications.empty();
  sdk::Answer answer;
  if (hip.is_any() && (matters_now || options_.show == "always") && !facts.person.is_deceased) {
    answer.cards.push_back(card(knowledge_->concepts,
                                {.hip = hip,
                                 .pain = pain,
                                 .hip_pain = hip_pain,
                                 .procedures = request.key("procedures").state},
                                gaps, today));
  }
  if (request.explain()) {
    answer.assessment = assessment(hip, gaps);
  }
  return answer;
}

}  // namespace cdss::hip_replacement
