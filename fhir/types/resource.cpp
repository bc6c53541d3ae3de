#include "fhir/types/resource.hpp"

#include <string>

#include "fhir/types/reading.hpp"

namespace cdss::fhir {

std::string Resource::reference() const {
  return id.empty() ? std::string{} : std::string{type} + '/' + std::string{id};
}

std::string_view resource_type(View resource) {
  return resource.text_or_empty("resourceType");
}

namespace detail {

Result<Resource> read_header(View object, std::string_view type) {
  if (!object.is_object()) {
    return object.error(Errc::malformed, "must be an object");
  }
  if (resource_type(object) != type) {
    return object.error_at("resourceType", Errc::malformed, "is not the type that is read here");
  }
  if (const auto rules = object.find("implicitRules"); rules && !rules->is_empty()) {
    return rules->error(Errc::unsupported, "names rules that are not known here");
  }
  if (const auto changes = object.find("modifierExtension"); changes && !changes->is_empty()) {
    return changes->error(Errc::unsupported, "changes the meaning in a way not known here");
  }
  Resource header{.type = type, .id = {}};
  if (const auto id = object.find("id"); id && !id->is_null()) {
    CDSS_CHECK(assign(header.id, id->string()));
  }
  return header;
}

}  // namespace detail
}  // namespace cdss::fhir
