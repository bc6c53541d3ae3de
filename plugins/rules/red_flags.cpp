#include "plugins/rules/red_flags.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "plugins/rules/facts.hpp"
#include "plugins/rules/red_flag_patterns.hpp"

namespace cdss::rules {
namespace {

/// What of the row's concepts is coded.
Reasons coded(const RedFlagRow& row, const Facts& facts) {
  Reasons reasons;
  for (std::size_t i = 0; i < row.concepts.size(); ++i) {
    for (const Finding& finding : facts.findings.possible(row.concepts[i])) {
      const bool is_past =
          (row.is_acute &&
           !is_recent(finding, facts.knowledge.red_flags.limits.acute_days, facts.today)) ||
          (row.is_injury && finding.is_aftercare);
      if (!is_past) {
        reasons.push_back({.text = row.words[i], .finding = finding});
      }
    }
  }
  return reasons;
}

/// The week of Z3A.nn ("weeks of gestation"), as many as have passed since it was recorded.
/// Source: ICD-10-CM, category Z3A.
std::optional<Weeks> coded_weeks(const Finding& finding, std::chrono::sys_days today) {
  constexpr std::string_view kCategory = "Z3A";
  constexpr std::size_t kDigits = 2;
  constexpr double kLongest = 42;
  constexpr double kDaysOfWeek = 7;
  std::string code;
  std::ranges::copy_if(finding.code, std::back_inserter(code), [](char c) { return c != '.'; });
  if (!code.starts_with(kCategory) || code.size() != kCategory.size() + kDigits) {
    return std::nullopt;
  }
  int weeks = 0;
  const char* first = code.data() + kCategory.size();
  const char* last = code.data() + code.size();
  const auto [end, error] = std::from_chars(first, last, weeks);
  if (error != std::errc{} || end != last || weeks == 0) {  // Z3A.00: not specified
    return std::nullopt;
  }
  const auto since = finding.last_noted ? days_ago(*finding.last_noted, today)
                                        : DaysAgo{std::chrono::days{0}, std::chrono::days{0}};
  const Weeks read{.least = weeks + static_cast<double>(since.least.count()) / kDaysOfWeek,
                   .most = weeks + static_cast<double>(since.most.count()) / kDaysOfWeek};
  return read.most > kLongest ? std::nullopt : std::optional{read};
}

}  // namespace

bool RedFlags::has(std::string_view id) const {
  return std::ranges::any_of(fired, [&](const RedFlag& flag) { return flag.row->id == id; });
}

const RedFlag* RedFlags::forbidding(std::string_view kind) const {
  const auto found = std::ranges::find_if(fired, [&](const RedFlag& flag) {
    return std::ranges::find(flag.row->forbids, kind) != flag.row->forbids.end();
  });
  return found == fired.end() ? nullptr : &*found;
}

bool is_recent(const Finding& finding, int days, std::chrono::sys_days today) {
  return !finding.last_noted ||
         days_ago(*finding.last_noted, today).least <= std::chrono::days{days};
}

Reasons fever_of(const Facts& facts) {
  Reasons reasons;
  const ResultValue* temperature = facts.results.find("body_temperature");
  const double limit = facts.knowledge.red_flags.limits.fever_cel;
  if (temperature != nullptr && temperature->is_at_least(limit).value_or(false)) {
    reasons.push_back(reason_of(*temperature));
  }
  for (const Finding& finding : facts.findings.possible(facts.knowledge.named.fever)) {
    if (is_recent(finding, facts.knowledge.red_flags.limits.acute_days, facts.today)) {
      reasons.push_back({.text = "fever", .finding = finding});
    }
  }
  return reasons;
}

Reasons anticoagulants_of(const Facts& facts) {
  Reasons reasons;
  for (const Medicine* medicine : facts.medicines.active_of("anticoagulant")) {
    reasons.push_back(reason_of(*medicine));
  }
  add_reasons(reasons, "long-term anticoagulant",
              facts.findings.possible(facts.knowledge.named.anticoagulant_use));
  return reasons;
}

Reasons pregnancy_of(const Facts& facts) {
  Reasons reasons;
  const auto& stated = facts.results.pregnancy();
  if (stated && stated->is_pregnant.value_or(false)) {
    reasons.push_back({.text = "pregnancy", .finding = stated->finding});
  }
  for (const Finding& finding : facts.findings.possible(facts.knowledge.named.pregnancy)) {
    if (is_recent(finding, facts.knowledge.red_flags.limits.pregnancy_days, facts.today)) {
      reasons.push_back({.text = "pregnancy", .finding = finding});
    }
  }
  return reasons;
}

std::optional<Weeks> pregnancy_weeks(const Facts& facts) {
  if (const ItemAnswer* answer = facts.items.find("gestational_weeks")) {
    return Weeks{.least = answer->least, .most = answer->most};
  }
  std::optional<Weeks> newest;
  std::optional<Days> noted;
  for (const Finding& finding : facts.findings.possible(facts.knowledge.named.pregnancy)) {
    const auto weeks = coded_weeks(finding, facts.today);
    const bool is_newer =
        !newest || (finding.last_noted && (!noted || noted->last < finding.last_noted->last));
    // Of one day the further on: the more cautious for medicines.
    const bool is_further =
        newest && weeks && noted == finding.last_noted && weeks->most > newest->most;
    if (weeks && (is_newer || is_further)) {
      newest = weeks;
      noted = finding.last_noted;
    }
  }
  return newest;
}

RedFlags find_red_flags(const Facts& facts) {
  const Patterns patterns{facts};
  RedFlags found;
  found.pain = patterns.pain();
  for (const RedFlagRow& row : facts.knowledge.red_flags.rows) {
    Reasons reasons = coded(row, facts);
    const bool is_coded = !reasons.empty();
    Reasons pattern = patterns.of(row.id);
    reasons.insert(reasons.end(), std::make_move_iterator(pattern.begin()),
                   std::make_move_iterator(pattern.end()));
    if (!reasons.empty()) {
      found.fired.push_back({.row = &row, .reasons = std::move(reasons), .is_coded = is_coded});
    }
  }
  patterns.add_prompts(found);
  return found;
}

}  // namespace cdss::rules
