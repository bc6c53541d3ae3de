#pragma once

#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/config/base_url.hpp"

namespace cdss::fhir_client {

/// Where the link to a next page leads, if it may be followed.
///
/// A link is resolved against the page it stands on, as RFC 3986 section 5.2 has it, and must then
/// be on the origin of the server and be its base path or below it, segment by segment: servers
/// page with "Condition?..&page=2" and with "?_getpages=..". Nothing is decoded or repaired: a path
/// with a dot segment, an encoded slash or dot, an empty segment or a backslash is refused, as is a
/// user, a fragment, and a link of more than 8,000 characters (PF-43).
///
/// @param page  absolute URL of the page that the link stands on.
/// @param link  Bundle.link.url as the server wrote it.
/// Errors: Errc::unsupported for a link that leads elsewhere; Errc::malformed for one that cannot
/// be read.
Result<std::string> next_page(const config::BaseUrl& base, std::string_view page,
                              std::string_view link);

}  // namespace cdss::fhir_client
