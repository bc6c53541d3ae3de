#pragma once

#include <chrono>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::fhir {

/// A FHIR R4 `date`, which may stop at the year or the month: the run of days it can mean.
/// What is written of it is a DateTime; this is what FHIR makes of that.
class PartialDate {
 public:
  /// Reads "YYYY", "YYYY-MM" or "YYYY-MM-DD", years 0001 to 9999.
  ///
  /// Errors: those of DateTime::parse; Errc::malformed for one with a time.
  /// Source: HL7 FHIR R4, Data Types, "date".
  static Result<PartialDate> parse(std::string_view text);

  /// Reads a `date`, `dateTime` or `instant`. The time and its offset are checked and dropped: what
  /// is kept is the day as written, which is the day on the wall where it was recorded. So a time
  /// without seconds or without an offset, which FHIR does not allow, does no harm and is accepted.
  ///
  /// Errors: those of DateTime::parse; Errc::malformed for "t" and "z" in lower case;
  ///         Errc::out_of_range for a time or offset that no clock shows (24:00, +15:00).
  /// Source: HL7 FHIR R4, Data Types, "dateTime" and "instant".
  static Result<PartialDate> parse_date_time(std::string_view text);

  constexpr std::chrono::sys_days first_day() const { return first_; }
  constexpr std::chrono::sys_days last_day() const { return last_; }

  friend constexpr bool operator==(PartialDate, PartialDate) = default;

 private:
  constexpr PartialDate(std::chrono::sys_days first, std::chrono::sys_days last)
      : first_{first}, last_{last} {}

  std::chrono::sys_days first_;  // first_ <= last_
  std::chrono::sys_days last_;
};

/// A `date`, `dateTime` or `instant` from JSON. Errors: Errc::malformed when `value` is no text; of
/// PartialDate::parse_date_time.
Result<PartialDate> read_partial_date(View value);

}  // namespace cdss::fhir
