#include "core/server/call_authorizer.hpp"

#include <string>

#include "core/auth/checks.hpp"
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

}  // namespace

Result<std::unique_ptr<CallAuthorizer>> CallAuthorizer::make(const config::Settings& settings,
                                                             http::Client* web, const Clock& clock,
                                                             Log& log, Metrics& metrics) {
  std::unique_ptr<CallAuthorizer> made{new CallAuthorizer{settings, web, clock, log, metrics}};
  CDSS_TRY(made->authenticator_,
           auth::Authenticator::make(settings.clients,
                                     {.caches = made->caches_,
                                      .replay = made->replay_,
                                      .clock = clock,
                                      .log = log,
                                      .metrics = metrics},
                                     {.threads = ThreadPool::half_of_processors()}));
  return made;
}

CallAuthorizer::CallAuthorizer(const config::Settings& settings, http::Client* web,
                               const Clock& clock, Log& log, Metrics& metrics)
    : settings_{settings}, log_{log}, fetcher_{web}, caches_{fetcher_, clock, log, metrics} {
  for (const config::Client& client : settings.clients) {
    forbidden_[client.id] =
        &metrics.counter("cdss_calls_forbidden_total", Label::configured(client.id));
  }
}

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
  authenticator_->decide(credentials, [this, service = std::string{service},
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
