#include "core/cli/listen_on.hpp"

#include <string>

#include "core/base/base_url.hpp"

namespace cdss::cli {

void listen_on(std::int64_t port, config::Settings& settings) {
  const std::string before = ':' + std::to_string(settings.listen.port);
  settings.listen.port = port;
  const auto base = BaseUrl::parse(settings.public_url);
  if (port == 0 || !base || !base->url().is_on_loopback()) {
    return;
  }
  if (const auto origin = base->url().origin(); origin.ends_with(before)) {
    settings.public_url.replace(origin.size() - before.size(), before.size(),
                                ':' + std::to_string(port));
  }
}

}  // namespace cdss::cli
