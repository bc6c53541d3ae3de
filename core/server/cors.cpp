#include "core/server/cors.hpp"

#include <algorithm>

namespace cdss::server {
namespace {

/// How long a browser may keep the answer to a preflight, in seconds.
constexpr std::string_view kMaxAge = "600";

bool lists_origins(const config::Settings& settings) {
  return std::ranges::any_of(settings.clients,
                             [](const auto& client) { return !client.cors_origins.empty(); });
}

}  // namespace

http::Response Cors::options(const http::Request& request, std::string_view allow) const {
  http::Response response{.status = 204, .content_type = {}};
  response.headers.emplace_back("Allow", std::string{allow});
  const std::string origin = origin_of(request);
  add_to(response, origin, nullptr);
  if (settings_.allows_origin(origin) && request.count("Access-Control-Request-Method") == 1) {
    response.headers.emplace_back("Access-Control-Allow-Methods", std::string{allow});
    response.headers.emplace_back("Access-Control-Allow-Headers", "authorization, content-type");
    response.headers.emplace_back("Access-Control-Max-Age", std::string{kMaxAge});
  }
  return response;
}

void Cors::add_to(http::Response& response, std::string_view origin,
                  const config::Client* caller) const {
  if (!lists_origins(settings_)) {
    return;
  }
  response.headers.emplace_back("Vary", "Origin");  // also where none is named: caches must know
  const bool allowed =
      caller == nullptr ? settings_.allows_origin(origin) : caller->allows_origin(origin);
  if (!origin.empty() && allowed) {
    response.headers.emplace_back("Access-Control-Allow-Origin", std::string{origin});
  }
}

http::Response Cors::readable(const http::Request& request, http::Response response) const {
  add_to(response, origin_of(request), nullptr);
  return response;
}

std::string origin_of(const http::Request& request) {
  return request.count("Origin") == 1 ? std::string{request.header("Origin")} : std::string{};
}

}  // namespace cdss::server
