#include "plugins/hip_replacement/card.hpp"

#include <string>
#include <string_view>

#include "core/hooks/card/markdown.hpp"
#include "plugins/cards/prompts.hpp"
#include "plugins/cards/red_flag_card.hpp"
#include "plugins/cards/wording.hpp"
#include "plugins/hip_replacement/hip_replacement.hpp"
#include "plugins/hip_replacement/sections.hpp"

namespace cdss::hip_replacement {
namespace {

using rules::ThaFlag;

constexpr std::string_view kOverrides[] = {"hip.override.explained", "hip.override.known",
                                           "hip.override.error"};

/// "CRP, ESR, radiograph", as far as they are not known.
std::string missing_in_words(const Assessment& assessment) {
  const auto& work_up = assessment.work_up;
  std::string text;
  const auto add = [&](bool is_known, const std::string& name) {
    text += is_known ? "" : (text.empty() ? "" : ", ") + name;
  };
  add(work_up.crp.is_known(), work_up.crp.definition->text);
  add(work_up.esr.is_known(), work_up.esr.definition->text);
  add(work_up.has_radiograph(), assessment.texts().of("hip.radiograph.missing"));
  return text;
}

/// What is most to be known first; what would make it too long is left to the detail.
std::string summary(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  const auto& hip = assessment.facts.hip;
  if (assessment.prompts.any()) {
    return cards::prompt_summary(assessment, "psoas.summary.prompt");
  }
  std::string text = texts.of("hip.summary", {{"what", implant_in_brief(assessment)}});
  const auto add = [&](const std::string& part) {
    if (hooks::count_code_points(text + "; " + part) < cards::kSummaryBelow) {
      text += "; " + part;
    }
  };
  const auto add_coded = [&](const std::vector<rules::HipEvidence>& all) {
    if (!all.empty()) {
      add(texts.of("hip.summary.coded", {{"text", assessment.name_of(all.front().concept_id)}}));
    }
  };
  add_coded(hip.complications);
  if (hip.flag != ThaFlag::none && hip.has_early_other) {
    const auto& other = hip.other_operations.front().finding;
    add(texts.of("hip.summary.other-early",
                 {{"ago", rules::text_of(rules::days_ago(*other.days, assessment.facts.today))}}));
  }
  add_coded(assessment.pain);
  if (!raised_markers(assessment).empty()) {
    add(texts.of("hip.summary.infection-open"));
  }
  const bool has_complaint = !assessment.pain.empty() || !hip.complications.empty();
  if (const auto missing = missing_in_words(assessment);
      hip.flag != ThaFlag::none && has_complaint && !missing.empty()) {
    add(texts.of("hip.summary.missing", {{"list", missing}}));
  }
  return text;
}

}  // namespace

hooks::Card card(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  const auto& hip = assessment.facts.hip;
  const bool has_red_flag = assessment.red_flags.any();
  hooks::Card card;
  if (has_red_flag) {
    card = cards::red_flag_card(assessment, HipReplacement::kId);
    card.detail += '\n';
  } else {
    const std::string kind{hip.flag == ThaFlag::none ? "not-total" : rules::to_string(hip.flag)};
    card = cards::new_card(texts, HipReplacement::kId, "hip-replacement-" + kind, kOverrides);
    card.summary = summary(assessment);
    const bool is_calm = hip.complications.empty() && !assessment.prompts.any();
    card.indicator = is_calm ? hooks::Indicator::info : hooks::Indicator::warning;
    cards::add_prompts(card.detail, assessment);
    card.detail += assessment.prompts.any() ? "\n" : "";
  }
  card.detail += phases(assessment);
  add_record(card.detail, assessment);
  if (hip.flag != ThaFlag::none) {
    add_infection_screen(card.detail, assessment);
    add_imaging(card.detail, assessment);
    add_pattern(card.detail, assessment);
  }
  if (!has_red_flag) {
    cards::add_reminders(card.detail, assessment);
  }
  cards::add_end(card.detail, texts, assessment.gaps);
  return card;
}

}  // namespace cdss::hip_replacement
