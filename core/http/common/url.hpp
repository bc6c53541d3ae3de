#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"

namespace cdss::http {

/// An http or https URL, taken apart as a client needs it. A value.
struct Url {
  bool tls = true;
  std::string host;  ///< a name or an address, without brackets
  bool host_is_address = false;
  std::uint16_t port = 443;
  std::string authority;  ///< what the Host field says: host, and the port unless it is usual
  std::string target;     ///< path and query as written; "/" when there is none

  /// Reads `scheme://host[:port][/path][?query]`.
  ///
  /// Errors: Errc::unsupported for another scheme, for a user name and for a fragment;
  /// Errc::malformed for a host that is no name and no address, for an IPv4 address that is not
  /// four decimal numbers, a port outside 1 to 65535, more than 8,192 characters, and any byte that
  /// a URL does not have. Source: RFC 3986, section 3; RFC 9110, section 4.2.
  static Result<Url> parse(std::string_view text);
};

}  // namespace cdss::http
