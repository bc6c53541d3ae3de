#include "core/server/door.hpp"

#include <algorithm>
#include <string>
#include <thread>

#include "core/auth/checks.hpp"
#include "core/auth/https_key_fetcher.hpp"
#include "core/auth/key_cache.hpp"
#include "core/auth/replay.hpp"
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

/// A call goes on where its token was verified, so that one thread would hold up a large machine.
unsigned verifying_threads() {
  return std::max(1U, std::thread::hardware_concurrency() / 2);
}

/// For a server none of whose clients publishes its keys.
class NoKeyFetcher : public trust::KeyFetcher {
 public:
  void fetch(const trust::KeyAddress& /*address*/, Done done) override {
    done(Error{Errc::unavailable, {}, "no profile names an address of keys"});
  }
  void close() override {}
};

}  // namespace

/// In the order in which they need each other; the last is destroyed first.
struct Door::Parts {
  std::unique_ptr<trust::KeyFetcher> fetcher;
  std::unique_ptr<trust::KeyCaches> caches;
  trust::LocalReplayMemory replay;
  std::unique_ptr<trust::Gate> gate;

  Parts() = default;
  /// Keys that arrive go from the gate to the caches and on to the fetcher: none may, from now on.
  ~Parts() {
    if (fetcher != nullptr) {
      fetcher->close();
    }
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
};

Result<std::unique_ptr<Door>> Door::make(const config::Settings& settings, http::Client* web,
                                         const Clock& clock, Log& log, Metrics& metrics) {
  auto parts = std::make_unique<Parts>();
  if (web != nullptr) {
    parts->fetcher = std::make_unique<trust::HttpsKeyFetcher>(*web);
  } else {
    parts->fetcher = std::make_unique<NoKeyFetcher>();
  }
  parts->caches = std::make_unique<trust::KeyCaches>(*parts->fetcher, trust::KeyCacheTimes{}, clock,
                                                     log, metrics);
  CDSS_TRY(parts->gate, trust::Gate::make(settings.clients,
                                          {.caches = *parts->caches,
                                           .replay = parts->replay,
                                           .clock = clock,
                                           .log = log,
                                           .metrics = metrics},
                                          {.threads = verifying_threads()}));
  return std::unique_ptr<Door>{new Door{settings, std::move(parts), log, metrics}};
}

Door::Door(const config::Settings& settings, std::unique_ptr<Parts> parts, Log& log,
           Metrics& metrics)
    : settings_{settings}, log_{log}, metrics_{metrics}, parts_{std::move(parts)} {}

Door::~Door() = default;

Door::TurnedAway Door::forbid(std::shared_ptr<const trust::Profile> profile,
                              std::string_view service) const {
  const auto client = Label::configured(profile->client.id);
  log_.warning("caller_forbidden", {{"client", client}, {"service", Label::configured(service)}});
  metrics_.counter("cdss_calls_forbidden_total", "client", client).add();
  return {{.status = 403, .body = http_error_body(403, "this client may not use the service")},
          std::move(profile)};
}

void Door::admit(const http::Request& request, std::string_view service, Done done) {
  const auto authorization = request.all("Authorization");
  const auto audiences = trust::audiences_of(settings_.public_url + request.path);
  const auto& certificate = request.client_certificate;
  const trust::Credentials credentials{.authorization = authorization,
                                       .audiences = audiences,
                                       .certificate = certificate ? &*certificate : nullptr};
  parts_->gate->decide(credentials, [this, service = std::string{service},
                                     done = std::move(done)](trust::Decision made) {
    if (!made) {
      done(TurnedAway{unknown_caller(made.error().status()), nullptr});
    } else if (!made->profile->client.allows_service(service)) {
      done(forbid(made->profile, service));
    } else {
      done(std::make_shared<const trust::Caller>(*std::move(made)));
    }
  });
}

}  // namespace cdss::server
