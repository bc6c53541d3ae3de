#include "plugins/psoas_likelihood/card.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "core/hooks/card/markdown.hpp"
#include "plugins/cards/prompts.hpp"
#include "plugins/cards/red_flag_card.hpp"
#include "plugins/cards/wording.hpp"
#include "plugins/psoas_likelihood/psoas_likelihood.hpp"
#include "plugins/rules/likelihood/differentials.hpp"

namespace cdss::psoas_likelihood {
namespace {

using cards::bullet;
using rules::Contribution;
using rules::Texts;

constexpr std::string_view kOverrides[] = {"psoas.override.other-diagnosis", "psoas.override.known",
                                           "psoas.override.error"};
constexpr std::size_t kMost = 3;  // of a kind, where a card names the first few

/// " (Condition/a, 2026-10-03, left; Condition/b)", at most three of them.
std::string where_recorded(const Texts& texts, const std::vector<rules::Finding>& findings) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kMost, findings.size()); ++i) {
    const std::string one = rules::text_of(findings[i]);
    text += one.empty() || text.empty() ? "" : "; ";
    text += one;
  }
  if (findings.size() > kMost) {
    text += "; " + texts.of("section.more", {{"count", std::to_string(findings.size() - kMost)}});
  }
  return text.empty() ? text : " (" + text + ')';
}

/// What was found, or looked for, in words. Of a row with several items: which of them.
std::string name_of(const Texts& texts, const Contribution& contribution) {
  if (!contribution.is_absence) {
    return contribution.row->text;
  }
  std::string text;
  for (const auto* item : contribution.items) {
    text += (text.empty() ? "" : ", ") + item->text;
  }
  return texts.of("psoas.absent",
                  {{"text", contribution.row->items.size() == 1 ? contribution.row->text : text}});
}

/// The line of a row that counts.
std::string line(const Texts& texts, const Contribution& contribution) {
  std::string text = contribution.points.signed_text() + ' ' + name_of(texts, contribution);
  text += where_recorded(texts, contribution.evidence);
  if (contribution.is_other_side) {
    text += ": " + texts.of("psoas.other-side");
  }
  if (!contribution.row->card_note.empty()) {
    text += (contribution.is_other_side ? "; " : ": ") + contribution.row->card_note;
  }
  return bullet(text);
}

/// The line of a row that does not count.
std::string uncounted_line(const Texts& texts, const Contribution& contribution) {
  std::string text = name_of(texts, contribution) + where_recorded(texts, contribution.evidence);
  if (!contribution.why_uncounted.empty()) {
    text.append(": ").append(contribution.why_uncounted);
  }
  return bullet(text);
}

void add_findings(std::string& detail, const Texts& texts, const rules::Likelihood& likelihood) {
  std::string in_favour;
  std::string against;
  std::string limits;
  for (const auto& contribution : likelihood.contributions) {
    if (contribution.bound != nullptr) {
      limits += bullet(contribution.points.signed_text() + ' ' + contribution.bound->text);
    } else {
      (contribution.points > rules::HalfPoints{} ? in_favour : against) +=
          line(texts, contribution);
    }
  }
  cards::add_section(detail, texts.of("psoas.section.for"), in_favour);
  cards::add_section(detail, texts.of("psoas.section.against"), against);
  cards::add_section(detail, texts.of("psoas.section.bounds"), limits);
}

/// What weighs nothing here. Other conditions have a section of their own.
void add_uncounted(std::string& detail, const Texts& texts, const rules::Likelihood& likelihood) {
  std::string found;
  std::string not_found;
  for (const auto& contribution : likelihood.unscored) {
    if (!contribution.row->is_alternative) {
      (contribution.is_absence ? not_found : found) += uncounted_line(texts, contribution);
    }
  }
  cards::add_section(detail, texts.of("psoas.section.uncounted"), found + not_found);
}

/// Which examinations would change the band, most first; else which would change the score.
std::string next_examinations(const Texts& texts, const rules::Likelihood& likelihood) {
  std::string lines;
  if (!likelihood.has_exam) {
    lines += bullet(texts.of("psoas.no-examination"));
  }
  std::vector<rules::NextExamination> missing;
  std::ranges::copy_if(likelihood.missing_exam, std::back_inserter(missing),
                       [&](const auto& next) { return next.changes(likelihood.band); });
  if (missing.empty()) {
    return lines + bullet(texts.of("psoas.examine.none"));
  }
  for (std::size_t i = 0; i < std::min(kMost, missing.size()); ++i) {
    const auto& next = missing[i];
    lines +=
        bullet(texts.of("psoas.examine.changes", {{"item", next.item->text},
                                                  {"present", rules::to_string(next.if_present)},
                                                  {"absent", rules::to_string(next.if_absent)}}));
  }
  if (missing.size() > kMost) {
    lines += bullet(texts.of("section.more", {{"count", std::to_string(missing.size() - kMost)}}));
  }
  return lines;
}

