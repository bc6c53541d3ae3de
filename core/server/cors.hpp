#pragma once

#include <string>
#include <string_view>

#include "core/config/settings.hpp"
#include "core/http/server/request.hpp"
#include "core/http/server/response.hpp"

namespace cdss::server {

/// Which browser pages may read our answers. Constant once made. Thread-safe.
///
/// An origin is allowed when a profile lists it, byte by byte; it is then named in the answer, and
/// never `*`. Other origins get no such field. Credentials that a browser keeps (cookies, client
/// certificates) are never allowed: a page sends its JWT itself.
/// Source: the Fetch standard, section 3.3 "HTTP extensions"; CORS-01 to CORS-04.
class Cors {
 public:
  /// @param settings  borrowed.
  explicit Cors(const config::Settings& settings) : settings_{settings} {}

  /// The answer to OPTIONS at an address that takes `allow`, e.g. "GET, HEAD, OPTIONS": 204. It
  /// asks for no token, for a browser sends none with a preflight (CORS-02).
  http::Response options(const http::Request& request, std::string_view allow) const;

  /// Adds the fields that let the calling page read the answer, whatever its status (CORS-03).
  ///
  /// @param origin  of the request; empty when it had none or several.
  /// @param caller  whose profile must list the origin; null when it is not known who calls, then
  ///                any profile may.
  void add_to(http::Response& response, std::string_view origin,
              const config::Client* caller) const;

  /// The same for an answer to this request that does not depend on who asks.
  http::Response readable(const http::Request& request, http::Response response) const;

 private:
  const config::Settings& settings_;
};

/// The request's origin; empty when it names none or several.
std::string origin_of(const http::Request& request);

}  // namespace cdss::server
