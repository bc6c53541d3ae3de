#include "core/http/parser.hpp"

#include <optional>
#include <utility>

#include "core/http/collector.hpp"
#include "core/http/text.hpp"

namespace cdss::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;
using State = RequestParser::State;

constexpr Refusal kMalformedLine{400, "a line of the header is not in the form of HTTP/1.1"};
constexpr Refusal kFolded{400, "a header field is folded over several lines"};
constexpr Refusal kHeaderTooLong{431, "the request header is longer than is accepted"};
constexpr Refusal kBodyTooLong{413, "the request body is longer than is accepted"};

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
