#pragma once

#include "core/config/client.hpp"
#include "core/hooks/card/client_features.hpp"
#include "core/hooks/request/leniencies.hpp"

namespace cdss::server {

/// What a client's profile says of its requests and of the answers to them. A value.
struct ClientTerms {
  hooks::ClientFeatures features;
  hooks::Leniencies leniencies;
  bool explain = false;  ///< whether it is shown assessments

  static ClientTerms of(const config::Client& client);
};

}  // namespace cdss::server
