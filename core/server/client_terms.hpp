#pragma once

#include "core/config/client.hpp"
#include "core/hooks/card/client_features.hpp"
#include "core/hooks/request/leniencies.hpp"

namespace cdss::server {

/// The parts of a client profile about its requests and the answers to them. A value.
struct ClientTerms {
  hooks::ClientFeatures features;
  hooks::Leniencies leniencies;
  bool explain = false;  ///< whether it gets assessments

  static ClientTerms of(const config::Client& client);
};

}  // namespace cdss::server
