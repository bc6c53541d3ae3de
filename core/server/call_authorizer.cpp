#include "core/server/call_authorizer.hpp"

#include <string>

#include "core/auth/checks.hpp"
#include "core/auth/https_key_fetcher.hpp"
#include "core/auth/key_cache.hpp"
#include "core/auth/replay.hpp"
#include "core/base/thread_pool.hpp"
#include "core/server/answers.hpp"

namespace cdss::server {
namespace {

/// One fixed answer to all who could not prove who they are.
http::Response unknown_caller(int status) {
  if (status == 503) {
    return answer(
        {503, Error{Errc::unavailable, {}, "the caller cannot be checked now; try again later"}});
  }
  http::Response response{.status = 401,
                          .body = http_error_body(401, "the caller is not authenticated")};
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

/// For a server none of whose clients publishes its keys.
class NoKeyFetcher : public auth::KeyFetcher {
 public:
  void fetch(const auth::KeyAddress& /*address*/, Done done) override {
    done(Error{Errc::unavailable, {}, "no profile names an address of keys"});
  }
  void close() override {}
};

}  // namespace

/// In the order in which they need each other; the last is destroyed first.
struct CallAuthorizer::Parts {
  std::unique_ptr<auth::KeyFetcher> fetcher;
  std::unique_ptr<auth::KeyCaches> caches;
  auth::LocalReplayMemory replay;
  std::unique_ptr<auth::Authenticator> authenticator;

  Parts() = default;
  /// Keys that arrive go from the authenticator to the caches and on to the fetcher: none may, from now on.
  ~Parts() {
    if (fetcher != nullptr) {
      fetcher->close();
    }
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
};

Result<std::unique_ptr<CallAuthorizer>> CallAuthorizer::make(const config::Settings& settings,
                                                             http::Client* web, const Clock& clock,
                                                             Log& log, Metrics& metrics) {
  auto parts = std::make_unique<Parts>();
  if (web != nullptr) {
    parts->fetcher = std::make_unique<auth::HttpsKeyFetcher>(*web);
  } else {
    parts->fetcher = std::make_unique<NoKeyFetcher>();
  }
  parts->caches = std::make_unique<auth::KeyCaches>(*parts->fetcher, clock, log, metrics);
  CDSS_TRY(parts->authenticator,
           auth::Authenticator::make(settings.clients,
                                     {.caches = *parts->caches,
                                      .replay = parts->replay,
                                      .clock = clock,
                                      .log = log,
                                      .metrics = metrics},
                                     {.threads = ThreadPool::half_of_processors()}));
  return std::unique_ptr<CallAuthorizer>{
      new CallAuthorizer{settings, std::move(parts), log, metrics}};
}

CallAuthorizer::CallAuthorizer(const config::Settings& settings, std::unique_ptr<Parts> parts,
                               Log& log, Metrics& metrics)
    : settings_{settings}, log_{log}, parts_{std::move(parts)} {
  for (const config::Client& client : settings.clients) {
    forbidden_[client.id] =
        &metrics.counter("cdss_calls_forbidden_total", Label::configured(client.id));
  }
}

CallAuthorizer::~CallAuthorizer() = default;

CallAuthorizer::Rejection CallAuthorizer::forbid(std::shared_ptr<const auth::Profile> profile,
                                                 std::string_view service) const {
  const auto client = Label::configured(profile->client.id);
  log_.warning("caller_forbidden", {{"client", client}, {"service", Label::configured(service)}});
  forbidden_.at(profile->client.id)->add();
  return {{.status = 403, .body = http_error_body(403, "this client may not use the service")},
          std::move(profile)};
}

void CallAuthorizer::authorize(const http::Request& request, std::string_view service, Done done) {
  const auto authorization = request.all("Authorization");
  const auto audiences = auth::audiences_of(settings_.public_url + request.path);
  const auto& certificate = request.client_certificate;
  const auth::Credentials credentials{.authorization = authorization,
                                      .audiences = audiences,
                                      .certificate = certificate ? &*certificate : nullptr};
  parts_->authenticator->decide(credentials, [this, service = std::string{service},
                                              done = std::move(done)](auth::Decision made) {
    if (!made) {
      done(Rejection{unknown_caller(made.error().status()), nullptr});
    } else if (!made->profile->client.allows_service(service)) {
      done(forbid(made->profile, service));
    } else {
      done(std::make_shared<const auth::Caller>(*std::move(made)));
    }
  });
}

}  // namespace cdss::server
