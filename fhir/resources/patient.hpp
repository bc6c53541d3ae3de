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

  /// Errors: Errc::malformed when this is no Patient; of birthDate, deceased[x] or gender when they
  /// are there and malformed.
  static Result<Patient> read(View resource);

  Gender gender = Gender::absent;
  std::optional<PartialDate> birth_date;
  /// deceased[x]: absent for false; undated for a bare true.
  EventTime deceased;

  bool is_deceased() const { return deceased.is_present(); }
};

}  // namespace cdss::fhir
