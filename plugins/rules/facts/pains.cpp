#include "plugins/rules/facts/pains.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace cdss::rules {
namespace {

using std::chrono::days;

constexpr days kNew{90};
constexpr days kOneComplaint{365};

constexpr struct {
  ConceptId NamedConcepts::*id;
  std::uint16_t place;
  std::string_view text;
} kPlaces[] = {
    {&NamedConcepts::groin_pain, pain::kGroin, "groin pain"},
    {&NamedConcepts::hip_pain, pain::kHip, "hip pain"},
    {&NamedConcepts::thigh_pain, pain::kThigh, "thigh pain"},
    {&NamedConcepts::buttock_pain, pain::kButtock, "buttock pain"},
    {&NamedConcepts::low_back_pain, pain::kLowBack, "low back pain"},
    {&NamedConcepts::pelvic_pain, pain::kPelvis, "pelvic pain"},
    {&NamedConcepts::lower_quadrant_pain, pain::kLowerQuadrant, "lower quadrant pain"},
    {&NamedConcepts::flank_pain, pain::kFlank, "flank pain"},
    {&NamedConcepts::sciatica, pain::kSciatica, "sciatica"},
    {&NamedConcepts::lumbar_radiculopathy, pain::kRadiculopathy, "lumbar radiculopathy"},
};

/// How long the pain of one Condition has lasted: since its onset; else as the form says, unless it
/// was recorded after the form; else since it was recorded.
days age_of(const Finding& finding, const LocalItems& items, std::chrono::sys_days today) {
  if (finding.is_onset) {
    return days_ago(*finding.days, today).least;
  }
  const ItemAnswer* answer = items.find("duration_weeks");
  const bool is_in_form =
      answer != nullptr && (!finding.days || finding.days->first <= answer->finding.days->last);
  if (is_in_form) {
    constexpr double kDaysOfWeek = 7;
    return days{static_cast<int>(answer->least * kDaysOfWeek)};
  }
  return finding.days ? days_ago(*finding.days, today).least : days{0};
}

/// On which side a complaint is followed: left, right, or either.
std::size_t line_of(Sides sides) {
  return sides.left == sides.right ? 2 : sides.left ? 0 : 1;
}

/// Makes the Conditions of one complaint as old as the first of them.
void join_complaints(std::span<Pain> of_place) {
  std::ranges::stable_sort(of_place, std::ranges::greater{}, &Pain::age);
  struct Last {
    days own;
    days joined;
  };
  std::array<std::optional<Last>, 3> lines;  // the newest so far of each side
  for (Pain& one : of_place) {
    const days own = one.age;
    const auto line = line_of(one.finding.sides);
    for (std::size_t other = 0; other < lines.size(); ++other) {
      const bool is_opposite = line != other && line != 2 && other != 2;
      if (!is_opposite && lines[other] && lines[other]->own - own <= kOneComplaint) {
        one.age = std::max(one.age, lines[other]->joined);
      }
    }
    lines[line] = {own, one.age};
  }
}

Reason reason_of(const Pain& one) {
  return {.text = std::string{one.text}, .finding = one.finding, .undoes = Undoes::by_onset};
}

}  // namespace

Pains Pains::read(const NamedConcepts& named, const Findings& findings, const LocalItems& items,
                  std::chrono::sys_days today) {
  Pains read;
  read.today_ = today;
  for (const auto& [id, place, text] : kPlaces) {
    const auto begin = static_cast<std::ptrdiff_t>(read.pains_.size());
    for (auto& finding : findings.possible(named.*id)) {
      const days age = age_of(finding, items, today);
      read.pains_.push_back({place, text, std::move(finding), age});
    }
    join_complaints(std::span{read.pains_}.subspan(static_cast<std::size_t>(begin)));
  }
  const ItemAnswer* worse = items.find("pain_worse");
  if (worse != nullptr && worse->is_present) {
    read.worse_.push_back({.text = "pain new or clearly worse", .finding = worse->finding});
  }
  return read;
}

template <class Keep>
Reasons Pains::select(std::uint16_t places, Keep keep) const {
  Reasons reasons;
  for (const Pain& one : pains_) {
    if ((one.place & places) != 0 && keep(one)) {
      reasons.push_back(reason_of(one));
    }
  }
  return reasons;
}

Reasons Pains::in(std::uint16_t places) const {
  return select(places, [](const Pain&) { return true; });
}

Reasons Pains::within(std::uint16_t places, int limit) const {
  return select(places, [&](const Pain& one) { return one.age <= days{limit}; });
}

Reasons Pains::fresh(std::uint16_t places) const {
  return worse_.empty() ? within(places, kNew.count()) : all_of({in(places), worse_});
}

Reasons Pains::began_within(std::uint16_t places, int limit) const {
  return select(places, [&](const Pain& one) {
    return one.finding.is_onset && days_ago(*one.finding.days, today_).least <= days{limit};
  });
}

bool Pains::has_onset(std::uint16_t places) const {
  return std::ranges::any_of(
      pains_, [&](const Pain& one) { return (one.place & places) != 0 && one.finding.is_onset; });
}

std::optional<days> Pains::oldest(std::uint16_t places) const {
  std::optional<days> oldest;
  for (const Pain& one : pains_) {
    if ((one.place & places) != 0) {
      oldest = std::max(oldest.value_or(one.age), one.age);
    }
  }
  return oldest;
}

std::optional<days> Pains::oldest_fresh(std::uint16_t places) const {
  std::optional<days> oldest;
  for (const Pain& one : pains_) {
    if ((one.place & places) != 0 && (!worse_.empty() || one.age <= kNew)) {
      oldest = std::max(oldest.value_or(one.age), one.age);
    }
  }
  return oldest;
}

}  // namespace cdss::rules
