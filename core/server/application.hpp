#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/config/settings.hpp"
#include "core/evidence/evidence_page.hpp"
#include "core/http/server/server.hpp"
#include "core/server/call_authorizer.hpp"
#include "core/server/cors.hpp"
#include "core/server/feedback_memory.hpp"
#include "core/server/outbound.hpp"
#include "core/server/service_registry.hpp"
#include "core/worker/worker_pool.hpp"

namespace cdss::server {

/// The running server: packages, worker pools, the public and the operator's listener.
///
/// Everything that threads share is made before the listeners start and constant after.
class Application {
 public:
  /// Loads the plugins, starts their workers, then listens. A plugin that does not load or start is
  /// logged and left out.
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

  /// Reads the TLS files of the public listener again, and logs what came of it. When they are not
  /// good, what is in use stays. Thread-safe.
  void reload_tls();
  /// The same when one of them has changed, or when its ticket keys are a day old.
  void reload_tls_if_changed() { public_->reload_tls_if_changed(); }

  /// Stops accepting and lets running calls end; true when none was cut. Not from an I/O thread.
  bool drain();

 private:
  /// A call whose caller is known, before anything of its body is read.
  struct Admitted {
    std::shared_ptr<http::Request> request;
    std::shared_ptr<const auth::Caller> caller;
    bool is_feedback;

    const config::Client& client() const { return caller->profile->client; }
  };

  Application(const config::Settings& settings, Log& log, Metrics& metrics, const Clock& clock)
      : settings_{settings},
        log_{log},
        metrics_{metrics},
        clock_{clock},
        registry_{settings.public_url},
        cors_{settings} {}

  Result<void> make_authorizer();
  Result<void> start_plugins();
  Result<void> start_plugin(const std::shared_ptr<const plugin::Package>& package);
  void make_pages();
  Result<void> start_listeners();
  void handle(http::Request request, const http::Respond& respond);
  void handle_service(std::string_view rest, http::Request request, const http::Respond& respond);
  void handle_admitted(const HostedService& hosted_service, Admitted call,
                       const http::Respond& respond);
  class RunningCall;
  void evaluate(const HostedService& hosted_service, Admitted call, const http::Respond& respond);
  /// Goes on with a call once all that can be known of the record is there.
  void run(const std::shared_ptr<RunningCall>& call, std::vector<fhir_client::QueryResult> fetched);
  void take_feedback(const HostedService& hosted_service, Admitted call,
                     const http::Respond& respond);
  void respond_publicly(const http::Request& request, http::Response response,
                        const http::Respond& respond) const;
  http::Response handle_page(std::string_view name, const http::Request& request) const;
  http::Response handle_admin(const http::Request& request) const;
  bool is_ready() const;

  const config::Settings& settings_;
  Log& log_;
  Metrics& metrics_;
  const Clock& clock_;
  ServiceRegistry registry_;
  Cors cors_;
  FeedbackMemory feedback_;
  std::string discovery_;                                     ///< the body of GET /cds-services
  std::map<std::string_view, evidence::EvidencePage> pages_;  ///< by service id
  std::map<std::string_view, std::unique_ptr<worker::WorkerPool>> pools_;  ///< by plugin id
  std::unique_ptr<Outbound> outbound_;          ///< hands calls on to pools_
  std::unique_ptr<CallAuthorizer> authorizer_;  ///< asks through outbound_
  std::unique_ptr<http::Server> public_;
  std::unique_ptr<http::Server> admin_;
};

}  // namespace cdss::server
