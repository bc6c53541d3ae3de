#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cdss::http {

/// One answer. Date, Content-Length, X-Content-Type-Options: nosniff and, unless `headers` names
/// it, Cache-Control: no-store are added when it is written. To HEAD the body is not sent.
struct Response {
  int status = 200;  ///< 200 to 599
  std::string content_type = "application/json";
  std::string body = {};
  /// More headers. One whose name is not a token or whose value has control characters is left
  /// out, as are those named above that the server writes itself.
  std::vector<std::pair<std::string, std::string>> headers = {};
  bool close = false;  ///< Close the connection after this answer.
};

}  // namespace cdss::http
