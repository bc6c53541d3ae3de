#pragma once

#include <cstdint>

#include "core/config/settings.hpp"

namespace cdss::cli {

/// Listens on another port than the configuration says. A public_url that names this machine with
/// the configured port follows it, since links would go nowhere else; any other public_url is that
/// of a proxy and stays. Port 0 is not known yet, and public_url stays too.
void listen_on(std::int64_t port, config::Settings& settings);

}  // namespace cdss::cli
