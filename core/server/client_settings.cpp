#include "core/server/client_settings.hpp"

namespace cdss::server {

http::ClientSettings client_settings(const config::Outbound& outbound) {
  return {.ca_file = outbound.certificate_authorities,
          .timeout = std::chrono::milliseconds{outbound.timeout_ms},
          .private_networks = outbound.allow_private_networks};
}

}  // namespace cdss::server
