#include "core/server/answers.hpp"

#include <utility>

#include "core/base/errors/errc_row.hpp"
#include "core/base/text/ascii.hpp"
#include "core/hooks/card/operation_outcome.hpp"

namespace cdss::server {
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
  return hooks::write_operation_outcome(issue_type_of_status(status), sentence);
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
