#include "fhir/types/partial_date.hpp"

#include "core/base/date_time.hpp"

namespace cdss::fhir {

Result<PartialDate> PartialDate::parse(std::string_view text) {
  CDSS_TRY(const auto read, DateTime::parse(text));
  if (read.time) {
    return Error{Errc::malformed, {}, "has a time, and must be a date alone"};
  }
  return PartialDate{read.first_day, read.last_day};
}

Result<PartialDate> PartialDate::parse_date_time(std::string_view text) {
  constexpr std::chrono::hours kFarthest{14};
  CDSS_TRY(const auto read, DateTime::parse(text));
  if (text.find_first_of("tz") != std::string_view::npos) {
    return Error{Errc::malformed, {}, "has a time with a small letter"};
  }
  const auto offset = read.time ? read.time->offset.value_or(kFarthest) : kFarthest;
  if (std::chrono::abs(offset) > kFarthest) {
    return Error{Errc::out_of_range, {}, "has a time that no clock shows"};
  }
  return PartialDate{read.first_day, read.last_day};
}

Result<PartialDate> read_partial_date(View value) {
  CDSS_TRY(const auto text, value.string());
  const auto date = PartialDate::parse_date_time(text);
  if (!date) {
    return value.error(date.error().code, date.error().message);
  }
  return *date;
}

}  // namespace cdss::fhir
