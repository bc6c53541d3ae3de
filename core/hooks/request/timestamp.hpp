#pragma once

#include <chrono>
#include <string_view>

#include "core/base/errors/result.hpp"

namespace cdss::hooks {

/// A moment, to the microsecond, in UTC.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// Reads an RFC 3339 date-time: date, "T", time with seconds, and zone, e.g.
/// "1985-04-12T23:20:50.52Z".
///
/// "t" and "z" may be lower case. A zone that is not UTC is taken and converted, since the moment
/// is certain all the same. Second 60 is taken in any minute and is the first of the next one.
/// Digits beyond the microsecond are passed over. Years 0001 to 9999.
///
/// Errors: Errc::malformed for any other shape, and for one longer than 64 characters;
///         Errc::out_of_range for a month, day, hour, minute or second that there is not.
/// Source: RFC 3339 section 5.6; row FB-11.
Result<Timestamp> read_timestamp(std::string_view text);

}  // namespace cdss::hooks
