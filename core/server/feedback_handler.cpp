#include "core/server/feedback_handler.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "core/hooks/feedback/feedback.hpp"
#include "core/json/document.hpp"
#include "core/server/answers.hpp"
#include "core/server/client_terms.hpp"

namespace cdss::server {

using std::chrono::microseconds;

void FeedbackHandler::handle(const HostedService& service,
                             const std::shared_ptr<const config::Client>& client,
                             http::Request& request, const http::Respond& respond) const {
  const auto log_and_respond = [this, &service, client, respond,
                                started =
                                    std::chrono::steady_clock::now()](http::Response response) {
    const auto took = std::chrono::steady_clock::now() - started;
    log_.info("feedback", {{"service", Label::configured(service.declaration->id)},
                           {"client", Label::configured(client->id)},
                           {"status", response.status},
                           {"took_us", std::chrono::duration_cast<microseconds>(took).count()}});
    respond(std::move(response));
  };
  if (is_json(request)) {
    keep(service, *client, std::move(request.body), log_and_respond);
  } else {
    log_and_respond(answer(not_json()));
  }
}

void FeedbackHandler::keep(const HostedService& service, const config::Client& client,
                           std::string body, const http::Respond& respond) const {
  const ServiceMetrics& metrics = *service.metrics;
  const auto document = Document::parse(std::move(body));
  auto entries = document ? hooks::read_feedback(document->root())
                          : Result<std::vector<hooks::Feedback>>{document.error()};
  if (!entries) {
    metrics.feedback_refused.add();
    return respond(answer({400, std::move(entries).error()}, ClientTerms::of(client).leniencies));
  }
  const auto count = entries->size();
  store_.keep({.service = service.declaration->id,
               .client = client.id,
               .received = std::chrono::floor<microseconds>(clock_.now()),
               .entries = *std::move(entries)},
              [&metrics, count, respond](const Result<void>& kept) {
                if (!kept) {
                  return respond(answer({503, kept.error()}));
                }
                metrics.feedback_entries.add(count);
                respond({.content_type = {}});
              });
}

}  // namespace cdss::server
