#pragma once

#include "core/http/client.hpp"
#include "core/trust/key_fetcher.hpp"

namespace cdss::trust {

/// Fetches key sets over HTTPS. Only an answer of 200 counts; its Content-Type is not looked at,
/// since many EHRs send sets as plain JSON. Thread-safe.
/// Source: RFC 7517, section 8.5; CDS Hooks JWT-24.
class HttpsKeyFetcher : public KeyFetcher {
 public:
  /// @param client  borrowed for the life of the fetcher; it bounds time and size.
  explicit HttpsKeyFetcher(http::Client& client) : client_{client} {}

  /// Errors given to `done`: those of http::Client; Errc::unavailable for another status than 200.
  /// Ends without calling it only when the client is destroyed meanwhile.
  void fetch(const KeyAddress& address, Done done) override;

 private:
  http::Client& client_;
};

}  // namespace cdss::trust
