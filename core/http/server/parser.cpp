#include "core/http/server/parser.hpp"

#include <algorithm>

#include "core/base/text/wipe.hpp"
#include "core/http/common/text.hpp"

namespace cdss::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;

constexpr Refusal kMalformedLine{400, "a line of the header is not in the form of HTTP/1.1"};
constexpr Refusal kFolded{400, "a header field is folded over several lines"};
constexpr Refusal kHeaderTooLong{431, "the request header is longer than is accepted"};
constexpr Refusal kBodyTooLong{413, "the request body is longer than is accepted"};
constexpr Refusal kBadChunk{400, "the chunks of the body are not in the form of HTTP/1.1"};
constexpr Refusal kNoRoom{503, "too many requests are being read, try again later"};

/// Whether a request line is three words with single spaces between, the last a version; Beast
/// answers 505 to whatever does not end in one that it knows.
bool is_request_line(std::string_view line) {
  const std::string_view version = line.substr(line.rfind(' ') + 1);
  return std::ranges::count(line, ' ') == 2 && version.size() == 8 &&
         version.starts_with("HTTP/") && is_digit(version[5]) && version[6] == '.' &&
         is_digit(version[7]);
}

Refusal refusal_of(const error_code& error) {
  if (error == beast_http::error::bad_version) {
    return {505, "the request is not HTTP/1.1 or HTTP/1.0"};
  }
  if (error == beast_http::error::header_limit) {
    return kHeaderTooLong;
  }
  return {400, "the request is not in the form of HTTP/1.1"};
}

}  // namespace

RequestParser::RequestParser(const Limits& limits, Lease& lease) : limits_{limits}, lease_{lease} {
  reset();
}

void RequestParser::reset() {
  collector_.emplace(limits_);
  chunks_.reset();
  left_ = 0;
  state_ = State::header;
  header_is_good_ = false;
  line_ = 0;
  scanned_ = 0;
  at_start_ = true;
}

std::size_t RequestParser::put(std::string_view bytes) {
  std::size_t used = 0;
  if (state_ == State::header) {
    used = put_header(bytes);
  }
  if (state_ == State::body && used < bytes.size()) {
    used += put_body(bytes.substr(used));
  }
  return used;
}

void RequestParser::refuse(const Refusal& why) {
  refusal_ = why;
  state_ = State::refused;
}

std::size_t RequestParser::put_header(std::string_view bytes) {
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
  if (end == 0) {
    return skipped;
  }
  read_header(bytes.substr(0, end));
  return skipped + end;
}

/// The length of the header, or 0 when its end has not come. Looks at each line once, and refuses
/// those that readers disagree on: Beast unfolds what is folded.
std::size_t RequestParser::find_end(std::string_view bytes) {
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

void RequestParser::read_header(std::string_view header) {
  if (!is_request_line(header.substr(0, header.find('\r')))) {
    return refuse(kMalformedLine);
  }
  error_code error;
  std::size_t used = 0;
  while (used < header.size() && !collector_->is_done() && !error) {
    used += collector_->put(boost::asio::const_buffer{header.data() + used, header.size() - used},
                            error);
  }
  if (error && error != beast_http::error::need_more) {
    return refuse(collector_->refusal ? *collector_->refusal : refusal_of(error));
  }
  if (!collector_->is_done() || used != header.size()) {
    return refuse(kMalformedLine);  // Beast looks past the end of the header for the rest of a line
  }
  begin_body();
}

void RequestParser::begin_body() {
  header_is_good_ = true;
  if (collector_->chunked()) {
    chunks_.emplace(limits_.body_bytes);
    state_ = State::body;
    return;
  }
  left_ = collector_->content_length().value_or(0);
  if (left_ > limits_.body_bytes) {
    return refuse(kBodyTooLong);
  }
  state_ = left_ == 0 ? State::complete : State::body;
}

std::size_t RequestParser::put_body(std::string_view bytes) {
  if (chunks_) {
    return put_chunks(bytes);
  }
  const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
  if (append(bytes.substr(0, length))) {
    left_ -= length;
    state_ = left_ == 0 ? State::complete : State::body;
  }
  return length;
}

std::size_t RequestParser::put_chunks(std::string_view bytes) {
  std::size_t used = 0;
  while (state_ == State::body) {
    const auto step = chunks_->next(bytes.substr(used));
    used += step.used;
    if (chunks_->state() == ChunkReader::State::complete) {
      state_ = State::complete;
    } else if (chunks_->state() != ChunkReader::State::more) {
      refuse(chunks_->state() == ChunkReader::State::too_long ? kBodyTooLong : kBadChunk);
    } else if (step.used == 0 || !append(step.body)) {
      break;
    }
  }
  return used;
}

/// Takes body bytes as they arrive, never by what a length claims.
bool RequestParser::append(std::string_view bytes) {
  if (!lease_.take(bytes.size())) {
    refuse(kNoRoom);
    return false;
  }
  append_wiping(collector_->request.body, bytes);
  return true;
}

std::string_view RequestParser::origin() const {
  const Request& request = collector_->request;
  return header_is_good_ && request.count("Origin") == 1 ? request.header("Origin")
                                                         : std::string_view{};
}

}  // namespace cdss::http
