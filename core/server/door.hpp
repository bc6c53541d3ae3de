#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include <boost/system/result.hpp>

#include "core/auth/gate.hpp"
#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/config/settings.hpp"
#include "core/http/client/client.hpp"
#include "core/http/server/request.hpp"
#include "core/http/server/response.hpp"

namespace cdss::server {

/// What a call passes before anything of it is read: who makes it, and whether they may call this
/// service. Thread-safe.
class Door {
 public:
  /// What those get who are not let in. That of a caller who is not known is always the same 401,
  /// whatever was wrong (ERR-04); 503 when nothing was, as of Refused::status; 403 for one who is
  /// known and may not use this service.
  struct TurnedAway {
    http::Response response;
    std::shared_ptr<const trust::Profile> profile;  ///< of the caller; null when it is not known
  };
  using Admission = boost::system::result<std::shared_ptr<const trust::Caller>, TurnedAway>;
  using Done = std::function<void(Admission)>;

  /// @param settings, clock, log, metrics  borrowed for the life of the door.
  /// @param web  asks for the keys that clients publish; borrowed for the life of the door; null
  ///             when no profile names another server.
  /// Errors: those of trust::Gate::make.
  static Result<std::unique_ptr<Door>> make(const config::Settings& settings, http::Client* web,
                                            const Clock& clock, Log& log, Metrics& metrics);

  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  /// Decides, without blocking, and calls `done` once: before it returns, or later from a thread
  /// that verifies a signature or fetches a key. When the door ends first, `done` is destroyed
  /// uncalled.
  ///
  /// A known caller who is turned away is logged as `caller_forbidden`, and counted in
  /// `cdss_calls_forbidden_total{client}`.
  ///
  /// @param service  id of the service that is called; it is one of ours.
  void admit(const http::Request& request, std::string_view service, Done done);

 private:
  struct Parts;
  Door(const config::Settings& settings, std::unique_ptr<Parts> parts, Log& log, Metrics& metrics);

  TurnedAway forbid(std::shared_ptr<const trust::Profile> profile, std::string_view service) const;

  const config::Settings& settings_;
  Log& log_;
  Metrics& metrics_;
  std::unique_ptr<Parts> parts_;
};

}  // namespace cdss::server
