#include "fhir/types/resource.hpp"

#include <algorithm>
#include <string>

#include "fhir/types/reading.hpp"
#include "fhir/types/request_intent.hpp"

namespace cdss::fhir {

std::string Resource::reference() const {
  return id.empty() ? std::string{} : std::string{type} + '/' + std::string{id};
}

std::string_view resource_type(View resource) {
  return resource.text_or_empty("resourceType");
}

bool is_order(RequestIntent intent) {
  return intent == RequestIntent::order || intent == RequestIntent::original_order ||
         intent == RequestIntent::reflex_order || intent == RequestIntent::filler_order ||
         intent == RequestIntent::instance_order;
}

Result<RequestIntent> read_request_intent(View value) {
  static constexpr detail::Code<RequestIntent> kIntents[] = {
      {"proposal", RequestIntent::proposal},
      {"plan", RequestIntent::plan},
      {"directive", RequestIntent::directive},
      {"order", RequestIntent::order},
      {"original-order", RequestIntent::original_order},
      {"reflex-order", RequestIntent::reflex_order},
      {"filler-order", RequestIntent::filler_order},
      {"instance-order", RequestIntent::instance_order},
      {"option", RequestIntent::option},
  };
  return detail::read_code(value, "", kIntents);
}

namespace detail {

Result<Resource> read_header(View object, const std::string_view* first,
                             const std::string_view* last) {
  if (!object.is_object()) {
    return object.error(Errc::malformed, "must be an object");
  }
  const auto type = resource_type(object);
  if (std::find(first, last, type) == last) {
    return object.error_at("resourceType", Errc::malformed, "is not the type that is read here");
  }
  Resource header{.type = type, .id = {}};
  if (const auto id = object.find("id"); id && !id->is_null()) {
    CDSS_CHECK(assign(header.id, id->string()));
  }
  return header;
}

}  // namespace detail
}  // namespace cdss::fhir
