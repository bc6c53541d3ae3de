#pragma once

#include <string>
#include <string_view>

#include "core/base/base_url.hpp"
#include "core/base/errors/result.hpp"

namespace cdss::fhir_client {

/// Where the link to a next page leads, if it may be followed.
///
/// A link is resolved against the page it stands on, as RFC 3986 section 5.2 has it, and must then
/// be on the origin of the server and be its base path or below it, segment by segment: servers
/// page with "Condition?..&page=2" and with "?_getpages=..". Nothing is decoded, and nothing mended
/// but "|", "[" and "]" in a query, which servers do not encode: what Url or BaseUrl refuses, such as
/// a dot segment, a user and a fragment, is refused here too (PF-43).
///
/// @param page  absolute URL of the page that the link stands on.
/// @param link  Bundle.link.url as the server wrote it.
/// Errors: Errc::unsupported for a link that leads elsewhere; Errc::malformed for one that cannot
/// be read.
Result<std::string> next_page(const BaseUrl& base, std::string_view page, std::string_view link);

}  // namespace cdss::fhir_client
