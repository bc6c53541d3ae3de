#include "plugins/rules/likelihood.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "plugins/rules/facts.hpp"
#include "plugins/rules/red_flags.hpp"

namespace cdss::rules {
namespace {

/// What the record says of a row.
struct Observed {
  std::vector<Finding> present;
  std::vector<Finding> absent;
  std::vector<const ItemDefinition*> present_items;
  std::vector<const ItemDefinition*> absent_items;
  bool is_present() const { return !present.empty(); }
};

/// Adds a finding, unless the same resource is there already: one Condition may have two codes.
void add(const Finding& finding, std::vector<Finding>& findings) {
  const bool is_known =
      !finding.reference.empty() && std::ranges::any_of(findings, [&](const Finding& known) {
        return known.reference == finding.reference;
      });
  if (!is_known) {
    findings.push_back(finding);
  }
}

Observed observe(const ScoreRules& rules, const ScoreRow& row, const Findings& findings,
                 const LocalItems& items) {
  Observed observed;
  for (const ConceptId id : row.concepts) {
    for (const Finding& finding : findings.of(id)) {
      add(finding, observed.present);
    }
    if (row.reads_procedures) {
      for (const Finding& finding : findings.performed(id)) {
        add(finding, observed.present);
      }
    }
  }
  for (const std::string& id : row.items) {
    if (const ItemAnswer* answer = items.find(id)) {
      add(answer->finding, answer->is_present ? observed.present : observed.absent);
      (answer->is_present ? observed.present_items : observed.absent_items)
          .push_back(rules.item(id));
    }
  }
  return observed;
}

/// What would be if one more item had been examined; the item is null for the record as it is.
struct Hypothesis {
  const ItemDefinition* item = nullptr;
  bool is_present = false;
};

bool names(const ScoreRow& row, const ItemDefinition* item) {
  return item != nullptr && std::ranges::find(row.items, item->id) != row.items.end();
}

/// A band with the score it comes from.
struct ScoredBand {
  HalfPoints score;
  Band band = Band::unlikely;
  bool has_site = false;
  bool has_mechanical = false;
};

class Scorer {
 public:
  Scorer(const Facts& facts, bool has_red_flag)
      : rules_{facts.knowledge.score},
        items_{facts.items},
        hip_{facts.hip},
        is_assessed_{facts.person.scope == AgeScope::adult},
        has_red_flag_{has_red_flag} {
    observed_.reserve(rules_.rows.size());
    for (const ScoreRow& row : rules_.rows) {
      observed_.push_back(observe(rules_, row, facts.findings, items_));
    }
    for (const ItemDefinition& item : rules_.items) {
      if (item.is_exam && items_.is_present(item.id)) {
        signs_.push_back(&item);
      }
    }
  }

  Likelihood run() {
    for (std::size_t i = 0; i < rules_.rows.size(); ++i) {
      add_row(i);
    }
    add_bounds();
    const ScoredBand scored = read({});
    read_.score = scored.score;
    read_.band = scored.band;
    read_.has_site = scored.has_site;
    read_.has_mechanical = scored.has_mechanical;
    const bool is_high = is_assessed_ && scored.score >= rules_.likely;
    read_.is_held_by_gate = is_high && (!scored.has_site || !scored.has_mechanical);
    read_.is_held_by_red_flag = is_high && has_red_flag_;
    add_examination();
    return std::move(read_);
  }

 private:
  bool is_present(std::size_t row, Hypothesis hypothesis) const {
    return observed_[row].is_present() ||
           (hypothesis.is_present && names(rules_.rows[row], hypothesis.item));
  }
  bool is_absent(std::size_t row, Hypothesis hypothesis) const {
    return !is_present(row, hypothesis) &&
           (!observed_[row].absent.empty() || names(rules_.rows[row], hypothesis.item));
  }

  /// Is an examination item present that is none of this row's?
  bool has_other_sign(const ScoreRow& row, Hypothesis hypothesis) const {
    return (hypothesis.is_present && hypothesis.item->is_exam && !names(row, hypothesis.item)) ||
           std::ranges::any_of(signs_,
                               [&](const ItemDefinition* sign) { return !names(row, sign); });
  }

  /// Why a row that is there adds nothing; empty when it counts.
  std::string_view why_closed(const ScoreRow& row, Hypothesis hypothesis = {}) const {
    if (row.needs_hip_replacement && hip_.flag == ThaFlag::none) {
      return "no hip replacement recorded";
    }
    if (row.unless_row && is_present(*row.unless_row, hypothesis)) {
      return "counted already, as it is coded";
    }
    return row.only_sign && has_other_sign(row, hypothesis) ? "other signs present"
                                                            : std::string_view{};
  }

  HalfPoints points_of(std::size_t index, Hypothesis hypothesis) const {
    const ScoreRow& row = rules_.rows[index];
    if (is_present(index, hypothesis)) {
      return why_closed(row, hypothesis).empty() ? row.points : HalfPoints{};
    }
    return is_absent(index, hypothesis) ? row.points_if_absent : HalfPoints{};
  }

