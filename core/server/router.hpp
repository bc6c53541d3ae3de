#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/config/settings.hpp"
#include "core/evidence/evidence_page.hpp"
#include "core/http/server/request.hpp"
#include "core/http/server/response.hpp"
#include "core/http/server/server.hpp"
#include "core/server/call_authorizer.hpp"
#include "core/server/call_handler.hpp"
#include "core/server/cors.hpp"
#include "core/server/feedback_handler.hpp"
#include "core/server/service_registry.hpp"

namespace cdss::server {

/// What a path below /cds-services/ names: a service, or where feedback about its cards goes.
/// Source: CDS Hooks, sections "Calling a CDS Service" and "Feedback".
struct ServicePath {
  std::string_view service;  ///< an id, as sent
  bool is_feedback = false;

  /// @param rest  of the path, e.g. "hip-replacement/feedback"; borrowed. A service may be called
  ///              "feedback" too.
  static constexpr ServicePath of(std::string_view rest) {
    constexpr std::string_view kFeedback = "/feedback";
    const bool is_feedback = rest.ends_with(kFeedback);
    return {rest.substr(0, rest.size() - (is_feedback ? kFeedback.size() : 0)), is_feedback};
  }
};

/// The routes of the public listener and their methods. Constant once made.
/// Thread-safe.
class Router {
 public:
  /// All of it is borrowed, and outlives the router.
  struct Parts {
    const config::Settings& settings;
    const ServiceRegistry& registry;
    CallAuthorizer& authorizer;
    const CallHandler& calls;
    Log& log;
    /// Why calls of some plugin would fail, a sentence for operators; empty when every plugin that
    /// is installed and not disabled is served and has a worker. From any thread.
    std::function<std::string()> not_ready;
  };

  /// Writes discovery and the pages about the services of the registry.
  explicit Router(Parts parts);

  /// Answers a request, now or later from any thread. If the server ends before that, `respond`
  /// is destroyed uncalled.
  void handle(http::Request request, const http::Respond& respond) const;

  const Cors& cors() const { return cors_; }

 private:
  http::Response probe(const http::Request& request) const;
  http::Response discovery(const http::Request& request) const;
  http::Response page(std::string_view name, const http::Request& request) const;
  void handle_service(const std::shared_ptr<http::Request>& request,
                      const http::Respond& respond) const;
  void authorize(const HostedService& service, bool is_feedback,
                 const std::shared_ptr<http::Request>& request, const http::Respond& respond) const;

  const Parts with_;
  const FeedbackHandler feedback_;
  const Cors cors_;
  const std::string discovery_;
  std::map<std::string_view, evidence::EvidencePage> pages_;  ///< by service id
};

/// Answers at the operator's listener: `/metrics`. Thread-safe.
http::Response answer_operator(const http::Request& request, const Metrics& metrics);

}  // namespace cdss::server
