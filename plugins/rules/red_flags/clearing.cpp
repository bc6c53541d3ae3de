#include "plugins/rules/red_flags/clearing.hpp"

#include <algorithm>
#include <optional>

namespace cdss::rules {
namespace {

/// From which day on a reason counts as new; none when it never undoes a clearing.
std::optional<std::chrono::sys_days> day_of(const Reason& reason) {
  const auto last = [](const std::optional<Days>& days) {
    return days ? std::optional{days->last} : std::nullopt;
  };
  const Finding& finding = reason.finding;
  switch (reason.undoes) {
    case Undoes::by_day:
      return reason.since ? last(reason.since)
                          : last(finding.last_noted ? finding.last_noted : finding.days);
    case Undoes::by_onset:
      return finding.is_onset ? last(finding.days) : std::nullopt;
    case Undoes::never:
      break;
  }
  return std::nullopt;
}

}  // namespace

bool is_cleared(const Clearing& by, const Reasons& reasons, const Facts& facts) {
  const ItemAnswer* answer = facts.items.find(by.item);
  if (answer == nullptr || !answer->is_present ||
      days_ago(*answer->finding.days, facts.today).most > std::chrono::days{by.days}) {
    return false;
  }
  const auto cleared_on = answer->finding.days->first;
  const ItemAnswer* worse = facts.items.find("pain_worse");
  if (worse != nullptr && worse->is_present && worse->finding.days->last > cleared_on) {
    return false;
  }
  return std::ranges::none_of(reasons, [&](const Reason& reason) {
    const auto day = day_of(reason);
    return day && *day > cleared_on;
  });
}

}  // namespace cdss::rules
