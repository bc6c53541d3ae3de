#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/json/view.hpp"
#include "fhir/types/partial_date.hpp"

namespace cdss::fhir {

/// A FHIR Period as days: an end that is absent is open, not unknown.
struct Period {
  std::optional<PartialDate> start;
  std::optional<PartialDate> end;
};

/// Errors: Errc::malformed or Errc::out_of_range when `value` is no object or an end of it is no
/// dateTime; Errc::out_of_range when every day of `end` is before every day of `start`.
/// Source: HL7 FHIR R4, Data Types, "Period".
Result<Period> read_period(View value);

/// When something happened, as far as the record says: the value of onset[x], abatement[x],
/// performed[x], occurrence[x] or effective[x].
struct EventTime {
  /// The type that was chosen for the element.
  enum class Form : std::uint8_t {
    absent,     ///< The element is not there.
    date_time,  ///< dateTime, date or instant: one moment, at the precision written.
    period,     ///< A run of days: it went on from the first to the last of them.
    undated,    ///< Age, Range, string, Timing or boolean true: said to have happened, without a
                ///< day.
  };

  Form form = Form::absent;
  /// First day it can have happened (date_time) or begun (period). None: open or unknown.
  std::optional<std::chrono::sys_days> earliest;
  /// Last day it can have happened (date_time) or ended (period). None: open or unknown.
  std::optional<std::chrono::sys_days> latest;

  bool is_present() const { return form != Form::absent; }
  bool has_day() const { return earliest || latest; }

  static EventTime on(PartialDate date) {
    return {Form::date_time, date.first_day(), date.last_day()};
  }
  static EventTime during(const Period& period);
};

/// Reads the value of an element whose name is `base` and a type, e.g. "onsetDateTime" for base
/// "onset".
///
/// @param suffix  What follows `base` in the member's name, e.g. "DateTime", "Period", "Age".
/// Gives none when `suffix` is no type that these elements may have (then it is another element).
/// Errors: those of PartialDate::parse_date_time and read_period.
Result<std::optional<EventTime>> read_event_time(std::string_view suffix, View value);

}  // namespace cdss::fhir
