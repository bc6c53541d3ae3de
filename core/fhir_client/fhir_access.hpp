#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/base_url.hpp"
#include "core/base/errors/result.hpp"
#include "core/base/text/wipe.hpp"
#include "core/config/client.hpp"
#include "core/fhir_client/scopes.hpp"
#include "core/hooks/request/request.hpp"

namespace cdss::fhir_client {

/// Permission to read from one FHIR server during one call. It separates what a request says from
/// where we connect to: only `grant` makes one.
///
/// Holds a copy of the caller's token: move-only, and wiped when it is destroyed (FA-03).
class FhirAccess {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Checks what the client sent against what its profile registers.
  ///
  /// The server must be one of Client::fhir_servers (BaseUrl says what is equal); over http
  /// only on this machine and with Client::allow_http_on_loopback (REQ-09). A host that is itself
  /// an address of the site's networks or of this machine may be reached because it is registered;
  /// a name must lead elsewhere, or to the site's networks with `private_networks`. An address that
  /// is link-local or otherwise special is never reached.
  ///
  /// @param private_networks  setting outbound.allow_private_networks.
  /// @param now               when the request arrived: its `expires_in` counts from there, and
  ///                          ends one second early.
  /// Errors: a message that completes "not sent, and ...": Errc::missing when the client gave no
  /// server or no token, or registers no server; Errc::unsupported for a server that is not one of
  /// its own, or may not be connected to; Errc::timed_out for a token that has expired;
  /// Errc::malformed for a token that is no field value or whose `subject` is not the one of the
  /// profile (FA-13). None of them is a reason to refuse the call. Source: rows FA-01, FA-05 to
  /// FA-13, FA-15.
  static Result<FhirAccess> grant(const hooks::HookRequest& request, const config::Client& client,
                                  bool private_networks, Time now);

  const std::string& client_id() const {
    return client_id_;
  }  ///< of the profile, for log and metrics
  const BaseUrl& base() const { return base_; }
  const Scopes& scopes() const { return scopes_; }
  Time until() const { return until_; }  ///< the token is not used from then on (FA-11)
  bool loopback() const { return loopback_; }
  bool private_network() const { return private_network_; }

  /// Whether a URL is on the server's origin, and so may be asked with the token.
  bool is_own(std::string_view url) const;

  /// The value of the field Authorization for such a URL; empty for any other (FA-12). A secret:
  /// hand it on at once to one who wipes it.
  std::string authorization_for(std::string_view url) const;

 private:
  explicit FhirAccess(BaseUrl base) : base_{std::move(base)} {}

  std::string client_id_;
  BaseUrl base_;
  WipedText token_;
  Scopes scopes_;
  Time until_{};
  bool loopback_ = false;
  bool private_network_ = false;
};

}  // namespace cdss::fhir_client
