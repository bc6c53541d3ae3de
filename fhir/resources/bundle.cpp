#include "fhir/resources/bundle.hpp"

#include <optional>
#include <utility>

#include "fhir/resources/read_all.hpp"
#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

using Entry = Bundle::Entry;

struct Link {
  std::string_view relation;
  std::string_view url;
};

constexpr detail::Field<Link> kLinkFields[] = {
    detail::field<&Link::relation>("relation"),
    detail::field<&Link::url>("url"),
};

Result<void> read_links(Bundle& out, std::string_view /*suffix*/, View value) {
  return detail::for_each_element(value, [&](View element) -> Result<void> {
    Link link;
    CDSS_CHECK(detail::read_members(element, link, kLinkFields));
    if (link.relation == "next") {
      out.has_next = true;
      out.next = link.url.empty() ? out.next : link.url;
    }
    return {};
  });
}

/// Source: HL7 FHIR R4 search-entry-mode.
bool is_outcome(View entry) {
  const auto search = entry.find("search");
  return search && search->text_or_empty("mode") == "outcome";
}

Result<void> read_entries(Bundle& out, std::string_view /*suffix*/, View value) {
  return detail::for_each_element(value, [&](View element) -> Result<void> {
    if (!element.is_object()) {
      return element.error(Errc::malformed, "must be an object");
    }
    auto resource = element.find("resource");
    if (resource && resource->is_null()) {
      resource.reset();
    }
    if (resource && !resource->is_object()) {
      return resource->error(Errc::malformed, "must be an object");
    }
    out.entries.push_back({.entry = element,
                           .resource = resource,
                           .full_url = element.text_or_empty("fullUrl"),
                           .is_outcome = is_outcome(element)});
    return {};
  });
}

constexpr detail::Field<Bundle> kFields[] = {
    detail::field<&Bundle::bundle_type>("type"),
    detail::field<&Bundle::total>("total"),
    detail::field_read_by<Bundle>("link", read_links),
    detail::field_read_by<Bundle>("entry", read_entries),
};

}  // namespace

Result<Bundle> Bundle::read(View resource) {
  return detail::read_resource(resource, kFields);
}

namespace detail {

std::optional<View> resource_of_entry(View entry) {
  const auto resource = entry.find("resource");
  if (!resource || !resource->is_object() || is_outcome(entry)) {
    return std::nullopt;
  }
  return resource;
}

std::optional<View> entries_of_bundle(View value) {
  return is_bundle(value) ? value.find("entry") : std::nullopt;
}

bool is_bundle(View value) {
  return resource_type(value) == "Bundle";
}

}  // namespace detail
}  // namespace cdss::fhir
