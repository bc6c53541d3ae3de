#pragma once

namespace cdss::http {

/// Whether an answer of that status has a body at all.
constexpr bool has_body(int status) {
  return status != 204 && status != 304;
}

/// Whether another answer follows an answer of that status.
constexpr bool is_interim(int status) {
  return status < 200;
}

}  // namespace cdss::http
