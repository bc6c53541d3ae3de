#include "fhir/types/event_time.hpp"

#include <algorithm>
#include <string_view>

#include "fhir/types/reading.hpp"

namespace cdss::fhir {

Result<Period> read_period(View value) {
  static constexpr detail::Field<Period> kFields[] = {
      detail::field<&Period::start>("start"),
      detail::field<&Period::end>("end"),
  };
  Period period;
  CDSS_CHECK(detail::read_members(value, period, kFields));
  if (period.start && period.end && period.end->last_day() < period.start->first_day()) {
    return value.error(Errc::out_of_range, "ends before it starts");
  }
  return period;
}

EventTime EventTime::during(const Period& period) {
  EventTime when{.form = Form::period, .earliest = {}, .latest = {}};
  if (period.start) {
    when.earliest = period.start->first_day();
  }
  if (period.end) {
    when.latest = period.end->last_day();
  }
  return when;
}

Result<std::optional<EventTime>> read_event_time(std::string_view suffix, View value) {
  if (suffix == "DateTime" || suffix == "Date" || suffix == "Instant") {
    CDSS_TRY(const auto date, read_partial_date(value));
    return std::optional{EventTime::on(date)};
  }
  if (suffix == "Period") {
    CDSS_TRY(const auto period, read_period(value));
    return std::optional{EventTime::during(period)};
  }
  const EventTime undated{.form = EventTime::Form::undated, .earliest = {}, .latest = {}};
  if (suffix == "Boolean") {
    CDSS_TRY(const auto happened, value.boolean());
    return std::optional{happened ? undated : EventTime{}};
  }
  static constexpr std::string_view kUndated[] = {"Age", "Range", "String", "Timing"};
  if (std::ranges::find(kUndated, suffix) != std::end(kUndated)) {
    return std::optional{undated};
  }
  return std::optional<EventTime>{};
}

namespace detail {

Result<void> read_member(EventTime& out, std::string_view suffix, View value) {
  CDSS_TRY(const auto when, read_event_time(suffix, value));
  // Should an element be there twice, in two types, the one that gives a day counts.
  if (when && (when->has_day() || !out.has_day())) {
    out = *when;
  }
  return {};
}

}  // namespace detail
}  // namespace cdss::fhir
