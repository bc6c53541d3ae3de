#include "core/http/parser.hpp"

#include <optional>
#include <utility>

#include <boost/beast/http/basic_parser.hpp>

#include "core/http/text.hpp"

namespace cdss::http {
namespace {

namespace beast_http = boost::beast::http;
using beast_http::field;
using beast_http::verb;
using boost::beast::error_code;
using boost::beast::string_view;
using State = RequestParser::State;

constexpr Refusal kMalformedLine{400, "a line of the header is not in the form of HTTP/1.1"};
constexpr Refusal kFolded{400, "a header field is folded over several lines"};
constexpr Refusal kBadTarget{400, "the request target is not a path"};
constexpr Refusal kBadHost{400, "the request needs exactly one Host header"};
constexpr Refusal kTwoLengths{400, "the request has more than one Content-Length"};
constexpr Refusal kOldEncoding{400, "Transfer-Encoding needs HTTP/1.1"};
constexpr Refusal kUnknownEncoding{501, "no Transfer-Encoding but chunked is understood"};
constexpr Refusal kBadExpectation{417, "no expectation but 100-continue can be met"};
constexpr Refusal kNotLocal{
    403, "without authentication only Host localhost, 127.0.0.1 or [::1] is served"};
constexpr Refusal kForwarded{403, "without authentication a forwarded request is not served"};
constexpr Refusal kHeaderTooLong{431, "the request header is longer than is accepted"};
constexpr Refusal kBodyTooLong{413, "the request body is longer than is accepted"};
constexpr Refusal kNoRoom{503, "too many requests are being read, try again later"};

Refusal refusal_of(const error_code& error) {
  if (error == beast_http::error::bad_version) {
    return {505, "the request is not HTTP/1.1 or HTTP/1.0"};
  }
  if (error == beast_http::error::body_limit) {
    return kBodyTooLong;
  }
  if (error == beast_http::error::header_limit) {
    return kHeaderTooLong;
  }
  if (error == beast_http::error::bad_chunk || error == beast_http::error::bad_chunk_extension) {
    return {400, "the chunks of the body are not in the form of HTTP/1.1"};
  }
  return {400, "the request is not in the form of HTTP/1.1"};
}

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

/// Collects one message straight into a Request. Beast's own parser would keep the fields in a tree
/// of its own and reserve the body by what Content-Length claims.
class Collector final : public beast_http::basic_parser<true> {
 public:
  Collector(const RequestParser::Limits& limits, Lease& lease) : limits_{limits}, lease_{lease} {
    header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    body_limit(limits.body_bytes);
    eager(true);
  }

  Request request;
  std::optional<Refusal> refusal;
  bool wants_continue = false;
  bool is_http_1_0 = false;

 private:
  void refuse(const Refusal& why, error_code& error) {
    refusal = why;
    error = beast_http::error::bad_field;
  }

  void on_request_impl(verb method, string_view, string_view target, int version,
                       error_code& error) override {
    request.method = method_of(method);
    is_http_1_0 = version == 10;
    if (!read_target({target.data(), target.size()})) {
      refuse(kBadTarget, error);
    }
  }

  bool read_target(std::string_view target) {
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

  void on_field_impl(field name, string_view name_text, string_view value_text,
                     error_code& error) override {
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

  void check_content_length(std::string_view value, error_code& error) {
    // Beast accepts a list of equal lengths and equal repeated fields.
    if (std::exchange(has_length_, true) ||
        value.find_first_not_of("0123456789") != std::string_view::npos) {
      refuse(kTwoLengths, error);
    }
  }

  void check_transfer_encoding(std::string_view value, error_code& error) {
    if (is_http_1_0) {
      refuse(kOldEncoding, error);
    } else if (!equal_ignoring_case(value, "chunked")) {
      refuse(kUnknownEncoding, error);
    }
  }

  void on_header_impl(error_code& error) override {
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
  std::size_t append(string_view bytes, error_code& error) {
    if (!lease_.take(bytes.size())) {
      refuse(kNoRoom, error);
      return 0;
    }
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  std::size_t on_body_impl(string_view bytes, error_code& error) override {
    return append(bytes, error);
  }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& error) override {
    return append(bytes, error);
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& error) override {
    error = {};
  }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code& error) override { error = {}; }
  void on_finish_impl(error_code& error) override { error = {}; }
  void on_response_impl(int, string_view, int, error_code& error) override {
    error = beast_http::error::bad_method;
  }

  const RequestParser::Limits limits_;
  Lease& lease_;
  std::optional<std::string> authority_;  // of a target in absolute form
  std::size_t hosts_ = 0;
  bool has_length_ = false;
  bool in_body_ = false;
};

}  // namespace

class RequestParser::Impl {
 public:
  Impl(const Limits& limits, Lease& lease) : limits_{limits}, lease_{lease} { reset(); }

