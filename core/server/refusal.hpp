#pragma once

#include <utility>
#include <vector>

#include "core/base/errors/result.hpp"

namespace cdss::server {

/// Why a call gets no cards: the HTTP status, and at least one reason for the client.
struct Refusal {
  int status = 500;  ///< 400 to 599
  std::vector<Error> errors;

  Refusal() = default;
  Refusal(int http_status, Error error) : status{http_status} {
    errors.push_back(std::move(error));
  }
  Refusal(int http_status, std::vector<Error> all) : status{http_status}, errors{std::move(all)} {}
};

}  // namespace cdss::server
