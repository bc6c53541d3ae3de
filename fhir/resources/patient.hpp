#pragma once

#include <cstdint>
#include <optional>

#include "core/json/view.hpp"
#include "fhir/types/event_time.hpp"
#include "fhir/types/partial_date.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// Source: HL7 FHIR R4, administrative-gender.
enum class Gender : std::uint8_t { absent, male, female, other, unknown };

/// HL7 FHIR R4 Patient (the same in R5 and STU3): what rules need, without name or address.
struct Patient : Resource {
  static constexpr std::string_view kType = "Patient";

  /// Each element by itself: one that cannot be read costs nothing else. Errors: of the header alone
  /// (detail::read_header).
  static Result<Patient> read(View resource);

  /// By the first letter, m or f, whatever the case; what is none of the codes is `unknown`.
  Gender gender = Gender::absent;
  std::optional<PartialDate> birth_date;  ///< none too when it cannot be read
  /// deceased[x]: absent for false; undated for a bare true, also as text or 1, and for a day that
  /// cannot be read.
  EventTime deceased;
  /// Another record took the place of this one: a link of type `replaced-by`.
  bool is_replaced = false;

  bool is_deceased() const { return deceased.is_present(); }
};

}  // namespace cdss::fhir
