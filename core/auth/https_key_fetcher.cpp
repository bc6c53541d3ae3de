#include "core/auth/https_key_fetcher.hpp"

namespace cdss::auth {
namespace {

constexpr int kOk = 200;

Result<std::string> body_of(Result<http::Reply> reply) {
  CDSS_TRY(auto got, std::move(reply));
  if (got.status != kOk) {
    return Error{Errc::unavailable, {}, "did not answer with 200"};
  }
  return std::move(got.body);
}

}  // namespace

void HttpsKeyFetcher::fetch(const KeyAddress& address, Done done) {
  client_->ask({.url = address.url,
                .accept = "application/jwk-set+json, application/json",
                .loopback = address.http_on_loopback},
               [gateway = gateway_, done = std::move(done)](Result<http::Reply> reply) {
                 const std::lock_guard lock{gateway->mutex};
                 if (gateway->open) {
                   done(body_of(std::move(reply)));
                 }
               });
}

void HttpsKeyFetcher::close() {
  const std::lock_guard lock{gateway_->mutex};
  gateway_->open = false;
}

}  // namespace cdss::auth
