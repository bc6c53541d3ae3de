#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/system/result.hpp>

#include "core/auth/jose/reason.hpp"
#include "core/auth/key_cache.hpp"
#include "core/auth/profile.hpp"
#include "core/auth/replay.hpp"
#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/config/client.hpp"
#include "core/http/server/client_certificate.hpp"

namespace cdss::auth {

/// A client certificate that the TLS layer has verified.
using ClientCertificate = http::ClientCertificate;

/// What a call shows of who makes it. Borrowed for the duration of Authenticator::decide.
struct Credentials {
  /// The value of each Authorization field, trimmed.
  std::span<const std::string_view> authorization;
  /// What a token's `aud` may name: see audiences_of.
  std::span<const std::string> audiences;
  const ClientCertificate* certificate = nullptr;  ///< null: the call came without one
};

/// Who calls. A value.
struct Caller {
  std::shared_ptr<const Profile> profile;
  std::string issuer;          ///< `iss`; empty when no token was asked for
  std::string tenant;          ///< as sent; empty without one
  std::string token_id;        ///< `jti`
  std::vector<Reason> waived;  ///< faults that mode `warn` accepted
};

/// Why a call is refused. The caller gets the status and nothing else.
struct AuthError {
  Reason reason;
  std::shared_ptr<const Profile> profile;  ///< the profile of the token's issuer; null when unknown

  /// 503 when nothing was found wrong with it and it may be good later: busy, keys_unavailable,
  /// replay_memory_full; else 401. Source: CDS Hooks ERR-03, ERR-04.
  int status() const;
};

using Decision = boost::system::result<Caller, AuthError>;

/// Decides who a call comes from.
///
/// A token belongs to the profile that lists its `iss`. A call whose token is of none, and one
/// without a token, belongs to the profile that owns its certificate, if certificate is all that
/// this profile asks for; else to the profile with authentication `none`, if there is one (JWT-29).
///
/// Keys come from the profile's file if it has the `kid`, else from the listed `jku` of the token,
/// else from the profile's addresses in their order. Nothing is fetched before all cheap checks
/// have passed, and a `jti` is recorded only after the signature proved right.
///
/// Each refusal is logged as `caller_refused` with reason and client; no text of a token is.
/// Counts `callers_total{decision}`.
/// Thread-safe. Source: CDS Hooks, section "Trusting CDS Clients"; JWT-01 to JWT-31, SEC-04,
/// SEC-05.
class Authenticator {
 public:
  struct Settings {
    unsigned threads = 1;       ///< that verify signatures
    std::size_t waiting = 256;  ///< signatures that may wait for them
  };

  /// What an authenticator borrows. All of it outlives the authenticator, and whatever still fetches for `caches`.
  struct Parts {
    KeyCaches& caches;
    ReplayMemory& replay;
    const Clock& clock;
    Log& log;
    Metrics& metrics;
  };

  /// Takes the decision. Called once: before `decide` returns when the decision costs little, else
  /// from a thread that verifies or fetches. Destroyed uncalled when the authenticator is destroyed while it
  /// still waits. Must not throw, and must not block.
  using Done = std::function<void(Decision)>;

  /// Errors: those of Profile::of; Errc::unsupported when two profiles list one issuer, or two have
  /// authentication `none`.
  static Result<std::unique_ptr<Authenticator>> make(std::vector<config::Client> clients,
                                                     Parts parts, Settings settings);

  ~Authenticator();
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  /// Decides; never blocks.
  void decide(const Credentials& credentials, Done done);

 private:
  class Impl;
  explicit Authenticator(std::shared_ptr<Impl> impl) : impl_{std::move(impl)} {}

  std::shared_ptr<Impl> impl_;
};

}  // namespace cdss::auth
