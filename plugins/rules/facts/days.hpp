#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "fhir/resources/observation.hpp"
#include "fhir/types/event_time.hpp"

namespace cdss::rules {

/// The days on which something can have happened: FHIR lets a date stop at the year.
struct Days {
  std::chrono::sys_days first;
  std::chrono::sys_days last;  ///< first <= last

  friend constexpr bool operator==(const Days&, const Days&) = default;
};

/// Whole days before today, as bounds.
struct DaysAgo {
  std::chrono::days least;
  std::chrono::days most;  ///< least <= most
};

/// The days up to `today` on which something can have happened; none when the record gives no day,
/// or only days to come. A date of tomorrow is taken for today: the sender may be in another time
/// zone. A Period counts from its start to its end; without an end, its start alone.
std::optional<Days> past_days(const fhir::EventTime& when, std::chrono::sys_days today);

/// When the observation was made; when it does not say, when it was issued.
fhir::EventTime when_of(const fhir::Observation& observation);

/// As past_days, of something that was looked at: what went on for days ended on the last.
std::optional<Days> observed_days(const fhir::EventTime& when, std::chrono::sys_days today);

/// @param days  none of them after today.
DaysAgo days_ago(Days days, std::chrono::sys_days today);

/// "2026-10-03", "2026-10", "2026", or "2026-10-03 to 2026-10-09".
std::string text_of(Days days);

/// "today", "1 day ago", "12 days ago"; beyond 13 weeks "7 months ago", beyond 24 months "6 years
/// ago", as many as are full. Where the date is not exact "12 to 40 days ago", "80 days to 4 months
/// ago".
std::string text_of(DaysAgo ago);

}  // namespace cdss::rules
