#include "core/cli/listen_on.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/hooks/request/uri.hpp"

namespace cdss::cli {

void listen_on(std::int64_t port, config::Settings& settings) {
  const std::string before = ':' + std::to_string(settings.listen.port);
  settings.listen.port = port;
  auto& url = settings.public_url;
  const auto parsed = hooks::read_web_url(url);
  if (port == 0 || !parsed || !hooks::is_loopback(parsed->host)) {
    return;
  }
  const auto end = std::min(url.find('/', url.find("://") + 3), url.size());
  if (std::string_view{url}.substr(0, end).ends_with(before)) {
    url.replace(end - before.size(), before.size(), ':' + std::to_string(port));
  }
}

}  // namespace cdss::cli
