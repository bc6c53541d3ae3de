#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/fhir_search/local_parameter.hpp"
#include "core/json/view.hpp"
#include "fhir/types/partial_date.hpp"

namespace cdss::fhir_search {

/// The days that an element of a date, dateTime, instant or Period can mean; none: open.
struct LocalDays {
  std::optional<std::chrono::sys_days> first;
  std::optional<std::chrono::sys_days> last;
};

/// One `name=value` of a search: what a resource must have to be found.
class LocalFilter {
 public:
  /// Reads the value of a parameter: one alternative, or several between commas.
  ///
  /// A date is compared by the day, as every element is by the day that was written.
  /// @param value  percent-decoded; `\,` is a comma within an alternative.
  /// Errors: Errc::malformed for an empty alternative, and for a reference or date of no known
  /// form; Errc::unsupported for a date with a time of day or a prefix other than eq gt lt ge le.
  /// Source: HL7 FHIR R4, Search, "token", "reference", "date", "Escaping Search Parameters".
  static Result<LocalFilter> read(const LocalParameter& parameter, std::string_view value);

  bool fits(View resource) const;

 private:
  enum class Prefix : std::uint8_t { eq, gt, lt, ge, le };

  /// One alternative, of which the members of its kind are set.
  struct Alternative {
    std::string text;  ///< token: its code; reference: its id; canonical: all of it
    std::optional<std::string> system;  ///< token: what stands before the bar
    std::string type;                   ///< reference: may be empty
    Prefix prefix = Prefix::eq;
    std::optional<fhir::PartialDate> date;
  };

  explicit LocalFilter(const LocalParameter& parameter) : parameter_{&parameter} {}
  static Result<Alternative> read_alternative(LocalParameterKind kind, std::string text);
  static Result<Alternative> read_date(std::string_view text);
  static Result<Alternative> read_reference(std::string_view text);
  static Alternative read_token(std::string_view text);
  bool fits_value(View value, const Alternative& alternative) const;
  static bool fits_token(View value, const Alternative& alternative);
  bool fits_reference(View value, const Alternative& alternative) const;
  static bool fits_days(const LocalDays& days, const Alternative& alternative);

  const LocalParameter* parameter_;  // of the table
  std::vector<Alternative> alternatives_;
};

}  // namespace cdss::fhir_search
