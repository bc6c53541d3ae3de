#include "core/http/client/reply_header.hpp"

#include <limits>
#include <string>

#include "core/http/common/status.hpp"
#include "core/http/common/text.hpp"

namespace cdss::http {
namespace {

namespace beast_http = boost::beast::http;
using beast_http::field;

/// Whether an answer of that status is one; after 101 the connection would speak something else.
constexpr bool is_status(int status) {
  constexpr int kFirst = 100;
  constexpr int kSwitchingProtocols = 101;
  constexpr int kLast = 599;
  return status >= kFirst && status <= kLast && status != kSwitchingProtocols;
}

/// A line as Beast takes it: with the space behind the status that servers without a reason leave
/// out, and with one byte behind the line, by which Beast tells that the line is not folded. If it
/// is, the next one begins with a blank, which Beast takes for no field name.
std::string as_beast_takes_it(std::string_view line, bool is_status_line) {
  constexpr std::string_view kNoReason = "HTTP/1.1 200\r\n";
  std::string text{line};
  if (is_status_line && line.size() == kNoReason.size() && line.ends_with("\r\n")) {
    text.insert(text.size() - 2, 1, ' ');
  }
  text += '\r';
  return text;
}

}  // namespace

ReplyHeader::ReplyHeader() {
  // Beast would hold each call against it, and a call has one line.
  header_limit(std::numeric_limits<std::uint32_t>::max());
}

bool ReplyHeader::read(std::string_view line) {
  const std::string text = as_beast_takes_it(line, !got_some());
  error_code error;
  const auto used = put(boost::asio::const_buffer{text.data(), text.size()}, error);
  return used == text.size() - 1 && (!error || error == beast_http::error::need_more);
}

void ReplyHeader::on_response_impl(int status, string_view, int version, error_code& error) {
  constexpr int kHttp11 = 11;
  reply.status = status;
  is_http_1_1_ = version == kHttp11;
  if (!is_status(status)) {
    error = beast_http::error::bad_status;
  }
}

void ReplyHeader::on_field_impl(field name, string_view, string_view value_text,
                                error_code& error) {
  const std::string_view value{value_text.data(), value_text.size()};
  if (name == field::content_length) {
    if (!is_only_length(value)) {
      error = beast_http::error::bad_content_length;
    }
  } else if (name == field::transfer_encoding) {
    if (!is_http_1_1_ || !equal_ignoring_case(value, "chunked")) {
      error = beast_http::error::bad_transfer_encoding;
    }
  } else if (name == field::content_encoding) {
    if (!equal_ignoring_case(value, "identity")) {
      error = beast_http::error::bad_value;
    }
  } else if (name == field::content_type) {
    reply.content_type = value;
  }
}

void ReplyHeader::on_header_impl(error_code& error) {
  const bool has_length = content_length().has_value();
  if ((chunked() && has_length) || (is_interim(reply.status) && (chunked() || has_length))) {
    error = beast_http::error::bad_transfer_encoding;
  }
}

}  // namespace cdss::http
