#pragma once

#include <memory>
#include <mutex>

#include "core/auth/key_fetcher.hpp"
#include "core/http/client/client.hpp"

namespace cdss::auth {

/// Fetches key sets over HTTPS. Only an answer of 200 counts; its Content-Type is not looked at,
/// since many EHRs send sets as plain JSON. Thread-safe.
/// Source: RFC 7517, section 8.5; CDS Hooks JWT-24.
class HttpsKeyFetcher : public KeyFetcher {
 public:
  /// @param client  borrowed for the life of the fetcher, and may outlive it; it bounds time and
  ///                size. Null when nothing is to be fetched, since no profile names an address.
  explicit HttpsKeyFetcher(http::Client* client)
      : client_{client}, gateway_{std::make_shared<Gateway>()} {}
  ~HttpsKeyFetcher() override { close(); }
  HttpsKeyFetcher(const HttpsKeyFetcher&) = delete;
  HttpsKeyFetcher& operator=(const HttpsKeyFetcher&) = delete;

  /// Errors given to `done`: those of http::Client; Errc::unavailable for another status than 200.
  /// Ends without calling it only when fetcher or client is closed or destroyed meanwhile.
  void fetch(const KeyAddress& address, Done done) override;

  /// Waits for a `done` that runs; after that none is called any more. Whoever made the fetcher
  /// calls it before anything ends that a `done` uses. Not from a `done`.
  void close();

 private:
  /// What answers pass. The client, which keeps calls that are under way, shares it.
  struct Gateway {
    std::mutex mutex;  // held while a `done` runs; the client's one thread runs them all
    bool open = true;
  };

  http::Client* const client_;
  const std::shared_ptr<Gateway> gateway_;
};

}  // namespace cdss::auth
