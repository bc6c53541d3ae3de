#include "plugins/psoas_likelihood/card.hpp"

#include <algorithm>
#include <string_view>

namespace cdss::psoas_likelihood {
namespace {

constexpr std::string_view kNotEvaluated =
    "Red flags are not evaluated in this version: exclude infection, haematoma, fracture, cauda "
    "equina syndrome, malignancy and an abdominal cause before acting on this card.";
constexpr std::string_view kNotValidated =
    "The score and its bands have not been validated. They are no probability and no diagnosis, "
    "and support a clinician's review.";

hooks::Source source() {
  return {.label = "Psoas CDS, psoas-likelihood", .url = {}, .icon = {}, .topic = {}};
}

/// " (Condition/a, 2026-10-03, left; Condition/b)", at most three of them.
std::string where_recorded(const std::vector<rules::Finding>& findings) {
  constexpr std::size_t kMost = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(kMost, findings.size()); ++i) {
    const std::string one = rules::text_of(findings[i]);
    text += one.empty() || text.empty() ? "" : "; ";
    text += one;
  }
  if (findings.size() > kMost) {
    text += " and " + std::to_string(findings.size() - kMost) + " more";
  }
  return text.empty() ? text : " (" + text + ')';
}

/// What was found, or looked for, in words. Of a row with several items: which of them.
std::string name_of(const rules::Contribution& contribution) {
  if (!contribution.is_absence) {
    return contribution.row->text;
  }
  if (contribution.row->items.size() == 1) {
    return contribution.row->text + ": looked for, not found";
  }
  std::string text;
  for (const auto* item : contribution.items) {
    text += (text.empty() ? "" : ", ") + item->text;
  }
  return text + ": looked for, not found";
}

/// The line of a row that counts.
std::string line(const rules::Contribution& contribution) {
  std::string text = "- " + contribution.points.signed_text() + ' ' + name_of(contribution);
  text += where_recorded(contribution.evidence);
  if (contribution.is_other_side) {
    text += ": on the other side than the implant";
  }
  if (!contribution.row->card_note.empty()) {
    text += (contribution.is_other_side ? "; " : ": ") + contribution.row->card_note;
  }
  return text + '\n';
}

/// The line of a row that does not count.
std::string uncounted_line(const rules::Contribution& contribution) {
  std::string text = "- " + name_of(contribution) + where_recorded(contribution.evidence);
  if (!contribution.why_uncounted.empty()) {
    text.append(": ").append(contribution.why_uncounted);
  }
  return text + '\n';
}

void add_section(std::string& detail, std::string_view title, const std::string& lines) {
  if (!lines.empty()) {
    detail.append("\n**").append(title).append("**\n\n").append(lines);
  }
}

/// What can cause such pain whatever the score says: it stands before the score's reasons.
void add_alternatives(std::string& detail, const rules::Likelihood& likelihood) {
  std::string first;
  std::string others;
  for (const auto* list : {&likelihood.contributions, &likelihood.unscored}) {
    for (const auto& contribution : *list) {
      if (contribution.row == nullptr) {
        continue;
      }
      if (contribution.row->is_urgent) {
        first += uncounted_line(contribution);
      } else if (contribution.row->is_alternative) {
        others += uncounted_line(contribution);
      }
    }
  }
  add_section(detail, "Also recorded, to be considered first", first);
  add_section(detail, "Also recorded, and can cause such pain", others);
}

void add_findings(std::string& detail, const rules::Likelihood& likelihood) {
  std::string in_favour;
  std::string against;
  std::string limits;
  for (const auto& contribution : likelihood.contributions) {
    if (contribution.bound != nullptr) {
      limits += "- " + contribution.points.signed_text() + ' ' + contribution.bound->text + '\n';
    } else {
      (contribution.points > rules::HalfPoints{} ? in_favour : against) += line(contribution);
    }
  }
  std::string found;
  std::string not_found;
  for (const auto& contribution : likelihood.unscored) {
    if (!contribution.row->is_alternative && !contribution.row->is_urgent) {
      (contribution.is_absence ? not_found : found) += uncounted_line(contribution);
    }
  }
  add_section(detail, "For", in_favour);
  add_section(detail, "Against", against);
  add_section(detail, "Limits of groups", limits);
  add_section(detail, "Recorded, not counted", found + not_found);
}

/// Gate 3: what to examine. All three when nothing is recorded, else what would change most.
std::string missing_exam(const rules::ScoreRules& rules, const rules::Likelihood& likelihood) {
  const auto& missing = likelihood.missing_exam;
  if (!likelihood.has_exam) {
    std::string lines =
        "- No examination of the hip is recorded. These items would change the band most:\n";
    for (const auto& id : rules.propose) {
      lines += "  - " + rules.item(id)->text + '\n';
    }
    return lines;
  }
  if (missing.empty()) {
    return {};
  }
  constexpr std::size_t kMost = 3;
  std::string line = "- Not recorded of the examination, what would change the score most first: ";
  for (std::size_t i = 0; i < std::min(kMost, missing.size()); ++i) {
    line += (i == 0 ? "" : "; ") + missing[i]->text;
  }
  if (missing.size() > kMost) {
    line += "; and " + std::to_string(missing.size() - kMost) + " more";
  }
  return line + '\n';
}

void add_missing(std::string& detail, const rules::ScoreRules& rules,
                 const rules::Likelihood& likelihood, const sdk::Gaps& gaps) {
  std::string lines = missing_exam(rules, likelihood);
  for (const auto& sentence : gaps.sentences) {
    lines += "- " + sentence + '\n';
  }
  add_section(detail, "Not known", lines);
}

std::string gate_sentence(const rules::Likelihood& likelihood) {
  if (!likelihood.is_held_by_gate) {
    return {};
  }
  std::string lacking;
  if (!likelihood.has_site) {
    lacking = "pain in the groin or hip";
  }
  if (!likelihood.has_mechanical) {
    lacking += lacking.empty() ? "" : " and ";
    lacking += "a mechanical sign";
  }
  return " The score is that of band likely, but it is held at possible: no record of " + lacking +
         '.';
}

}  // namespace

