#include "core/server/application.hpp"

#include <algorithm>
#include <iostream>

#include "core/server/answers.hpp"
#include "core/server/call.hpp"
#include "core/server/packages.hpp"
#include "core/server/tls_of.hpp"

namespace cdss::server {
namespace {

using std::chrono::milliseconds;

http::Settings public_settings(const config::Settings& settings) {
  const auto& listen = settings.listen;
  const auto& limits = settings.limits;
  http::Settings http;
  http.address = listen.address;
  http.port = static_cast<std::uint16_t>(listen.port);
  http.threads = static_cast<std::size_t>(listen.threads);
  if (!listen.tls_key.empty()) {
    http.tls = tls_of(settings);
  }
  http.header_bytes = static_cast<std::size_t>(limits.header_bytes);
  http.body_bytes = static_cast<std::size_t>(limits.body_bytes);
  http.bytes_in_flight = static_cast<std::size_t>(limits.bytes_in_flight);
  http.connections = static_cast<std::size_t>(limits.connections);
  http.header_timeout = milliseconds{limits.header_timeout_ms};
  http.body_timeout = milliseconds{limits.body_timeout_ms};
  http.idle_timeout = milliseconds{limits.idle_timeout_ms};
  http.write_timeout = milliseconds{limits.write_timeout_ms};
  http.require_local_host =
      std::ranges::any_of(settings.clients, &config::Client::is_open) && !listen.allow_open_network;
  return http;
}

http::Settings admin_settings(const config::Admin& admin) {
  http::Settings http;
  http.address = admin.address;
  http.port = static_cast<std::uint16_t>(admin.port);
  http.threads = 1;
  http.connections = 16;
  http.body_bytes = 4096;
  http.require_local_host = true;
  return http;
}

/// The part of a path after `prefix`; none when it does not begin with it.
std::optional<std::string_view> after(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) {
    return std::nullopt;
  }
  return path.substr(prefix.size());
}

bool is_read(const http::Request& request) {
  return request.method == http::Method::get || request.method == http::Method::head;
}

http::Response plain(int status, std::string text) {
  return {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text)};
}

}  // namespace

Result<std::unique_ptr<Application>> Application::start(const config::Settings& settings, Log& log,
                                                        Metrics& metrics, const Clock& clock) {
  std::unique_ptr<Application> application{new Application{settings, log, metrics, clock}};
  CDSS_CHECK(application->make_authorizer());
  CDSS_CHECK(application->start_plugins());
  CDSS_CHECK(application->start_listeners());
  return application;
}

Application::~Application() {
  public_.reset();      // no call may arrive while the pools end
  authorizer_.reset();  // nor be let in
  outbound_.reset();
  admin_.reset();
}

Result<void> Application::make_authorizer() {
  for (const config::Client& client : settings_.clients) {
    for (const std::string& caution : client.cautions()) {
      log_.warning("client_caution", {{"client", Label::configured(client.id)},
                                      {"caution", Label::configured(caution)}});
    }
  }
  CDSS_TRY(outbound_, Outbound::make(settings_, log_, metrics_));
  CDSS_TRY(authorizer_, CallAuthorizer::make(settings_, outbound_->web(), clock_, log_, metrics_));
  return {};
}

Result<void> Application::start_plugins() {
  CDSS_TRY(const auto packages, load_packages(settings_));
  for (const std::string& id : packages.disabled) {
    log_.info("plugin_disabled", {{"plugin", Label::configured(id)}});
  }
  for (const PackageFailure& failure : packages.failures) {
    log_.error("plugin_load_failed", {{"plugin", Label::configured(failure.folder)},
                                      {"where", Label::configured(failure.error.where)},
                                      {"reason", Label::configured(failure.error.message)}});
  }
  CDSS_CHECK(check_all_options(settings_, packages));
  for (const auto& package : packages.loaded) {
    const auto& manifest = package->manifest();
    const auto started = start_plugin(package);
    if (!started) {
      log_.error("plugin_load_failed", {{"plugin", Label::configured(manifest.id)},
                                        {"where", Label::configured(started.error().where)},
                                        {"reason", Label::configured(started.error().message)}});
      continue;
    }
    log_.info("plugin_started", {{"plugin", Label::configured(manifest.id)},
                                 {"version", Label::configured(manifest.version)},
                                 {"knowledge", Label::configured(package->knowledge_hash())},
                                 {"ready", pools_.at(manifest.id)->ready()}});
  }
  if (pools_.empty()) {
    return Error{Errc::missing, package_folder(settings_).string(), "holds no plugin that starts"};
  }
  discovery_ = registry_.discovery();
  make_pages();
  return {};
}

