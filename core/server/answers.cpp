#include "core/server/answers.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "core/hooks/card/operation_outcome.hpp"

namespace cdss::server {
namespace {

/// The FHIR issue types nearest to HTTP statuses; to others it is "structure".
constexpr std::pair<int, std::string_view> kIssueTypes[] = {
    {401, "login"},     {403, "forbidden"},     {404, "not-found"},     {405, "not-supported"},
    {408, "timeout"},   {413, "too-long"},      {415, "not-supported"}, {431, "too-long"},
    {500, "exception"}, {501, "not-supported"}, {503, "transient"},     {505, "not-supported"},
};

std::string_view issue_type_of(int status) {
  const auto* const found =
      std::ranges::find(kIssueTypes, status, &std::pair<int, std::string_view>::first);
  return found == std::end(kIssueTypes) ? "structure" : found->second;
}

}  // namespace

http::Response answer(int status, std::string body) {
  http::Response response{.status = status, .body = std::move(body)};
  if (status == 503) {
    response.headers.emplace_back("Retry-After", "1");
  }
  return response;
}

http::Response answer(const Refusal& refusal, const hooks::Leniencies& leniencies) {
  return answer(refusal.status, hooks::write_operation_outcome(refusal.errors, leniencies));
}

http::Response not_found(std::string_view sentence) {
  return {.status = 404, .body = http_error_body(404, sentence)};
}

http::Response method_not_allowed(std::string_view allow) {
  http::Response response{.status = 405,
                          .body = http_error_body(405, "this address does not take that method")};
  response.headers.emplace_back("Allow", std::string{allow});
  return response;
}

http::Response html_answer(std::string html, const std::string& content_security_policy) {
  return {.content_type = "text/html; charset=utf-8",
          .body = std::move(html),
          .headers = {{"Content-Security-Policy", content_security_policy},
                      {"Referrer-Policy", "no-referrer"}}};
}

std::string http_error_body(int status, std::string_view sentence) {
  return hooks::write_operation_outcome(issue_type_of(status), sentence);
}

Refusal not_json() {
  return {415, Error{Errc::unsupported, {}, "the body must be application/json in UTF-8"}};
}

bool is_json(const http::Request& request) {
  const std::string encoding = to_lower(request.header("Content-Encoding"));
  if (!encoding.empty() && encoding != "identity") {
    return false;
  }
  const std::string type = to_lower(request.header("Content-Type"));
  const auto parameters = type.find(';');
  if (trimmed(std::string_view{type}.substr(0, parameters), " \t") != "application/json") {
    return false;
  }
  const auto charset = type.find("charset=");
  return charset == std::string::npos || type.find("utf-8", charset) != std::string::npos;
}

}  // namespace cdss::server
