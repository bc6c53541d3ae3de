#include "fhir/types/resource_types.hpp"

#include <algorithm>

namespace cdss::fhir {
namespace {

/// A row of resource_types.def.
struct Row {
  std::string_view name;
  std::string_view owner;
};

constexpr std::string_view kOther = "other";
constexpr std::string_view kNoPatient = "no_patient";

constexpr Row kRows[] = {
#define CDSS_RESOURCE_TYPE(name, owner) {#name, #owner},
#include "fhir/types/resource_types.def"
#undef CDSS_RESOURCE_TYPE
};
static_assert(std::ranges::is_sorted(kRows, {}, &Row::name));

/// Empty for what is no type.
std::string_view owner_of(std::string_view name) {
  const auto* row = std::ranges::lower_bound(kRows, name, {}, &Row::name);
  return row != std::end(kRows) && row->name == name ? row->owner : std::string_view{};
}

}  // namespace

bool is_r4_resource_type(std::string_view name) {
  return !owner_of(name).empty();
}

std::string_view patient_element(std::string_view name) {
  const auto element = owner_of(name);
  return element == kOther || element == kNoPatient ? std::string_view{} : element;
}

bool is_of_no_patient(std::string_view name) {
  return owner_of(name) == kNoPatient;
}

}  // namespace cdss::fhir
