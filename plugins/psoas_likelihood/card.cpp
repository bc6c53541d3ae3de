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

std::string line(const rules::Contribution& contribution) {
  std::string text = "- " + contribution.points.signed_text() + ' ';
  if (contribution.bound != nullptr) {
    return text + contribution.bound->text + '\n';
  }
  text += contribution.row->text;
  text += contribution.is_absence ? ": looked for, not found" : "";
  return text + where_recorded(contribution.evidence) + '\n';
}

void add_section(std::string& detail, std::string_view title, const std::string& lines) {
  if (!lines.empty()) {
    detail.append("\n**").append(title).append("**\n\n").append(lines);
  }
}

void add_findings(std::string& detail, const rules::Likelihood& likelihood) {
  std::string in_favour;
  std::string against;
  for (const auto& contribution : likelihood.contributions) {
    (contribution.points > rules::HalfPoints{} ? in_favour : against) += line(contribution);
  }
  std::string others;
  std::string uncounted;
  for (const auto* list : {&likelihood.contributions, &likelihood.unscored}) {
    for (const auto& contribution : *list) {
      if (contribution.row != nullptr && contribution.row->is_alternative) {
        others += "- " + contribution.row->text + where_recorded(contribution.evidence) + '\n';
      } else if (contribution.points.is_zero()) {
        uncounted += "- " + contribution.row->text + where_recorded(contribution.evidence) + '\n';
      }
    }
  }
  add_section(detail, "For", in_favour);
  add_section(detail, "Against, and limits of groups", against);
  add_section(detail, "Also recorded, and can cause such pain", others);
  add_section(detail, "Recorded, not counted", uncounted);
}

/// Gate 3: what to examine. All three when nothing is recorded, else what is not.
void add_missing(std::string& detail, const rules::ScoreRules& rules,
                 const rules::Likelihood& likelihood, const sdk::Gaps& gaps) {
  std::string lines;
  if (!likelihood.has_exam) {
    lines += "- No examination of the hip is recorded. These items would change the band most:\n";
    for (const auto& id : rules.propose) {
      lines += "  - " + rules.item(id)->text + '\n';
    }
  } else if (!likelihood.missing_exam.empty()) {
    lines += "- Not recorded of the examination: ";
    for (std::size_t i = 0; i < likelihood.missing_exam.size(); ++i) {
      lines += (i == 0 ? "" : "; ") + likelihood.missing_exam[i]->text;
    }
    lines += '\n';
  }
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

hooks::Card paediatric_card() {
  hooks::Card card;
  card.summary = "Hip, back or leg pain, and not known to be 18 or older: paediatric assessment";
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
