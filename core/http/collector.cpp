#include "core/http/collector.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/http/text.hpp"

namespace cdss::http {
namespace {

namespace beast_http = boost::beast::http;
using beast_http::field;
using beast_http::verb;

constexpr Refusal kBadTarget{400, "the request target is not a path"};
constexpr Refusal kBadHost{400, "the request needs exactly one Host header"};
constexpr Refusal kTwoLengths{400, "the request has more than one Content-Length"};
constexpr Refusal kOldEncoding{400, "Transfer-Encoding needs HTTP/1.1"};
constexpr Refusal kUnknownEncoding{501, "no Transfer-Encoding but chunked is understood"};
constexpr Refusal kBadExpectation{417, "no expectation but 100-continue can be met"};
constexpr Refusal kNotLocal{
    403, "without authentication only Host localhost, 127.0.0.1 or [::1] is served"};
constexpr Refusal kForwarded{403, "without authentication a forwarded request is not served"};
constexpr Refusal kNoRoom{503, "too many requests are being read, try again later"};

Method method_of(verb method) {
  switch (method) {
    case verb::get:
      return Method::get;
    case verb::head:
      return Method::head;
    case verb::post:
      return Method::post;
    case verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

/// Whether a Host names this machine, whatever the port.
bool is_local_host(std::string_view host) {
  for (const std::string_view name : {"localhost", "127.0.0.1", "[::1]"}) {
    if (starts_ignoring_case(host, name)) {
      const auto port = host.substr(name.size());
      return port.empty() || (port.front() == ':' &&
                              port.find_first_not_of("0123456789", 1) == std::string_view::npos);
    }
  }
  return false;
}

}  // namespace

Collector::Collector(const RequestParser::Limits& limits, Lease& lease)
    : limits_{limits}, lease_{lease} {
  header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  body_limit(limits.body_bytes);
  eager(true);
}

void Collector::refuse(const Refusal& why, error_code& error) {
  refusal = why;
  error = beast_http::error::bad_field;
}

void Collector::on_request_impl(verb method, string_view, string_view target, int version,
                                error_code& error) {
  request.method = method_of(method);
  is_http_1_0 = version == 10;
  if (!read_target({target.data(), target.size()})) {
    refuse(kBadTarget, error);
  }
}

bool Collector::read_target(std::string_view target) {
  if (std::ranges::any_of(target, [](char c) { return c <= ' ' || c == 0x7f || c == '#'; })) {
    return false;  // a char above 0x7f is negative
  }
  if (target == "*") {
    request.path = target;
    return request.method == Method::options;
  }
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (starts_ignoring_case(target, scheme)) {
      target.remove_prefix(scheme.size());
      authority_ = target.substr(0, target.find_first_of("/?"));
      target.remove_prefix(authority_->size());
      if (target.empty()) {
        target = "/";
      }
      break;
    }
  }
  if (target.empty() || target.front() != '/') {
    return false;
  }
  const auto mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string_view::npos) {
    request.query = target.substr(mark + 1);
  }
  return true;
}

void Collector::on_field_impl(field name, string_view name_text, string_view value_text,
                              error_code& error) {
  if (in_body_) {
    return;  // A trailer: nothing of ours reads one, and it must not pass for a header.
  }
  const std::string_view value{value_text.data(), value_text.size()};
  if (name == field::host) {
    ++hosts_;
  } else if (name == field::content_length) {
    check_content_length(value, error);
  } else if (name == field::transfer_encoding) {
    check_transfer_encoding(value, error);
  } else if (name == field::expect) {
    wants_continue = equal_ignoring_case(value, "100-continue");
    if (!wants_continue) {
      refuse(kBadExpectation, error);
    }
  } else if (limits_.require_local_host &&
             (equal_ignoring_case({name_text.data(), name_text.size()}, "forwarded") ||
              starts_ignoring_case({name_text.data(), name_text.size()}, "x-forwarded-"))) {
    refuse(kForwarded, error);
  }
  request.headers.emplace_back(std::piecewise_construct,
                               std::forward_as_tuple(name_text.data(), name_text.size()),
                               std::forward_as_tuple(value));
}

void Collector::check_content_length(std::string_view value, error_code& error) {
  // Beast accepts a list of equal lengths and equal repeated fields.
  if (std::exchange(has_length_, true) ||
      value.find_first_not_of("0123456789") != std::string_view::npos) {
    refuse(kTwoLengths, error);
  }
}

void Collector::check_transfer_encoding(std::string_view value, error_code& error) {
  if (is_http_1_0) {
    refuse(kOldEncoding, error);
  } else if (!equal_ignoring_case(value, "chunked")) {
    refuse(kUnknownEncoding, error);
  }
}

void Collector::on_header_impl(error_code& error) {
  const std::string_view host = request.header("host");
  const bool counted = is_http_1_0 ? hosts_ <= 1 : hosts_ == 1;
  if (!counted || (hosts_ == 1 && host.empty()) ||
      (authority_ && !equal_ignoring_case(*authority_, host))) {
    return refuse(kBadHost, error);
  }
  if (limits_.require_local_host && !is_local_host(host)) {
    return refuse(kNotLocal, error);
  }
  wants_continue = wants_continue && !is_http_1_0;
  in_body_ = true;
}

/// Takes body bytes as they arrive, never by what a length claims.
std::size_t Collector::append(string_view bytes, error_code& error) {
  if (!lease_.take(bytes.size())) {
    refuse(kNoRoom, error);
    return 0;
  }
  request.body.append(bytes.data(), bytes.size());
  return bytes.size();
}

}  // namespace cdss::http
