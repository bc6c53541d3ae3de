#pragma once

#include "core/config/settings.hpp"
#include "core/http/client/client.hpp"
#include "core/http/server/settings.hpp"

namespace cdss::server {

/// The settings of the public listener, from the configuration.
http::Settings public_settings(const config::Settings& settings);

/// What it shows in TLS, and asks for when a client profile or the site wants certificates. Only
/// where listen.tls_key is set.
http::Tls tls_settings(const config::Settings& settings);

/// The settings of the operator's listener.
http::Settings admin_settings(const config::Admin& admin);

/// The settings for requests to other servers.
http::ClientSettings client_settings(const config::Outbound& outbound);

}  // namespace cdss::server
