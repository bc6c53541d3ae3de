#include "core/server/router.hpp"

#include <utility>

#include "core/json/document.hpp"
#include "core/server/answers.hpp"
#include "core/server/packages.hpp"

namespace cdss::server {
namespace {

constexpr std::string_view kServices = "/cds-services/";
constexpr std::string_view kPages = "/services/";

bool is_read(const http::Request& request) {
  return request.method == http::Method::get || request.method == http::Method::head;
}

http::Response plain(int status, std::string text) {
  return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text)};
}

std::map<std::string_view, evidence::EvidencePage> make_pages(const ServiceRegistry& registry,
                                                              const config::Settings& settings) {
  std::map<std::string_view, evidence::EvidencePage> pages;
  for (const HostedService& service : registry.services()) {
    const auto& evidence = service.package->evidence();
    if (evidence && evidence->is_about(service.declaration->id)) {
      const Document options = options_of(settings, service.package->manifest().id);
      pages.emplace(
          service.declaration->id,
          evidence::EvidencePage::make(*service.package, *service.declaration, options.root()));
    }
  }
  return pages;
}

}  // namespace

Router::Router(Parts parts)
    : with_{std::move(parts)},
      feedback_{with_.log},
      cors_{with_.settings},
      discovery_{with_.registry.discovery()},
      pages_{make_pages(with_.registry, with_.settings)} {}

void Router::handle(http::Request request, const http::Respond& respond) const {
  const std::string_view path = request.path;
  if (path == "/livez" || path == "/readyz") {
    respond(probe(request));
  } else if (path == "/cds-services") {
    respond(discovery(request));
  } else if (path.starts_with(kServices)) {
    handle_service(std::make_shared<http::Request>(std::move(request)), respond);
  } else if (path.starts_with(kPages)) {
    respond(page(path.substr(kPages.size()), request));
  } else {
    respond(not_found("there is nothing at this address; services are listed at /cds-services"));
  }
}

http::Response Router::probe(const http::Request& request) const {
  if (!is_read(request)) {
    return method_not_allowed("GET, HEAD");
  }
  const std::string reason = request.path == "/livez" ? "" : with_.not_ready();
  return reason.empty() ? plain(200, "ok\n") : plain(503, reason + '\n');
}

http::Response Router::discovery(const http::Request& request) const {
  constexpr std::string_view kAllow = "GET, HEAD, OPTIONS";
  if (request.method == http::Method::options) {
    return cors_.options(request, kAllow);
  }
  return cors_.readable(
      request, is_read(request) ? http::Response{.body = discovery_} : method_not_allowed(kAllow));
}

http::Response Router::page(std::string_view name, const http::Request& request) const {
  constexpr std::string_view kJson = ".json";  // no service id holds a dot
  const bool as_json = name.ends_with(kJson);
  const auto page = pages_.find(name.substr(0, name.size() - (as_json ? kJson.size() : 0)));
  if (page == pages_.end()) {
    return not_found("there is no page about a service of that id; see /cds-services");
  }
  if (!is_read(request)) {
    return method_not_allowed("GET, HEAD");
  }
  if (as_json) {
    return {.body = page->second.json};
  }
  return html_answer(page->second.html, evidence::EvidencePage::content_security_policy());
}

void Router::handle_service(const std::shared_ptr<http::Request>& request,
                            const http::Respond& respond) const {
  constexpr std::string_view kAllow = "POST, OPTIONS";
  const auto path = ServicePath::of(std::string_view{request->path}.substr(kServices.size()));
  const HostedService* service = with_.registry.find(path.service);
  if (service == nullptr) {
    respond(
        cors_.readable(*request, not_found("there is no service of that id; see /cds-services")));
  } else if (request->method == http::Method::options) {
    respond(cors_.options(*request, kAllow));
  } else if (request->method != http::Method::post) {
    respond(cors_.readable(*request, method_not_allowed(kAllow)));
  } else {
    authorize(*service, path.is_feedback, request, respond);
  }
}

void Router::authorize(const HostedService& service, bool is_feedback,
                       const std::shared_ptr<http::Request>& request,
                       const http::Respond& respond) const {
  with_.authorizer.authorize(
      *request, service.declaration->id,
      [this, &service, is_feedback, request, respond](CallAuthorizer::AuthResult result) {
        if (!result) {
          auto [response, profile] = std::move(result).error();
          cors_.add_to(response, origin_of(*request), profile ? &profile->client : nullptr);
          return respond(std::move(response));
        }
        const std::shared_ptr<const config::Client> client{*result, &(*result)->profile->client};
        auto answer = [this, origin = origin_of(*request), client,
                       respond](http::Response response) {
          cors_.add_to(response, origin, client.get());
          respond(std::move(response));
        };
        if (is_feedback) {
          answer(feedback_.handle(service, *client, *request));
        } else {
          with_.calls.handle(service, client, *request, std::move(answer));
        }
      });
}

http::Response answer_operator(const http::Request& request, const Metrics& metrics) {
  if (request.path != "/metrics") {
    return not_found("there is nothing at this address; metrics are at /metrics");
  }
  if (!is_read(request)) {
    return method_not_allowed("GET, HEAD");
  }
  return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = metrics.text()};
}

}  // namespace cdss::server