hooks::Card band_card(const rules::ScoreRules& rules, const rules::Likelihood& likelihood,
                      const sdk::Gaps& gaps) {
  const std::string band{rules::to_string(likelihood.band)};
  std::string detail = "**Band: " + band + "**, score " + likelihood.score.text() +
                       " (possible from " + rules.possible.text() + ", likely from " +
                       rules.likely.text() + ")." + gate_sentence(likelihood) + '\n';
  add_alternatives(detail, likelihood);
  add_findings(detail, likelihood);
  add_missing(detail, rules, likelihood, gaps);
  detail.append("\n").append(kNotEvaluated).append("\n\n").append(kNotValidated);
  hooks::Card card;
  card.summary =
      "Recorded data suggest that psoas syndrome is " + band + "; for your review, not a diagnosis";
  card.detail = std::move(detail);
  card.source = source();
  card.card_kind = "psoas-likelihood-" + band;
  return card;
}

hooks::Card paediatric_card(bool is_surely_minor) {
  hooks::Card card;
  card.summary = "Regional pain (hip, pelvis, back or leg), ";
  card.summary += is_surely_minor ? "under 18" : "age not certain";
  card.summary += ": paediatric assessment";
  card.detail =
      "This service was written for adults and gives no band here. Under 18, disorders of the "
      "growing hip come first, slipped capital femoral epiphysis among them: a paediatric "
      "assessment is advised.\n\n";
  card.detail.append(kNotEvaluated);
  card.source = source();
  card.card_kind = "psoas-likelihood-paediatric";
  return card;
}

}  // namespace cdss::psoas_likelihood
