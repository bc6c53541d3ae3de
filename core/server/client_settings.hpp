#pragma once

#include "core/config/settings.hpp"
#include "core/http/client/client.hpp"

namespace cdss::server {

/// How other servers are asked, as the configuration has it.
http::ClientSettings client_settings(const config::Outbound& outbound);

}  // namespace cdss::server
