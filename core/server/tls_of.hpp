#pragma once

#include "core/config/settings.hpp"
#include "core/http/server/settings.hpp"

namespace cdss::server {

/// What the public listener shows in TLS, and asks for when a client profile or the site wants
/// certificates. Only where listen.tls_key is set.
http::Tls tls_of(const config::Settings& settings);

}  // namespace cdss::server
