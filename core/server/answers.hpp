#pragma once

#include <string>
#include <string_view>

#include "core/hooks/request/leniencies.hpp"
#include "core/http/server/request.hpp"
#include "core/http/server/response.hpp"
#include "core/server/refusal.hpp"

namespace cdss::server {

/// The answer with which a call ends; 503 says when to try again.
http::Response answer(int status, std::string body);

/// The same with the refusal's OperationOutcome.
http::Response answer(const Refusal& refusal, const hooks::Leniencies& leniencies = {});

/// 404 with an OperationOutcome.
http::Response not_found(std::string_view sentence);

/// 405 with `Allow`, e.g. "POST, OPTIONS".
http::Response method_not_allowed(std::string_view allow);

/// A page for people; other sites are not told from where a link was followed.
http::Response html_answer(std::string html, const std::string& content_security_policy);

/// The body of what the HTTP server refuses by itself.
std::string http_error_body(int status, std::string_view sentence);

/// Whether a body may be read as JSON: `application/json` in UTF-8, not compressed.
/// Source: rows GEN-01, ERR-03.
bool is_json(const http::Request& request);

/// The answer to any other body: 415.
Refusal not_json();

}  // namespace cdss::server
