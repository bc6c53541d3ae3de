#include "plugins/rules/likelihood.hpp"

#include <algorithm>
#include <optional>
#include <utility>

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

/// Is an examination item present that is none of this row's?
bool has_other_sign(const ScoreRules& rules, const ScoreRow& row, const LocalItems& items) {
  return std::ranges::any_of(rules.items, [&](const ItemDefinition& item) {
    return item.is_exam && items.is_present(item.id) &&
           std::ranges::find(row.items, item.id) == row.items.end();
  });
}

class Weighing {
 public:
  Weighing(const ScoreRules& rules, const Findings& findings, const LocalItems& items,
           const HipReplacement& hip)
      : rules_{rules}, items_{items}, hip_{hip} {
    observed_.reserve(rules.rows.size());
    for (const ScoreRow& row : rules.rows) {
      observed_.push_back(observe(rules, row, findings, items));
    }
  }

  Likelihood run() {
    for (std::size_t i = 0; i < rules_.rows.size(); ++i) {
      add_row(i);
    }
    add_bounds();
    add_examination();
    for (const Contribution& contribution : read_.contributions) {
      read_.score += contribution.points;
    }
    read_.band = band();
    return std::move(read_);
  }

 private:
  /// Do the row's own conditions let it count, once it is there?
  bool is_open(const ScoreRow& row) const { return why_closed(row).empty(); }

  /// Empty when they do.
  std::string_view why_closed(const ScoreRow& row) const {
    if (row.needs_hip_replacement && hip_.flag == ThaFlag::none) {
      return "no hip replacement recorded";
    }
    if (row.unless_row && observed_[*row.unless_row].is_present()) {
      return "counted already, as it is coded";
    }
    return row.only_sign && has_other_sign(rules_, row, items_) ? "other signs present"
                                                                : std::string_view{};
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
      read_.has_site = read_.has_site || row.is_site;
      read_.has_mechanical = read_.has_mechanical || row.is_mechanical;
      if (row.needs_hip_replacement && hip_.flag == ThaFlag::none && row.items.empty()) {
        return;  // its concepts have a row of their own
      }
      add({.id = row.id,
           .row = &row,
           .points = is_open(row) ? row.points : HalfPoints{},
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
      HalfPoints bounded = sums[i];
      if (group.max && *group.max < bounded) {
        bounded = *group.max;
        read_.contributions.push_back(
            {.id = group.id + ".max", .bound = &group, .points = bounded - sums[i]});
      } else if (group.min && bounded < *group.min) {
        bounded = *group.min;
        read_.contributions.push_back(
            {.id = group.id + ".min", .bound = &group, .points = bounded - sums[i]});
      }
      if (group.within) {
        sums[*group.within] += bounded;
      }
    }
  }

  /// How far the item can move the score, as the record stands; 0 when it cannot.
  HalfPoints span_of(const ItemDefinition& item) const {
    HalfPoints widest;
    for (std::size_t i = 0; i < rules_.rows.size(); ++i) {
      const ScoreRow& row = rules_.rows[i];
      const bool is_of_row = std::ranges::find(row.items, item.id) != row.items.end();
      if (is_of_row && is_open(row) && !observed_[i].is_present()) {
        const auto [low, high] = std::minmax({HalfPoints{}, row.points, row.points_if_absent});
        widest = std::max(widest, high - low);
      }
    }
    return widest;
  }

  /// Is the item, or the same test done in another way, recorded?
  bool is_recorded(const ItemDefinition& item) const {
    return std::ranges::any_of(rules_.items, [&](const ItemDefinition& other) {
      return items_.find(other.id) != nullptr &&
             (other.id == item.id || other.id == item.variant_of || other.variant_of == item.id);
    });
  }

  /// Which examination items are recorded, and which of those that weigh are not.
  void add_examination() {
    for (const ItemDefinition& item : rules_.items) {
      if (!item.is_exam) {
        continue;
      }
      read_.has_exam = read_.has_exam || items_.find(item.id) != nullptr;
      if (!is_recorded(item) && !item.is_never_proposed && !span_of(item).is_zero()) {
        read_.missing_exam.push_back(&item);
      }
    }
    std::ranges::stable_sort(read_.missing_exam, [&](const auto* a, const auto* b) {
      return span_of(*a) > span_of(*b);
    });
  }

  Band band() {
    if (read_.score >= rules_.likely) {
      read_.is_held_by_gate = !read_.has_site || !read_.has_mechanical;
      return read_.is_held_by_gate ? Band::possible : Band::likely;
    }
    return read_.score >= rules_.possible ? Band::possible : Band::unlikely;
  }

  const ScoreRules& rules_;
  const LocalItems& items_;
  const HipReplacement& hip_;
  std::vector<Observed> observed_;  // by row
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

Likelihood weigh(const ScoreRules& rules, const Findings& findings, const LocalItems& items,
                 const HipReplacement& hip, AgeScope age) {
  Likelihood likelihood = Weighing{rules, findings, items, hip}.run();
  if (age != AgeScope::adult) {
    likelihood.band = Band::not_assessed;
    likelihood.is_held_by_gate = false;
  }
  return likelihood;
}

}  // namespace cdss::rules
