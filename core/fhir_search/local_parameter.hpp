#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/json/view.hpp"

namespace cdss::fhir_search {

/// How the values of a search parameter are compared.
enum class LocalParameterKind : std::uint8_t {
  token,      ///< a code, with or without its system: code, Coding, CodeableConcept, Identifier,
              ///< boolean
  reference,  ///< the resource that a Reference names
  date,       ///< date, dateTime, instant, Period
  canonical,  ///< a canonical URL, with or without its version
};

/// A search parameter that a local search knows.
struct LocalParameter {
  std::string_view resource;  ///< type that has it; empty for all types
  std::string_view name;      ///< e.g. "clinical-status"
  std::string_view paths;     ///< elements it looks at, "|" between alternatives
  LocalParameterKind kind;
  std::string_view target = {};  ///< reference: only to this type; empty for any
};

/// The parameter of that name for resources of a type, or null. Thread-safe.
/// Source: HL7 FHIR R4, SearchParameter registry.
const LocalParameter* find_local_parameter(std::string_view resource, std::string_view name);

/// The values at the paths of a parameter, in order; those of an array one by one.
std::vector<View> values_at(View resource, const LocalParameter& parameter);

}  // namespace cdss::fhir_search
