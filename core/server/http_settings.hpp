#pragma once

#include "core/config/settings.hpp"
#include "core/http/client/client.hpp"
#include "core/http/server/settings.hpp"

namespace cdss::server {

/// How the public listener is to serve, as the configuration has it.
http::Settings public_settings(const config::Settings& settings);

/// What it shows in TLS, and asks for when a client profile or the site wants certificates. Only
/// where listen.tls_key is set.
http::Tls tls_settings(const config::Settings& settings);

/// How the operator's listener is to serve.
http::Settings admin_settings(const config::Admin& admin);

/// How other servers are asked.
http::ClientSettings client_settings(const config::Outbound& outbound);

}  // namespace cdss::server
