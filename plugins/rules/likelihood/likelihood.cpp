#include "plugins/rules/likelihood/likelihood.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "plugins/rules/likelihood/row_scores.hpp"

namespace cdss::rules {
namespace {

/// First what could change the band most, then the score most, then in the order of gate 3.
void sort_by_reach(const ScoreRules& rules, Likelihood& likelihood) {
  const auto reach = [&](const NextExamination& next) {
    const auto bands = std::minmax({likelihood.band, next.if_present, next.if_absent});
    return static_cast<int>(bands.second) - static_cast<int>(bands.first);
  };
  const auto place = [&](const NextExamination& next) {
    return std::ranges::find(rules.propose, next.item->id) - rules.propose.begin();
  };
  std::ranges::stable_sort(likelihood.missing_exam, [&](const auto& a, const auto& b) {
    if (reach(a) != reach(b)) {
      return reach(a) > reach(b);
    }
    return a.span != b.span ? a.span > b.span : place(a) < place(b);
  });
}

/// Tells what made the score, and what would change it.
class Scorer {
 public:
  Scorer(const ScoreRules& rules, const Facts& facts)
      : rules_{rules},
        definitions_{facts.definitions},
        items_{facts.items},
        hip_{facts.hip},
        rows_{rules, facts} {
    for (std::size_t i = 0; i < rules.rows.size(); ++i) {
      add_row(i);
    }
    add_bounds();
    const ScoredBand scored = rows_.evaluate();
    read_.score = scored.score;
    read_.band = scored.band;
    read_.raw_band = scored.band;
    read_.has_site = scored.has_site;
    read_.has_mechanical = scored.has_mechanical;
    const bool is_high = scored.band != Band::not_assessed && scored.score >= rules.likely;
    read_.is_held_by_gate = is_high && (!scored.has_site || !scored.has_mechanical);
    add_examination();
  }

  Likelihood take() { return std::move(read_); }

 private:
  /// Was it found on the other side than the implant that it counts with?
  bool is_other_side(const ScoreRow& row, const ObservedRow& observed) const {
    Sides sides;
    for (const Finding& finding : observed.present) {
      sides |= finding.sides;
    }
    return row.needs_hip_replacement && are_opposite(sides, hip_.sides);
  }

  /// What a row of the hip replacement rests on includes the replacement.
  std::vector<Finding> evidence_of(const ScoreRow& row, const ObservedRow& observed) const {
    std::vector<Finding> evidence = observed.present;
    if (row.needs_hip_replacement && hip_.flag != ThaFlag::none) {
      for (const auto* list : {&hip_.operations, &hip_.conditions}) {
        for (const HipEvidence& one : *list) {
          add_once(one.finding, evidence);
        }
      }
    }
    return evidence;
  }

  void add_row(std::size_t index) {
    const ScoreRow& row = rules_.rows[index];
    const ObservedRow& observed = rows_.observed(index);
    if (observed.is_present()) {
      if (row.needs_hip_replacement && hip_.flag == ThaFlag::none && row.items.empty()) {
        return;  // its concepts have a row of their own
      }
      add({.id = row.id,
           .row = &row,
           .points = rows_.points_of(index),
           .is_other_side = is_other_side(row, observed),
           .evidence = evidence_of(row, observed),
           .items = observed.present_items,
           .why_uncounted = rows_.why_closed(row)});
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
    return std::ranges::any_of(definitions_.items, [&](const ItemDefinition& other) {
      return items_.find(other.id) != nullptr &&
             (other.id == item.id || other.id == item.variant_of || other.variant_of == item.id);
    });
  }

  /// Which examination items are recorded, and what those that are not would change.
  void add_examination() {
    for (const ItemDefinition& item : definitions_.items) {
      if (!item.is_exam) {
        continue;
      }
      read_.has_exam = read_.has_exam || items_.find(item.id) != nullptr;
      if (is_recorded(item) || item.is_never_proposed) {
        continue;
      }
      const ScoredBand present = rows_.evaluate({.item = &item, .is_present = true});
      const ScoredBand absent = rows_.evaluate({.item = &item, .is_present = false});
      const HalfPoints span =
          std::max(present.score, absent.score) - std::min(present.score, absent.score);
      if (!span.is_zero()) {
        read_.missing_exam.push_back({&item, present.band, absent.band, span});
      }
    }
    sort_by_reach(rules_, read_);
  }

  const ScoreRules& rules_;
  const FactDefinitions& definitions_;
  const LocalItems& items_;
  const HipReplacement& hip_;
  const RowScores rows_;
  Likelihood read_;
};

}  // namespace

std::string_view to_string(Band band) {
  constexpr std::string_view kBands[] = {"not-assessed", "unlikely", "possible", "likely"};
  return kBands[static_cast<std::size_t>(band)];
}

Likelihood score(const ScoreRules& rules, const Facts& facts) {
  return Scorer{rules, facts}.take();
}

void apply_caps(const ScoreRules& rules, std::vector<Cap> caps, Likelihood& likelihood) {
  if (!caps.empty()) {
    const auto hold = [](Band& band) { band = std::min(band, Band::possible); };
    hold(likelihood.band);
    for (NextExamination& next : likelihood.missing_exam) {
      hold(next.if_present);
      hold(next.if_absent);
    }
    sort_by_reach(rules, likelihood);
  }
  for (const Cap& cap : caps) {
    if (cap.id.starts_with("CX")) {
      likelihood.other_causes.emplace_back(cap.id);
    }
  }
  if (likelihood.raw_band != Band::likely) {
    std::erase_if(caps, [](const Cap& cap) { return !cap.is_always; });
  }
  likelihood.caps = std::move(caps);
}

}  // namespace cdss::rules
