// One call: its service found, its caller authorized, then handed on to what it asks for.

#include <utility>

#include "core/hooks/feedback/feedback.hpp"
#include "core/json/document.hpp"
#include "core/server/access_log_entry.hpp"
#include "core/server/answers.hpp"
#include "core/server/application.hpp"
#include "core/server/client_terms.hpp"
#include "core/server/service_path.hpp"

namespace cdss::server {
namespace {

constexpr std::string_view kAllow = "POST, OPTIONS";

}  // namespace

void Application::respond_publicly(const http::Request& request, http::Response response,
                                   const http::Respond& respond) const {
  if (request.method != http::Method::options) {  // whose answer has it already
    cors_.add_to(response, origin_of(request), nullptr);
  }
  respond(std::move(response));
}

void Application::handle_service(std::string_view rest, http::Request request,
                                 const http::Respond& respond) {
  const auto path = ServicePath::of(rest);
  const HostedService* hosted_service = registry_.find(path.service);
  if (hosted_service == nullptr) {
    return respond_publicly(request, not_found("there is no service of that id; see /cds-services"),
                            respond);
  }
  if (request.method == http::Method::options) {
    return respond(cors_.options(request, kAllow));
  }
  if (request.method != http::Method::post) {
    return respond_publicly(request, method_not_allowed(kAllow), respond);
  }
  const auto shared = std::make_shared<http::Request>(std::move(request));
  const bool is_feedback = path.is_feedback;
  const auto decided = [this, hosted_service, shared, is_feedback,
                        respond](CallAuthorizer::AuthResult auth_result) {
    if (!auth_result) {
      auto [response, profile] = std::move(auth_result).error();
      cors_.add_to(response, origin_of(*shared), profile == nullptr ? nullptr : &profile->client);
      return respond(std::move(response));
    }
    const Admitted call{shared, *std::move(auth_result), is_feedback};
    handle_admitted(*hosted_service, call,
                    [this, origin = origin_of(*shared), caller = call.caller,
                     respond](http::Response response) {
                      cors_.add_to(response, origin, &caller->profile->client);
                      respond(std::move(response));
                    });
  };
  authorizer_->authorize(*shared, hosted_service->declaration->id, decided);
}

void Application::handle_admitted(const HostedService& hosted_service, Admitted call,
                                  const http::Respond& respond) {
  const AccessLogEntry line{hosted_service, call.client(), log_, metrics_};
  const bool is_read = is_json(*call.request);
  if (is_read && !call.is_feedback) {
    return evaluate(hosted_service, std::move(call), respond);  // which writes its own line
  }
  const auto respond_and_log = [line, caller = call.caller, is_feedback = call.is_feedback,
                                respond](http::Response response) {
    is_feedback ? line.fed_back(response.status) : line.called(response.status);
    respond(std::move(response));
  };
  if (is_read) {
    return take_feedback(hosted_service, std::move(call), respond_and_log);
  }
  respond_and_log(
      {.status = 415, .body = http_error_body(415, "the body must be application/json in UTF-8")});
}

void Application::take_feedback(const HostedService& hosted_service, Admitted call,
                                const http::Respond& respond) {
  const std::string& service = hosted_service.declaration->id;
  const auto document = Document::parse(std::move(call.request->body));
  auto entries = document ? hooks::read_feedback(document->root())
                          : Result<std::vector<hooks::Feedback>>{document.error()};
  if (!entries) {
    metrics_.counter("cdss_feedback_refused_total", "service", Label::configured(service)).add();
    return respond(
        answer({400, std::move(entries).error()}, ClientTerms::of(call.client()).leniencies));
  }
  const auto count = entries->size();
  feedback_.keep(
      {.service = service,
       .client = call.client().id,
       .received = std::chrono::floor<std::chrono::microseconds>(clock_.now()),
       .entries = *std::move(entries)},
      [this, &service, count, respond](const Result<void>& kept) {
        if (!kept) {
          return respond(answer({503, kept.error()}));
        }
        metrics_.counter("cdss_feedback_entries_total", "service", Label::configured(service))
            .add(count);
        respond({.content_type = {}});
      });
}

}  // namespace cdss::server
