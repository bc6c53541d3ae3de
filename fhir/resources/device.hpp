#pragma once

#include <cstdint>
#include <string_view>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 Device: an implant or an aid. Also in its R5 and STU3 shapes.
struct Device : Resource {
  /// Source: HL7 FHIR R4 device-status.
  enum class Status : std::uint8_t { absent, active, inactive, entered_in_error, unknown };

  Status status = Status::absent;
  CodeableConcepts type;
  Reference patient;                   ///< absent in R5, which associates devices elsewhere
  std::string_view device_identifier;  ///< UDI device identifier of the first carrier
  std::string_view name;               ///< deviceName.name (R4), name.value (R5) or udi.name (STU3)

  bool is_entered_in_error() const { return status == Status::entered_in_error; }
};

/// Errors: Errc::malformed when this is no Device, or type or patient is malformed, or the status
/// is none of the value set.
Result<Device> read_device(View resource);

template <>
struct ResourceTraits<Device> {
  static constexpr std::string_view kTypes[] = {"Device"};
  static Result<Device> read(View resource) { return read_device(resource); }
};

}  // namespace cdss::fhir
