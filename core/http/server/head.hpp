#pragma once

#include <string>

#include "core/http/server/response.hpp"

namespace cdss::http {

/// How the connection stands to the answer that is written on it.
struct HeadOptions {
  bool close = false;     ///< The connection ends after it.
  bool http_1_0 = false;  ///< Keep-alive has to be stated in a header field.
};

/// Status line and header fields, up to the empty line. Names no product and no version.
std::string write_head(const Response& response, HeadOptions options);

}  // namespace cdss::http