  void reset() {
    collector_.emplace(limits_, lease_);
    state_ = State::header;
    line_ = 0;
    scanned_ = 0;
    at_start_ = true;
  }

  std::size_t put(std::string_view bytes) {
    std::size_t used = 0;
    if (state_ == State::header) {
      used = put_header(bytes);
    }
    if (state_ == State::body && used < bytes.size()) {
      used += feed(bytes.substr(used));
    }
    return used;
  }

  State state() const { return state_; }
  const Refusal& refusal() const { return refusal_; }
  Collector& message() { return *collector_; }

 private:
  void refuse(const Refusal& why) {
    refusal_ = why;
    state_ = State::refused;
  }

  std::size_t put_header(std::string_view bytes) {
    std::size_t skipped = 0;
    if (at_start_) {
      // Some clients end a body with a CRLF that its length does not count.
      if (bytes == "\r") {
        return 0;
      }
      skipped = bytes.starts_with("\r\n") ? 2 : 0;
      bytes.remove_prefix(skipped);
      at_start_ = false;
    }
    const std::size_t end = find_end(bytes);
    if (state_ == State::refused) {
      return skipped;
    }
    if (end > limits_.header_bytes || (end == 0 && bytes.size() >= limits_.header_bytes)) {
      refuse(kHeaderTooLong);
      return skipped;
    }
    return end == 0 ? skipped : skipped + feed(bytes.substr(0, end));
  }

  /// The length of the header, or 0 when its end has not come. Looks at each line once, and refuses
  /// those that readers disagree on: Beast unfolds what is folded.
  std::size_t find_end(std::string_view bytes) {
    if (!bytes.empty() && !is_token(bytes.substr(0, 1))) {
      refuse(kMalformedLine);
      return 0;
    }
    while (true) {
      const auto newline = bytes.find('\n', scanned_);
      if (newline == std::string_view::npos) {
        scanned_ = bytes.size();
        return 0;
      }
      const std::string_view line = bytes.substr(line_, newline - line_);
      if (line.empty() || line.find('\r') != line.size() - 1 ||
          line.find('\0') != std::string_view::npos) {
        refuse(kMalformedLine);
        return 0;
      }
      if (line.front() == ' ' || line.front() == '\t') {
        refuse(kFolded);
        return 0;
      }
      line_ = scanned_ = newline + 1;
      if (line.size() == 1) {
        return line_;
      }
    }
  }

  std::size_t feed(std::string_view bytes) {
    // Beast asserts that it never resumes on less than a last chunk, "0\r\n\r\n", though a client
    // may well send four bytes of it. As much is always to come, so waiting for it loses nothing.
    if (state_ == State::body && collector_->chunked() && bytes.size() < kLastChunk) {
      return 0;
    }
    std::size_t used = 0;
    error_code error;
    while (used < bytes.size() && !collector_->is_done() && !error) {
      used += collector_->put(boost::asio::const_buffer{bytes.data() + used, bytes.size() - used},
                              error);
    }
    if (error && error != beast_http::error::need_more) {
      refuse(collector_->refusal ? *collector_->refusal : refusal_of(error));
    } else if (!collector_->is_header_done()) {
      refuse(kMalformedLine);  // Beast looks past the end of the header for the rest of a line
    } else if (collector_->is_done()) {
      state_ = State::complete;
    } else {
      state_ = State::body;
    }
    return used;
  }

  static constexpr std::size_t kLastChunk = 5;

  const Limits limits_;
  Lease& lease_;
  std::optional<Collector> collector_;
  State state_ = State::header;
  Refusal refusal_;
  std::size_t line_ = 0;     // where the line begins that has not ended
  std::size_t scanned_ = 0;  // no line ends before this
  bool at_start_ = true;     // no byte of this request has come
};

RequestParser::RequestParser(const Limits& limits, Lease& lease)
    : impl_{std::make_unique<Impl>(limits, lease)} {}
RequestParser::~RequestParser() = default;

void RequestParser::reset() {
  impl_->reset();
}
std::size_t RequestParser::put(std::string_view bytes) {
  return impl_->put(bytes);
}
RequestParser::State RequestParser::state() const {
  return impl_->state();
}
Refusal RequestParser::refusal() const {
  return impl_->refusal();
}
bool RequestParser::wants_continue() const {
  return impl_->message().wants_continue;
}
bool RequestParser::keep_alive() const {
  return impl_->message().keep_alive();
}
bool RequestParser::is_http_1_0() const {
  return impl_->message().is_http_1_0;
}
Request RequestParser::take() {
  return std::move(impl_->message().request);
}

}  // namespace cdss::http
