#include "core/server/feedback_handler.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include "core/hooks/feedback/feedback.hpp"
#include "core/json/document.hpp"
#include "core/server/answers.hpp"
#include "core/server/client_terms.hpp"

namespace cdss::server {
namespace {

http::Response count_entries(const ServiceMetrics& metrics, const config::Client& client,
                             http::Request& request) {
  if (!is_json(request)) {
    return answer(not_json());
  }
  const auto document = Document::parse(std::move(request.body));
  auto entries = document ? hooks::read_feedback(document->root())
                          : Result<std::vector<hooks::Feedback>>{document.error()};
  if (!entries) {
    metrics.feedback_refused.add();
    return answer({400, std::move(entries).error()}, ClientTerms::of(client).leniencies);
  }
  metrics.feedback_entries.add(entries->size());
  return {.content_type = {}};
}

}  // namespace

http::Response FeedbackHandler::handle(const HostedService& service, const config::Client& client,
                                       http::Request& request) const {
  const auto started = std::chrono::steady_clock::now();
  auto response = count_entries(*service.metrics, client, request);
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - started);
  log_.info("feedback", {{"service", Label::configured(service.declaration->id)},
                         {"client", Label::configured(client.id)},
                         {"status", response.status},
                         {"took_us", took.count()}});
  return response;
}

}  // namespace cdss::server