/// Conditions that the record names or that fit it, and what separates them from psoas pain.
std::string other_conditions(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  constexpr std::size_t kMostOthers = 5;
  std::string lines;
  const auto found = rules::find_differentials(assessment.knowledge.differentials,
                                               assessment.knowledge.score, assessment.facts);
  for (std::size_t i = 0; i < std::min(kMostOthers, found.size()); ++i) {
    const auto& one = found[i];
    lines += bullet(texts.of(one.is_recorded ? "psoas.other.recorded" : "psoas.other.fits",
                             {{"text", one.row->text},
                              {"reasons", cards::list_of(texts, one.reasons, 2)},
                              {"separates", one.row->separates}}));
  }
  return lines;
}

std::string band_line(const Assessment& assessment) {
  const auto& likelihood = assessment.likelihood;
  const auto& texts = assessment.texts();
  const auto& score = assessment.knowledge.score;
  std::string text = texts.of("psoas.band", {{"band", rules::to_string(likelihood.band)},
                                             {"score", likelihood.score.text()},
                                             {"possible", score.possible.text()},
                                             {"likely", score.likely.text()}});
  if (likelihood.is_held_by_gate) {
    std::string lacking = likelihood.has_site ? "" : texts.of("psoas.lacking.site");
    if (!likelihood.has_mechanical) {
      lacking += (lacking.empty() ? "" : " and ") + texts.of("psoas.lacking.mechanical");
    }
    text += ' ' + texts.of("psoas.held-by-gate", {{"lacking", lacking}});
  }
  if (likelihood.raw_band != likelihood.band) {
    std::string caps;
    for (const auto& cap : likelihood.caps) {
      caps += (caps.empty() ? "" : "; ") + std::string{cap.text};
    }
    text += ' ' + texts.of("psoas.held-by-caps", {{"caps", caps}});
  }
  return text + ' ' + texts.of("psoas.rare") + '\n';
}

/// "pain on resisted hip flexion" of "pain on resisted hip flexion (seated, ...)".
std::string_view brief(std::string_view item) {
  return item.substr(0, item.find(" ("));
}

std::string summary(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  if (assessment.prompts.any()) {
    return cards::prompt_summary(assessment, "psoas.summary.prompt");
  }
  const auto& likelihood = assessment.likelihood;
  const auto band = rules::to_string(likelihood.band);
  const auto& missing = likelihood.missing_exam;
  if (!missing.empty() && missing.front().changes(likelihood.band)) {
    std::string with_next = texts.of("psoas.summary.examine",
                                     {{"band", band}, {"item", brief(missing.front().item->text)}});
    if (hooks::count_code_points(with_next) < cards::kSummaryBelow) {
      return with_next;
    }
  }
  return texts.of("psoas.summary", {{"band", band}});
}

}  // namespace

hooks::Card card(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  const bool has_red_flag = assessment.red_flags.any();
  hooks::Card card;
  if (has_red_flag) {
    card = cards::red_flag_card(assessment, PsoasLikelihood::kId);
    card.detail += '\n' + band_line(assessment);
  } else {
    const std::string band{rules::to_string(assessment.likelihood.band)};
    card = cards::new_card(texts, PsoasLikelihood::kId, "psoas-likelihood-" + band, kOverrides);
    card.summary = summary(assessment);
    if (assessment.prompts.any()) {
      card.indicator = hooks::Indicator::warning;
      cards::add_prompts(card.detail, assessment);
      card.detail += '\n';
    }
    card.detail += band_line(assessment);
  }
  add_findings(card.detail, texts, assessment.likelihood);
  if (!has_red_flag) {
    cards::add_section(card.detail, texts.of("psoas.section.examine"),
                       next_examinations(texts, assessment.likelihood));
    cards::add_reminders(card.detail, assessment);
  }
  cards::add_section(card.detail, texts.of("psoas.section.other"), other_conditions(assessment));
  add_uncounted(card.detail, texts, assessment.likelihood);
  cards::add_end(card.detail, texts, assessment.gaps);
  return card;
}

hooks::Card paediatric_card(const Assessment& assessment) {
  const auto& texts = assessment.texts();
  const bool is_sure =
      rules::is_surely_minor(*assessment.facts.person.birth_date, assessment.facts.today);
  auto card = cards::new_card(texts, PsoasLikelihood::kId, "psoas-likelihood-paediatric");
  card.summary = texts.of(is_sure ? "psoas.paediatric.summary" : "psoas.paediatric.summary.unsure");
  card.detail = texts.of("psoas.paediatric.detail") + '\n';
  cards::add_end(card.detail, texts, assessment.gaps);
  return card;
}

}  // namespace cdss::psoas_likelihood
