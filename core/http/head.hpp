#pragma once

#include <string>

#include "core/http/response.hpp"

namespace cdss::http {

/// How the connection stands to the answer that is written on it.
struct HeadOptions {
  bool close = false;     ///< The connection ends after it.
  bool http_1_0 = false;  ///< Keeping alive must be said aloud.
};

/// Status line and header fields, up to the empty line. Names no product and no version.
std::string write_head(const Response& response, HeadOptions options);

/// Whether an answer of that status has a body at all.
constexpr bool has_body(int status) {
  return status != 204 && status != 304;
}

/// Whether another answer follows an answer of that status.
constexpr bool is_interim(int status) {
  return status < 200;
}

}  // namespace cdss::http
