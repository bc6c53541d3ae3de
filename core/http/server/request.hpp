#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/http/server/client_certificate.hpp"

namespace cdss::http {

/// The methods that a route can be written for.
enum class Method { get, head, post, options, other };

/// One strictly framed request. A value: it owns all its text.
struct Request {
  Method method = Method::other;
  std::string path =
      {};  ///< As sent, percent-encoding kept; starts with '/', or is "*" (OPTIONS only).
  std::string query = {};  ///< Without the '?'; empty when there is none.
  std::vector<std::pair<std::string, std::string>> headers =
      {};                                                    ///< In the order sent, values trimmed.
  std::string body = {};                                     ///< Transfer encoding removed.
  std::optional<ClientCertificate> client_certificate = {};  ///< When Tls asks and it has one.

  /// The value of the first header of that name, in any case; empty when there is none.
  std::string_view header(std::string_view name) const;

  /// How many headers have that name, in any case.
  std::size_t count(std::string_view name) const;

  /// The values of all headers of that name, in any case, in the order sent. They live as long as
  /// this request.
  std::vector<std::string_view> all(std::string_view name) const;
};

}  // namespace cdss::http
