#include <algorithm>
#include <iterator>
#include <string_view>

#include "plugins/cards/wording.hpp"
#include "plugins/hip_replacement/sections.hpp"

namespace cdss::hip_replacement {
namespace {

using rules::HipEvidence;
using rules::ThaFlag;

/// The operations that the day is looked for in.
const std::vector<HipEvidence>& main_operations(const rules::HipReplacement& hip) {
  return hip.flag == ThaFlag::none ? hip.other_operations : hip.operations;
}

bool is_undated(const HipEvidence& operation) {
  return !operation.finding.days && !operation.is_in_future;
}

bool is_unclear(const HipEvidence& operation) {
  return operation.finding.is_status_unclear;
}

std::string when_of(const Assessment& assessment) {
  const auto& hip = assessment.facts.hip;
  if (hip.latest) {
    return rules::text_of(rules::days_ago(*hip.latest, assessment.facts.today));
  }
  if (assessment.procedures == sdk::KeyState::unavailable) {
    return assessment.texts().of("hip.when.unseen");
  }
  return assessment.texts().of(std::ranges::any_of(main_operations(hip), &HipEvidence::is_in_future)
                                   ? "hip.when.future"
                                   : "hip.when.unknown");
}

/// Why the late pathway is taken without a day.
std::string why_treated_as_late(const Assessment& assessment) {
  switch (assessment.procedures) {
    case sdk::KeyState::unavailable:
      return assessment.texts().of("hip.phase.why.unseen");
    case sdk::KeyState::truncated:
      return assessment.texts().of("hip.phase.why.in-part");
    default:
      return assessment.texts().of(
          std::ranges::any_of(assessment.facts.hip.operations, &HipEvidence::is_in_future)
              ? "hip.phase.why.future"
              : "hip.phase.why.unknown");
  }
}

std::string phase_of_total(const Assessment& assessment) {
  const auto& hip = assessment.facts.hip;
  const auto& texts = assessment.texts();
  if (hip.flag == ThaFlag::pathway_early) {
    return texts.of("hip.phase.early");
  }
  const std::string means = texts.of("hip.phase.late-means");
  if (!hip.latest) {
    return texts.of("hip.phase.undated",
                    {{"why", why_treated_as_late(assessment)}, {"means", means}});
  }
  const bool is_in_part = assessment.procedures == sdk::KeyState::truncated;
  return texts.of(is_in_part ? "hip.phase.late-in-part" : "hip.phase.late", {{"means", means}});
}

/// @param text_id  how each is named, with its name as {text}; else its name alone.
std::string list(const Assessment& assessment, const std::vector<HipEvidence>& all,
                 std::string_view text_id = {}) {
  constexpr std::size_t kMost = 8;
  const auto& texts = assessment.texts();
  std::string lines;
  for (std::size_t i = 0; i < std::min(kMost, all.size()); ++i) {
    const std::string name = assessment.name_of(all[i].concept_id);
    std::string where = rules::text_of(all[i].finding);
    if (all[i].is_in_future) {
      where += (where.empty() ? "" : ", ") + texts.of("hip.recorded.future");
    }
    lines += cards::bullet((text_id.empty() ? name : texts.of(text_id, {{"text", name}})) +
                           (where.empty() ? where : " (" + where + ')'));
  }
  if (all.size() > kMost) {
    const auto more = std::to_string(all.size() - kMost);
    lines += cards::bullet(texts.of("section.more", {{"count", more}}));
  }
  return lines;
}

/// The conditions that name no complication: those stand first, in a list of their own.
std::vector<HipEvidence> other_conditions(const rules::HipReplacement& hip) {
  std::vector<HipEvidence> others;
  std::ranges::copy_if(hip.conditions, std::back_inserter(others), [&](const HipEvidence& one) {
    return std::ranges::find(hip.complications, one.concept_id, &HipEvidence::concept_id) ==
           hip.complications.end();
  });
  return others;
}

std::string sentences_on_sides(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  const auto of_implant = assessment.facts.hip.sides;
  rules::Sides of_pain;
  for (const auto& one : assessment.hip_pain) {
    of_pain |= one.finding.sides;
  }
  std::string text;
  const auto add = [&](bool holds, std::string_view id) {
    text += holds ? texts.of(id) + '\n' : "";
  };
  add(!of_implant.is_known(), "hip.recorded.no-side");
  add(!assessment.hip_pain.empty() && !of_pain.is_known(), "hip.pain.no-side");
  add(rules::are_opposite(of_pain, of_implant), "hip.pain.other-side");
  return text;
}

}  // namespace

std::string Assessment::name_of(rules::ConceptId id) const {
  return texts().of("concept." + knowledge.definitions.concepts.name(id));
}

std::string implant_in_brief(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  const auto& hip = assessment.facts.hip;
  std::string text = texts.of(hip.flag == ThaFlag::none ? "hip.what.other" : "hip.what.total");
  if (hip.sides.is_known()) {
    const bool is_both = hip.sides.left && hip.sides.right;
    text += ", " + texts.of(is_both ? "hip.side.both" : "hip.side.one",
                            {{"side", rules::to_string(hip.sides)}});
  }
  if (!hip.is_confirmed) {
    text += ", " + texts.of(std::ranges::any_of(main_operations(hip), is_unclear)
                                ? "hip.what.unclear"
                                : "hip.what.not-confirmed");
  }
  return text + ", " + when_of(assessment);
}

std::string phases(const Assessment& assessment) {
  const auto& hip = assessment.facts.hip;
  const auto& texts = assessment.texts();
  std::string text;
  const auto add = [&](const std::string& paragraph) {
    text += (text.empty() ? "" : "\n\n") + paragraph;
  };
  if (hip.flag != ThaFlag::none) {
    add(phase_of_total(assessment));
  }
  if (!hip.other_operations.empty()) {
    add(texts.of("hip.phase.other"));
  }
  if (hip.has_early_other) {
    text += ' ' + texts.of("hip.phase.other-early");
  }
  if (hip.latest && std::ranges::any_of(main_operations(hip), is_undated)) {
    add(texts.of("hip.phase.one-undated"));
  }
  return text + '\n';
}

void add_record(std::string& detail, const Assessment& assessment) {
  const auto& hip = assessment.facts.hip;
  const auto& texts = assessment.texts();
  cards::add_section(detail, texts.of("hip.section.recorded"),
                     list(assessment, hip.complications) + list(assessment, hip.operations) +
                         list(assessment, hip.other_operations, "hip.recorded.not-total") +
                         list(assessment, other_conditions(hip)));
  const std::string sides = sentences_on_sides(assessment);
  detail += sides.empty() ? sides : '\n' + sides;
  cards::add_section(detail, texts.of("hip.section.pain"), list(assessment, assessment.pain));
}

}  // namespace cdss::hip_replacement
