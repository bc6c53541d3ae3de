#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string_view>

#include <boost/system/result.hpp>

#include "core/auth/authenticator.hpp"
#include "core/auth/https_key_fetcher.hpp"
#include "core/auth/key_cache.hpp"
#include "core/auth/replay.hpp"
#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/config/settings.hpp"
#include "core/http/client/client.hpp"
#include "core/http/server/request.hpp"
#include "core/http/server/response.hpp"

namespace cdss::server {

/// Decides before anything of a call is read who makes it, and whether they may call this
/// service. Thread-safe.
class CallAuthorizer {
 public:
  /// The answer to a caller who is refused. An unknown one always gets the same 401, whatever was
  /// wrong (ERR-04), or 503 as AuthError::status says; a known one who may not use this service
  /// gets 403.
  struct Rejection {
    http::Response response;
    std::shared_ptr<const auth::Profile> profile;  ///< of the caller; null when it is not known
  };
  using AuthResult = boost::system::result<std::shared_ptr<const auth::Caller>, Rejection>;
  using Done = std::function<void(AuthResult)>;

  /// @param settings, clock, log, metrics  borrowed for the life of the authorizer.
  /// @param web  asks for the keys that clients publish; borrowed for the life of the authorizer; null
  ///             when no profile names another server.
  /// Errors: those of auth::Authenticator::make.
  static Result<std::unique_ptr<CallAuthorizer>> make(const config::Settings& settings,
                                                      http::Client* web, const Clock& clock,
                                                      Log& log, Metrics& metrics);

  /// Keys that arrive go from the fetcher to the caches and on to the authenticator: none may, from
  /// now on.
  ~CallAuthorizer() { fetcher_.close(); }
  CallAuthorizer(const CallAuthorizer&) = delete;
  CallAuthorizer& operator=(const CallAuthorizer&) = delete;

  /// Decides, without blocking, and calls `done` once: before it returns, or later from a thread
  /// that verifies a signature or fetches a key. When the authorizer ends first, `done` is destroyed
  /// uncalled.
  ///
  /// A known caller who is rejected is logged as `caller_forbidden`, and counted in
  /// `cdss_calls_forbidden_total{client}`.
  ///
  /// @param service  id of the service that is called; it is one of ours.
  void authorize(const http::Request& request, std::string_view service, Done done);

 private:
  CallAuthorizer(const config::Settings& settings, http::Client* web, const Clock& clock, Log& log,
                 Metrics& metrics);

  Rejection forbid(std::shared_ptr<const auth::Profile> profile, std::string_view service) const;

  const config::Settings& settings_;
  Log& log_;
  std::map<std::string_view, Counter*> forbidden_;  ///< by client id of the settings
  // In the order in which they need each other; the last is destroyed first.
  auth::HttpsKeyFetcher fetcher_;
  auth::KeyCaches caches_;
  auth::ReplayMemory replay_;
  std::unique_ptr<auth::Authenticator> authenticator_;
};

}  // namespace cdss::server
