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

Observed observe(const ScoreRow& row, const Findings& findings, const LocalItems& items) {
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
      observed_.push_back(observe(row, findings, items));
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
  bool is_open(const ScoreRow& row) const {
    return (!row.needs_hip_replacement || hip_.flag != ThaFlag::none) &&
           (!row.unless_row || !observed_[*row.unless_row].is_present()) &&
           (!row.only_sign || !has_other_sign(rules_, row, items_));
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
           .evidence = evidence_of(row, observed)});
    } else if (!observed.absent.empty() && !row.points_if_absent.is_zero()) {
      add({.id = row.id,
           .row = &row,
           .points = row.points_if_absent,
           .is_absence = true,
           .evidence = observed.absent});
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

  /// Which examination items are recorded, and which of those that weigh are not.
  void add_examination() {
    for (const ItemDefinition& item : rules_.items) {
      if (!item.is_exam) {
        continue;
      }
      if (items_.find(item.id) != nullptr) {
        read_.has_exam = true;
        continue;
      }
      const bool is_weighed = std::ranges::any_of(rules_.rows, [&](const ScoreRow& row) {
        return row.is_mechanical && std::ranges::find(row.items, item.id) != row.items.end();
      });
      if (is_weighed && !item.is_never_proposed) {
        read_.missing_exam.push_back(&item);
      }
    }
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
