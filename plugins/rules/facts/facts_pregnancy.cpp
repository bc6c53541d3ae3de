#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>
#include <string_view>

#include "plugins/rules/facts/facts.hpp"

namespace cdss::rules {
namespace {

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

std::optional<Weeks> pregnancy_weeks(const Facts& facts) {
  if (const ItemAnswer* answer = facts.items.find("gestational_weeks")) {
    return Weeks{.least = answer->least, .most = answer->most};
  }
  std::optional<Weeks> newest;
  std::optional<Days> noted;
  for (const Finding& finding : facts.findings.possible(facts.definitions.named.pregnancy)) {
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

}  // namespace cdss::rules
