#include "core/server/application.hpp"

#include <algorithm>
#include <utility>

#include "core/server/answers.hpp"
#include "core/server/http_settings.hpp"
#include "core/server/packages.hpp"

namespace cdss::server {
Result<std::unique_ptr<Application>> Application::start(const config::Settings& settings, Log& log,
                                                        Metrics& metrics, const Clock& clock) {
  std::unique_ptr<Application> application{new Application{settings, log, metrics, clock}};
  CDSS_CHECK(application->make_authorizer());
  CDSS_CHECK(application->start_plugins());
  application->make_handlers();
  CDSS_CHECK(application->start_listeners());
  return application;
}

Application::~Application() {
  public_.reset();      // no call may arrive while the pools end
  authorizer_.reset();  // nor be accepted
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
    leave_out(failure.folder, failure.error);
  }
  CDSS_CHECK(check_all_options(settings_, packages));
  for (const auto& package : packages.loaded) {
    const auto& manifest = package->manifest();
    const auto started = start_plugin(package);
    if (!started) {
      leave_out(manifest.id, started.error());
      continue;
    }
    metrics_.gauge("cdss_plugin_left_out", Label::configured(manifest.id)).set(0);
    log_.info("plugin_started", {{"plugin", Label::configured(manifest.id)},
                                 {"version", Label::configured(manifest.version)},
                                 {"knowledge", Label::configured(package->knowledge_hash())},
                                 {"ready", pools_.at(manifest.id)->ready()}});
  }
  if (pools_.empty()) {
    return Error{Errc::missing, package_folder(settings_).string(), "holds no plugin that starts"};
  }
  return {};
}

void Application::leave_out(const std::string& plugin, const Error& error) {
  log_.error("plugin_load_failed", {{"plugin", Label::configured(plugin)},
                                    {"where", Label::configured(error.where)},
                                    {"reason", Label::configured(error.message)}});
  metrics_.gauge("cdss_plugin_left_out", Label::configured(plugin)).set(1);
  left_out_.push_back(plugin);
}

std::string Application::not_ready() const {
  std::string reason;
  const auto add = [&](std::string_view plugin, std::string_view what) {
    reason.append(reason.empty() ? "" : "; ").append("plugin ").append(plugin).append(what);
  };
  for (const std::string& plugin : left_out_) {
    add(plugin, " is left out: the log has the reason under plugin_load_failed");
  }
  for (const auto& [plugin, pool] : pools_) {
    if (!pool->ready()) {
      add(plugin, " has no worker");
    }
  }
  return reason;
}

Result<void> Application::start_plugin(const std::shared_ptr<const plugin::Package>& package) {
  const Document options = options_of(settings_, package->manifest().id);
  const worker::WorkerPoolSettings pool_settings{
      .workers = static_cast<std::size_t>(settings_.plugins.workers),
      .queue = static_cast<std::size_t>(settings_.plugins.queue)};
  CDSS_TRY(auto pool, worker::WorkerPool::start(package, options.root(), pool_settings, timers_,
                                                log_, metrics_));
  CDSS_CHECK(registry_.add(package));
  pools_.emplace(package->manifest().id, std::move(pool));
  return {};
}

void Application::make_handlers() {
  calls_ = std::make_unique<CallHandler>(CallHandler::Parts{.settings = settings_,
                                                            .pools = pools_,
                                                            .outbound = *outbound_,
                                                            .clock = clock_,
                                                            .log = log_});
  router_ = std::make_unique<Router>(Router::Parts{.settings = settings_,
                                                   .registry = registry_,
                                                   .authorizer = *authorizer_,
                                                   .calls = *calls_,
                                                   .log = log_,
                                                   .not_ready = [this] { return not_ready(); }});
}

Result<void> Application::start_listeners() {
  auto http = public_settings(settings_);
  // So that a page can read, too, what is refused before it comes to us.
  http.error_fields = [this](std::string_view origin) {
    http::Response response;
    router_->cors().add_to(response, origin, nullptr);
    return response.headers;
  };
  CDSS_TRY(public_, http::Server::start(
                        std::move(http),
                        [this](http::Request request, const http::Respond& respond) {
                          router_->handle(std::move(request), respond);
                        },
                        http_error_body, log_, metrics_));
  if (settings_.admin.enabled) {
    CDSS_TRY(admin_, http::Server::start(
                         admin_settings(settings_.admin),
                         [this](const http::Request& request, const http::Respond& respond) {
                           respond(answer_operator(request, metrics_));
                         },
                         http_error_body, log_, metrics_));
  }
  return {};
}

void Application::reload_tls() {
  if (settings_.listen.tls_key.empty()) {
    log_.info("nothing_to_reload");
  } else if (public_->reload_tls()) {  // it logs its failures
    log_.info("tls_reloaded");
  }
}

bool Application::drain() {
  return public_->drain(std::chrono::milliseconds{settings_.limits.drain_ms});
}

}  // namespace cdss::server
