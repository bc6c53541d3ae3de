#pragma once

#include <cstdint>
#include <memory>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/base/thread_pool.hpp"
#include "core/config/settings.hpp"
#include "core/http/server/server.hpp"
#include "core/server/call_authorizer.hpp"
#include "core/server/call_handler.hpp"
#include "core/server/outbound.hpp"
#include "core/server/router.hpp"
#include "core/server/service_registry.hpp"

namespace cdss::server {

/// The running server: packages, worker pools, the public and the operator's listener.
///
/// Everything that threads share is made before the listeners start and constant after.
class Application {
 public:
  /// Loads the plugins, starts their workers, then listens. A plugin that does not load or start is
  /// logged and left out, and the server is not ready (/readyz) until it is mended or disabled.
  ///
  /// @param settings, log, metrics, clock  borrowed for the life of the application.
  /// Errors: those of Outbound::make, CallAuthorizer::make, load_packages, check_all_options and
  /// http::Server::start; Errc::missing when no plugin could be started.
  static Result<std::unique_ptr<Application>> start(const config::Settings& settings, Log& log,
                                                    Metrics& metrics, const Clock& clock);

  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;
  ~Application();

  std::uint16_t port() const { return public_->port(); }
  const ServiceRegistry& registry() const { return registry_; }

  /// Reads the TLS files of the public listener again, and logs the result. When they are not
  /// good, what is in use stays. Thread-safe.
  void reload_tls();
  /// The same when one of them has changed, or when its ticket keys are a day old.
  void reload_tls_if_changed() { public_->reload_tls_if_changed(); }

  /// Stops accepting and lets running calls end; true when none was cut. Not from an I/O thread.
  bool drain();

 private:
  Application(const config::Settings& settings, Log& log, Metrics& metrics, const Clock& clock)
      : settings_{settings},
        log_{log},
        metrics_{metrics},
        clock_{clock},
        timers_{{.name = "timers"}, log, metrics},
        registry_{settings.public_url, &metrics} {}

  Result<void> make_authorizer();
  Result<void> start_plugins();
  Result<void> start_plugin(const std::shared_ptr<const plugin::Package>& package);
  void leave_out(const std::string& plugin, const Error& error);
  /// As Router::Parts::not_ready.
  std::string not_ready() const;
  void make_handlers();
  Result<void> start_listeners();

  const config::Settings& settings_;
  Log& log_;
  Metrics& metrics_;
  const Clock& clock_;
  ThreadPool timers_;  ///< of the queues of pools_
  ServiceRegistry registry_;
  std::unique_ptr<CallHandler> calls_;          ///< hands calls on to outbound_ and pools_
  WorkerPools pools_;                           ///< give them back to calls_
  std::vector<std::string> left_out_;           ///< ids of plugins that did not load or start
  std::unique_ptr<Router> router_;              ///< asks authorizer_
  std::unique_ptr<Outbound> outbound_;          ///< gives calls back to calls_
  std::unique_ptr<CallAuthorizer> authorizer_;  ///< asks through outbound_, and calls router_ back
  std::unique_ptr<http::Server> public_;
  std::unique_ptr<http::Server> admin_;
};

}  // namespace cdss::server
