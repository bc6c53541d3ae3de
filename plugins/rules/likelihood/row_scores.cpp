#include "plugins/rules/likelihood/row_scores.hpp"

#include <algorithm>

namespace cdss::rules {
namespace {

ObservedRow observe(const ScoreRow& row, const Facts& facts) {
  ObservedRow observed;
  for (const ConceptId id : row.concepts) {
    for (const Finding& finding : facts.findings.of(id)) {
      add_once(finding, observed.present);
    }
    if (row.reads_procedures) {
      for (const Finding& finding : facts.findings.performed(id)) {
        add_once(finding, observed.present);
      }
    }
  }
  for (const std::string& id : row.items) {
    if (const ItemAnswer* answer = facts.items.find(id)) {
      add_once(answer->finding, answer->is_present ? observed.present : observed.absent);
      (answer->is_present ? observed.present_items : observed.absent_items)
          .push_back(facts.definitions.item(id));
    }
  }
  return observed;
}

bool names(const ScoreRow& row, const ItemDefinition* item) {
  return item != nullptr && std::ranges::find(row.items, item->id) != row.items.end();
}

}  // namespace

void add_once(const Finding& finding, std::vector<Finding>& findings) {
  const bool is_known =
      !finding.reference.empty() && std::ranges::any_of(findings, [&](const Finding& known) {
        return known.reference == finding.reference;
      });
  if (!is_known) {
    findings.push_back(finding);
  }
}

HalfPoints bounded(const ScoreGroup& group, HalfPoints sum) {
  if (group.max && *group.max < sum) {
    return *group.max;
  }
  return group.min && sum < *group.min ? *group.min : sum;
}

RowScores::RowScores(const ScoreRules& rules, const Facts& facts) : rules_{rules}, facts_{facts} {
  observed_.reserve(rules.rows.size());
  for (const ScoreRow& row : rules.rows) {
    observed_.push_back(observe(row, facts));
  }
  const auto is_scored = [&](const ItemDefinition& item) {
    return std::ranges::any_of(rules.rows, [&](const ScoreRow& row) { return names(row, &item); });
  };
  for (const ItemDefinition& item : facts.definitions.items) {
    if (item.is_exam && facts.items.is_present(item.id) && is_scored(item)) {
      signs_.push_back(&item);
    }
  }
}

bool RowScores::is_present(std::size_t row, Hypothesis hypothesis) const {
  return observed_[row].is_present() ||
         (hypothesis.is_present && names(rules_.rows[row], hypothesis.item));
}

bool RowScores::is_absent(std::size_t row, Hypothesis hypothesis) const {
  return !is_present(row, hypothesis) &&
         (!observed_[row].absent.empty() || names(rules_.rows[row], hypothesis.item));
}

bool RowScores::has_other_sign(const ScoreRow& row, Hypothesis hypothesis) const {
  return (hypothesis.is_present && hypothesis.item->is_exam && !names(row, hypothesis.item)) ||
         std::ranges::any_of(signs_, [&](const ItemDefinition* sign) { return !names(row, sign); });
}

std::string_view RowScores::why_closed(const ScoreRow& row, Hypothesis hypothesis) const {
  if (row.needs_hip_replacement && facts_.hip.flag == ThaFlag::none) {
    return "no hip replacement recorded";
  }
  if (row.needs_hip_replacement && !facts_.hip.is_confirmed) {
    return "the hip replacement is not confirmed";
  }
  if (row.needs_same_side && facts_.implant.is_pain_contralateral) {
    return "pain on the other side than the implant";
  }
  if (row.unless_row && is_present(*row.unless_row, hypothesis)) {
    return "counted already, as it is coded";
  }
  return row.only_sign && has_other_sign(row, hypothesis) ? "other signs present"
                                                          : std::string_view{};
}

HalfPoints RowScores::points_of(std::size_t index, Hypothesis hypothesis) const {
  const ScoreRow& row = rules_.rows[index];
  if (is_present(index, hypothesis)) {
    return why_closed(row, hypothesis).empty() ? row.points : HalfPoints{};
  }
  return is_absent(index, hypothesis) ? row.points_if_absent : HalfPoints{};
}

ScoredBand RowScores::evaluate(Hypothesis hypothesis) const {
  ScoredBand scored;
  std::vector<HalfPoints> sums(rules_.groups.size());
  for (std::size_t i = 0; i < rules_.rows.size(); ++i) {
    const ScoreRow& row = rules_.rows[i];
    (row.group ? sums[*row.group] : scored.score) += points_of(i, hypothesis);
    if (is_present(i, hypothesis)) {
      scored.has_site = scored.has_site || row.is_site;
      scored.has_mechanical = scored.has_mechanical || row.is_mechanical;
    }
  }
  for (std::size_t i = 0; i < rules_.groups.size(); ++i) {
    const ScoreGroup& group = rules_.groups[i];
    (group.within ? sums[*group.within] : scored.score) += bounded(group, sums[i]);
  }
  scored.band = band_of(scored);
  return scored;
}

Band RowScores::band_of(const ScoredBand& scored) const {
  if (facts_.person.scope != AgeScope::adult) {
    return Band::not_assessed;
  }
  if (scored.score < rules_.possible) {
    return Band::unlikely;
  }
  const bool is_likely = scored.score >= rules_.likely && scored.has_site && scored.has_mechanical;
  return is_likely ? Band::likely : Band::possible;
}

}  // namespace cdss::rules
