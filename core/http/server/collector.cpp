#include "core/http/server/collector.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/base/text/percent.hpp"
#include "core/http/common/text.hpp"

namespace cdss::http {
namespace {

namespace beast_http = boost::beast::http;
using beast_http::field;
using beast_http::verb;

/// A field takes many times its bytes in memory; browsers and proxies send some thirty.
constexpr std::size_t kMostFields = 100;

constexpr Refusal kBadTarget{400, "the request target is not a path"};
constexpr Refusal kBadHost{400, "the request needs exactly one Host header with a host in it"};
constexpr Refusal kTwoLengths{400, "the request has more than one Content-Length"};
constexpr Refusal kOldEncoding{400, "Transfer-Encoding needs HTTP/1.1"};
constexpr Refusal kUnknownEncoding{501, "no Transfer-Encoding but chunked is understood"};
constexpr Refusal kBadExpectation{417, "no expectation but 100-continue can be met"};
constexpr Refusal kNotLocal{
    403, "without authentication only Host localhost, 127.0.0.1 or [::1] is served"};
constexpr Refusal kTooManyFields{431, "the request has more header fields than are accepted"};
constexpr Refusal kForwarded{403, "without authentication a forwarded request is not served"};

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

/// Whether a field is one by which proxies say that a request came through them.
/// Source: RFC 7239, section 4; RFC 9110, section 7.6.3; the others are custom.
bool is_of_proxy(std::string_view name) {
  return equal_ignoring_case(name, "forwarded") || starts_ignoring_case(name, "x-forwarded-") ||
         equal_ignoring_case(name, "via") || equal_ignoring_case(name, "x-real-ip");
}

/// Whether `text` is a host with or without a port. Of a registered name's characters only those
/// that names have in fact: the others are where readers begin to disagree.
/// Source: RFC 9110, section 7.2; RFC 3986, section 3.2.2.
bool is_host(std::string_view text) {
  std::size_t end = 0;
  if (text.starts_with('[')) {
    end = text.find(']');
    if (end == std::string_view::npos || end < 3 ||
        text.substr(1, end - 1).find_first_not_of("0123456789abcdefABCDEF:.") !=
            std::string_view::npos) {
      return false;
    }
    ++end;
  } else {
    end = std::min(text.find(':'), text.size());
    if (end == 0 || !std::ranges::all_of(text.substr(0, end), [](char c) {
          return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
        })) {
      return false;
    }
  }
  const std::string_view port = text.substr(end);
  return port.empty() ||
         (port.front() == ':' && port.size() <= 6 && std::ranges::all_of(port.substr(1), is_digit));
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

Collector::Collector(const RequestLimits& limits) : limits_{limits} {
  header_limit(static_cast<std::uint32_t>(limits.header_bytes));
}

void Collector::refuse(const Refusal& why, error_code& error) {
  refusal = why;
  error = beast_http::error::bad_field;
}

void Collector::on_request_impl(verb method, string_view, string_view target, int version,
                                error_code& error) {
  request.method = method_of(method);
  is_http_1_0 = version == 10;
  // CONNECT would make a tunnel of the connection, whatever its target looks like.
  if (method == verb::connect || !read_target({target.data(), target.size()})) {
    refuse(kBadTarget, error);
  }
}

bool Collector::read_target(std::string_view target) {
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
      } else if (target.front() == '?') {
        request.path = "/";  // RFC 3986, section 6.2.3
        request.query = target.substr(1);
        return is_path_or_query(target);
      }
      break;
    }
  }
  if (!target.starts_with('/') || !is_path_or_query(target)) {
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
  const std::string_view value{value_text.data(), value_text.size()};
  if (request.headers.size() == kMostFields) {
    return refuse(kTooManyFields, error);
  }
  if (name == field::host) {
    ++hosts_;
  } else if (name == field::content_length) {
    if (!is_only_length(value)) {
      refuse(kTwoLengths, error);
    }
  } else if (name == field::transfer_encoding) {
    check_transfer_encoding(value, error);
  } else if (name == field::expect) {
    wants_continue = equal_ignoring_case(value, "100-continue");
    if (!wants_continue) {
      refuse(kBadExpectation, error);
    }
  } else if (limits_.require_local_host && is_of_proxy({name_text.data(), name_text.size()})) {
    refuse(kForwarded, error);
  }
  request.headers.emplace_back(std::piecewise_construct,
                               std::forward_as_tuple(name_text.data(), name_text.size()),
                               std::forward_as_tuple(value));
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
  if (!counted || (hosts_ == 1 && !is_host(host)) ||
      (authority_ && !equal_ignoring_case(*authority_, host))) {
    return refuse(kBadHost, error);
  }
  if (limits_.require_local_host && !is_local_host(host)) {
    return refuse(kNotLocal, error);
  }
  wants_continue = wants_continue && !is_http_1_0;
}

}  // namespace cdss::http
