#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"

namespace cdss {

/// A moment, to the microsecond, in UTC.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// A date, which may stop at the year or the month, and after a whole date perhaps a time: what is
/// common to the date, dateTime and instant of FHIR and to RFC 3339. Whoever reads one of these
/// asks for what it has beyond that. A value.
struct DateTime {
  /// A time of day, as it is written.
  struct Time {
    std::chrono::microseconds since_midnight{};  ///< second 60 is the first of the next minute
    bool has_seconds = false;
    std::optional<std::chrono::minutes> offset;  ///< from UTC, east is positive; none: not written
  };

  std::chrono::sys_days first_day;  ///< that the date can mean
  std::chrono::sys_days last_day;   ///< first_day <= last_day
  std::optional<Time> time;

  /// Reads "YYYY", "YYYY-MM", "YYYY-MM-DD" or "YYYY-MM-DDThh:mm", years 0001 to 9999. A time may go
  /// on with ":ss", after that with "." and digits, of which those beyond the microsecond are
  /// passed over, and in any case with "Z", "+hh:mm" or "-hh:mm". "t" and "z" may be in lower case.
  ///
  /// Errors: Errc::malformed for any other shape; Errc::out_of_range for a year, month or day that
  /// the calendar does not have, and for a time or offset beyond 23:59:60 and 23:59. Thread-safe.
  /// Source: RFC 3339, section 5.6; HL7 FHIR R4, Data Types, "dateTime".
  static Result<DateTime> parse(std::string_view text);

  /// None unless seconds and offset are written.
  std::optional<Timestamp> moment() const;
};

/// "2026-11-22". @param day  of the years 0001 to 9999.
std::string iso_date(std::chrono::sys_days day);

/// "2026-11-22T10:05:31.250Z". @param moment  of the years 0001 to 9999.
std::string iso_time(std::chrono::sys_time<std::chrono::milliseconds> moment);

}  // namespace cdss
