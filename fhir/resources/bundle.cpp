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

void for_each_entry(View value, const std::function<void(View, std::string_view)>& visit) {
  if (resource_type(value) != Bundle::kType) {
    if (value.is_object()) {
      visit(value, {});
    }
    return;
  }
  const auto visit_entry = [&](View entry) {
    const auto resource = entry.find("resource");
    if (!resource || !resource->is_object() || is_outcome(entry)) {
      return;
    }
    if (resource_type(*resource) == Bundle::kType) {  // as deep as a Document may nest
      for_each_entry(*resource, visit);
    } else {
      visit(*resource, entry.text_or_empty("fullUrl"));
    }
  };
  const auto entries = value.find("entry");
  if (entries && entries->is_object()) {  // one entry written without its array
    visit_entry(*entries);
  } else if (entries) {
    for (const View entry : entries->elements()) {
      visit_entry(entry);
    }
  }
}

}  // namespace cdss::fhir
