#include "core/trust/https_key_fetcher.hpp"

namespace cdss::trust {
namespace {

constexpr int kOk = 200;

}  // namespace

void HttpsKeyFetcher::fetch(const KeyAddress& address, Done done) {
  client_.ask({.url = address.url,
               .accept = "application/jwk-set+json, application/json",
               .loopback = address.http_on_loopback},
              [done = std::move(done)](Result<http::Reply> reply) {
                if (!reply) {
                  return done(std::move(reply).error());
                }
                if (reply->status != kOk) {
                  return done(Error{Errc::unavailable, {}, "did not answer with 200"});
                }
                done(std::move(reply->body));
              });
}

}  // namespace cdss::trust
