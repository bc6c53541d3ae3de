#include "fhir/resources/device.hpp"

#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using Status = Device::Status;

constexpr detail::Code<Status> kStatuses[] = {
    {"active", Status::active},
    {"inactive", Status::inactive},
    {"entered-in-error", Status::entered_in_error},
    {"unknown", Status::unknown},
};

/// The first object of an array, or the one object in its place; none when there is neither.
std::optional<View> first_object(View value) {
  if (value.is_object()) {
    return value;
  }
  for (const View element : value.elements()) {
    if (element.is_object()) {
      return element;
    }
  }
  return std::nullopt;
}

/// Takes the text `member` of the first object, unless something is known already.
void take_text(std::string_view& out, View value, std::string_view member) {
  if (const auto object = first_object(value); object && out.empty()) {
    out = object->text_or_empty(member);
  }
}

Result<void> read_name(Device& out, std::string_view /*suffix*/, View value) {
  take_text(out.name, value, "name");
  take_text(out.name, value, "value");  // R5
  return {};
}

Result<void> read_udi(Device& out, std::string_view /*suffix*/, View value) {
  take_text(out.device_identifier, value, "deviceIdentifier");
  take_text(out.name, value, "name");  // STU3
  return {};
}

constexpr detail::Field<Device> kFields[] = {
    detail::code_field<&Device::status, kStatuses>("status"),
    detail::field<&Device::type>("type"),
    detail::field<&Device::patient>("patient"),
    detail::field_read_by<Device>("udiCarrier", read_udi),
    detail::field_read_by<Device>("udi", read_udi),
    detail::field_read_by<Device>("deviceName", read_name),
    detail::field_read_by<Device>("name", read_name),
};

}  // namespace

Result<Device> read_device(View resource) {
  return detail::read_resource(resource, kFields);
}

}  // namespace cdss::fhir