void Application::make_pages() {
  for (const HostedService& hosted_service : registry_.services()) {
    const auto& evidence = hosted_service.package->evidence();
    if (evidence && evidence->is_about(hosted_service.declaration->id)) {
      const Document options = options_of(settings_, hosted_service.package->manifest().id);
      pages_.emplace(hosted_service.declaration->id,
                     evidence::EvidencePage::make(*hosted_service.package,
                                                  *hosted_service.declaration, options.root()));
    }
  }
}

Result<void> Application::start_plugin(const std::shared_ptr<const plugin::Package>& package) {
  const Document options = options_of(settings_, package->manifest().id);
  const worker::WorkerPoolSettings pool_settings{
      .workers = static_cast<std::size_t>(settings_.plugins.workers),
      .queue = static_cast<std::size_t>(settings_.plugins.queue)};
  CDSS_TRY(auto pool,
           worker::WorkerPool::start(package, options.root(), pool_settings, log_, metrics_));
  CDSS_CHECK(registry_.add(package));
  pools_.emplace(package->manifest().id, std::move(pool));
  return {};
}

Result<void> Application::start_listeners() {
  auto http = public_settings(settings_);
  // So that a page can read, too, what is refused before it comes to us.
  http.error_fields = [this](std::string_view origin) {
    http::Response response;
    cors_.add_to(response, origin, nullptr);
    return response.headers;
  };
  CDSS_TRY(public_, http::Server::start(
                        std::move(http),
                        [this](http::Request request, const http::Respond& respond) {
                          handle(std::move(request), respond);
                        },
                        http_error_body, log_, metrics_));
  if (settings_.admin.enabled) {
    CDSS_TRY(admin_, http::Server::start(
                         admin_settings(settings_.admin),
                         [this](const http::Request& request, const http::Respond& respond) {
                           respond(handle_admin(request));
                         },
                         http_error_body, log_, metrics_));
  }
  return {};
}

bool Application::is_ready() const {
  return std::ranges::all_of(pools_, [](const auto& pool) { return pool.second->ready(); });
}

void Application::handle(http::Request request, const http::Respond& respond) {
  const std::string_view path = request.path;
  if (path == "/livez" || path == "/readyz") {
    const bool good = path == "/livez" || is_ready();
    respond(is_read(request) ? plain(good ? 200 : 503, good ? "ok\n" : "a plugin has no worker\n")
                             : method_not_allowed("GET, HEAD"));
  } else if (path == "/cds-services") {
    constexpr std::string_view kAllow = "GET, HEAD, OPTIONS";
    respond_publicly(request,
                     is_read(request)                          ? http::Response{.body = discovery_}
                     : request.method == http::Method::options ? cors_.options(request, kAllow)
                                                               : method_not_allowed(kAllow),
                     respond);
  } else if (const auto rest = after(path, "/cds-services/")) {
    const std::string service{*rest};
    handle_service(service, std::move(request), respond);
  } else if (const auto name = after(path, "/services/")) {
    respond(handle_page(*name, request));
  } else {
    respond(not_found("there is nothing at this address; services are listed at /cds-services"));
  }
}

http::Response Application::handle_page(std::string_view name, const http::Request& request) const {
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

http::Response Application::handle_admin(const http::Request& request) const {
  if (request.path != "/metrics") {
    return not_found("there is nothing at this address; metrics are at /metrics");
  }
  if (!is_read(request)) {
    return method_not_allowed("GET, HEAD");
  }
  return {.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = metrics_.text()};
}

void Application::reload_tls() {
  if (settings_.listen.tls_key.empty()) {
    log_.info("nothing_to_reload", {});
  } else if (public_->reload_tls()) {  // it logs its failures
    log_.info("tls_reloaded", {});
  }
}

bool Application::drain() {
  return public_->drain(milliseconds{settings_.limits.drain_ms});
}

}  // namespace cdss::server