  /// Score and band, as they are or as they would be.
  ScoredBand read(Hypothesis hypothesis) const {
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

  static HalfPoints bounded(const ScoreGroup& group, HalfPoints sum) {
    if (group.max && *group.max < sum) {
      return *group.max;
    }
    return group.min && sum < *group.min ? *group.min : sum;
  }

  Band band_of(const ScoredBand& scored) const {
    if (!is_assessed_) {
      return Band::not_assessed;
    }
    if (scored.score < rules_.possible) {
      return Band::unlikely;
    }
    const bool is_likely =
        scored.score >= rules_.likely && scored.has_site && scored.has_mechanical && !has_red_flag_;
    return is_likely ? Band::likely : Band::possible;
  }

  /// Was it found on the other side than the implant that it counts with?
  bool is_other_side(const ScoreRow& row, const Observed& observed) const {
    Sides sides;
    for (const Finding& finding : observed.present) {
      sides |= finding.sides;
    }
    return row.needs_hip_replacement && are_opposite(sides, hip_.sides);
  }

  /// What a row of the hip replacement rests on includes the replacement.
  std::vector<Finding> evidence_of(const ScoreRow& row, const Observed& observed) const {
    std::vector<Finding> evidence = observed.present;
    if (row.needs_hip_replacement && hip_.flag != ThaFlag::none) {
      for (const auto* list : {&hip_.operations, &hip_.conditions}) {
        for (const HipEvidence& one : *list) {
          rules::add(one.finding, evidence);
        }
      }
    }
    return evidence;
  }

  void add_row(std::size_t index) {
    const ScoreRow& row = rules_.rows[index];
    const Observed& observed = observed_[index];
    if (observed.is_present()) {
      if (row.needs_hip_replacement && hip_.flag == ThaFlag::none && row.items.empty()) {
        return;  // its concepts have a row of their own
      }
      add({.id = row.id,
           .row = &row,
           .points = points_of(index, {}),
           .is_other_side = is_other_side(row, observed),
           .evidence = evidence_of(row, observed),
           .items = observed.present_items,
           .why_uncounted = why_closed(row)});
    } else if (!observed.absent.empty()) {
      add({.id = row.id,
           .row = &row,
           .points = row.points_if_absent,
           .is_absence = true,
           .evidence = observed.absent,
           .items = observed.absent_items,
           .why_uncounted = {}});
    }
  }

  void add(Contribution contribution) {
    auto& list = contribution.points.is_zero() ? read_.unscored : read_.contributions;
    list.push_back(std::move(contribution));
  }

  /// Groups stand so that what a group is within comes after it.
  void add_bounds() {
    std::vector<HalfPoints> sums(rules_.groups.size());
    for (const Contribution& contribution : read_.contributions) {
      if (contribution.row->group) {
        sums[*contribution.row->group] += contribution.points;
      }
    }
    for (std::size_t i = 0; i < rules_.groups.size(); ++i) {
      const ScoreGroup& group = rules_.groups[i];
      const HalfPoints in_bounds = bounded(group, sums[i]);
      if (in_bounds != sums[i]) {
        read_.contributions.push_back({.id = group.id + (in_bounds < sums[i] ? ".max" : ".min"),
                                       .bound = &group,
                                       .points = in_bounds - sums[i]});
      }
      if (group.within) {
        sums[*group.within] += in_bounds;
      }
    }
  }

  /// Is the item, or the same test done in another way, recorded?
  bool is_recorded(const ItemDefinition& item) const {
    return std::ranges::any_of(rules_.items, [&](const ItemDefinition& other) {
      return items_.find(other.id) != nullptr &&
             (other.id == item.id || other.id == item.variant_of || other.variant_of == item.id);
    });
  }

  /// Where gate 3 has the item; behind all of them when it has not.
  std::ptrdiff_t place(const ItemDefinition& item) const {
    return std::ranges::find(rules_.propose, item.id) - rules_.propose.begin();
  }

  /// Which examination items are recorded, and what those that are not would change.
  void add_examination() {
    for (const ItemDefinition& item : rules_.items) {
      if (!item.is_exam) {
        continue;
      }
      read_.has_exam = read_.has_exam || items_.find(item.id) != nullptr;
      if (is_recorded(item) || item.is_never_proposed) {
        continue;
      }
      const ScoredBand present = read({.item = &item, .is_present = true});
      const ScoredBand absent = read({.item = &item, .is_present = false});
      const HalfPoints span =
          std::max(present.score, absent.score) - std::min(present.score, absent.score);
      if (!span.is_zero()) {
        read_.missing_exam.push_back({&item, present.band, absent.band, span});
      }
    }
    const auto reach = [&](const NextExamination& next) {
      const auto bands = std::minmax({read_.band, next.if_present, next.if_absent});
      return static_cast<int>(bands.second) - static_cast<int>(bands.first);
    };
    std::ranges::stable_sort(read_.missing_exam, [&](const auto& a, const auto& b) {
      if (reach(a) != reach(b)) {
        return reach(a) > reach(b);
      }
      return a.span != b.span ? a.span > b.span : place(*a.item) < place(*b.item);
    });
  }

  const ScoreRules& rules_;
  const LocalItems& items_;
  const HipReplacement& hip_;
  bool is_assessed_;
  bool has_red_flag_;
  std::vector<Observed> observed_;            // by row
  std::vector<const ItemDefinition*> signs_;  // examination items that are present
  Likelihood read_;
};

}  // namespace

std::string_view to_string(Band band) {
  switch (band) {
    case Band::not_assessed:
      return "not-assessed";
    case Band::unlikely:
      return "unlikely";
    case Band::possible:
      return "possible";
    case Band::likely:
      return "likely";
  }
  return {};
}

Likelihood score(const Facts& facts, const RedFlags& red_flags) {
  return Scorer{facts, red_flags.any()}.run();
}

}  // namespace cdss::rules
