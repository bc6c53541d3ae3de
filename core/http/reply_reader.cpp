#include "core/http/reply_reader.hpp"

#include <algorithm>
#include <charconv>

#include "core/http/head.hpp"
#include "core/http/text.hpp"

namespace cdss::http {
namespace {

constexpr unsigned kLongestRetryAfter = 86'400;
constexpr int kSwitchingProtocols = 101;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool are_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// Whole seconds; a date, which RFC 9110 permits too, says nothing without the server's clock.
std::optional<unsigned> read_retry_after(std::string_view value) {
  if (!are_digits(value)) {
    return std::nullopt;
  }
  unsigned seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  return error == std::errc{} ? std::min(seconds, kLongestRetryAfter) : kLongestRetryAfter;
}

}  // namespace

void ReplyReader::fail(Errc code, const char* message) {
  state_ = State::failed;
  error_ = {code, {}, message};
}

void ReplyReader::put(std::string_view bytes) {
  began_ = began_ || !bytes.empty();
  if (!waiting_.empty()) {
    waiting_.append(bytes);
    bytes = waiting_;
  }
  while (state_ == State::more && !bytes.empty()) {
    const std::size_t used = read_on(bytes);
    if (used == 0) {
      break;
    }
    bytes.remove_prefix(used);
  }
  waiting_ = std::string{bytes};
}

void ReplyReader::end() {
  if (state_ == State::more && part_ == Part::body_to_end) {
    state_ = State::complete;
  }
}

std::size_t ReplyReader::read_on(std::string_view bytes) {
  switch (part_) {
    case Part::status:
    case Part::fields:
      return read_line(bytes);
    case Part::body:
    case Part::body_to_end:
      return read_body(bytes);
    case Part::chunks:
      break;
  }
  return read_chunk(bytes);
}

std::size_t ReplyReader::read_line(std::string_view bytes) {
  const auto newline = bytes.find('\n');
  const auto length = newline == std::string_view::npos ? bytes.size() : newline + 1;
  if (header_bytes_ + length > limits_.header_bytes) {
    fail(Errc::out_of_range, "answered with too long a header");
    return 0;
  }
  if (newline == std::string_view::npos) {
    return 0;
  }
  header_bytes_ += length;
  std::string_view line = bytes.substr(0, newline);
  if (!line.ends_with('\r') || !is_text(line.substr(0, line.size() - 1))) {
    malformed();
    return 0;
  }
  line.remove_suffix(1);
  if (part_ == Part::fields && line.empty()) {
    end_header();
  } else if (!(part_ == Part::status ? read_status(line) : read_field(line))) {
    malformed();
  }
  return length;
}

bool ReplyReader::read_status(std::string_view line) {
  constexpr std::string_view kStart = "HTTP/1.x 200";
  const std::string_view digits =
      line.substr(0, kStart.size()).substr(std::min<std::size_t>(9, line.size()));
  if (line.size() < kStart.size() || !line.starts_with("HTTP/1.") ||
      (line[7] != '0' && line[7] != '1') || line[8] != ' ' || !are_digits(digits) ||
      (line.size() > kStart.size() && line[kStart.size()] != ' ')) {
    return false;
  }
  std::from_chars(digits.data(), digits.data() + digits.size(), reply_.status);
  http_1_1_ = line[7] == '1';
  keep_alive_ = http_1_1_;
  part_ = Part::fields;
  constexpr int kFirst = 100;
  constexpr int kLast = 599;
  return reply_.status >= kFirst && reply_.status <= kLast && reply_.status != kSwitchingProtocols;
}

bool ReplyReader::read_field(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return false;
  }
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  const auto is = [&](std::string_view other) { return equal_ignoring_case(name, other); };
  if (is("content-length")) {
    return read_length(value);
  }
  if (is("transfer-encoding")) {
    const bool once = !std::exchange(chunked_, true);
    return once && http_1_1_ && equal_ignoring_case(value, "chunked");
  }
  if (is("content-encoding")) {
    return equal_ignoring_case(value, "identity");
  }
  if (is("connection")) {
    read_connection(value);
  } else if (is("content-type")) {
    reply_.content_type = value;
  } else if (is("retry-after")) {
    reply_.retry_after_s = read_retry_after(value);
  }
  return true;
}

bool ReplyReader::read_length(std::string_view value) {
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (length_ || !are_digits(value) || error != std::errc{}) {
    return false;
  }
  length_ = length;
  return true;
}

void ReplyReader::read_connection(std::string_view value) {
  while (!value.empty()) {
    const auto comma = std::min(value.find(','), value.size());
    if (equal_ignoring_case(trimmed(value.substr(0, comma)), "close")) {
      keep_alive_ = false;
    }
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
}

void ReplyReader::end_header() {
  constexpr int kFirstFinal = 200;
  if (chunked_ && length_) {
    return malformed();
  }
  if (reply_.status >= kFirstFinal) {
    return begin_body();
  }
  if (chunked_ || length_) {
    return malformed();
  }
  reply_ = {};
  part_ = Part::status;
}

void ReplyReader::begin_body() {
  constexpr int kTooManyRequests = 429;
  constexpr int kServiceUnavailable = 503;
  if (reply_.status != kTooManyRequests && reply_.status != kServiceUnavailable) {
    reply_.retry_after_s.reset();
  }
  if (!has_body(reply_.status)) {
    keep_alive_ = keep_alive_ && !chunked_ && length_.value_or(0) == 0;
    state_ = State::complete;
  } else if (chunked_) {
    chunks_.emplace(limits_.body_bytes);
    part_ = Part::chunks;
  } else if (!length_) {
    keep_alive_ = false;
    part_ = Part::body_to_end;
  } else if (*length_ > limits_.body_bytes) {
    fail(Errc::out_of_range, "answered with too long a body");
  } else {
    part_ = Part::body;
    state_ = *length_ == 0 ? State::complete : State::more;
  }
}

std::size_t ReplyReader::read_body(std::string_view bytes) {
  const auto length = length_ ? std::min<std::uint64_t>(*length_, bytes.size()) : bytes.size();
  if (length > limits_.body_bytes - reply_.body.size()) {
    fail(Errc::out_of_range, "answered with too long a body");
    return 0;
  }
  reply_.body.append(bytes.substr(0, static_cast<std::size_t>(length)));
  if (length_) {
    *length_ -= length;
    state_ = *length_ == 0 ? State::complete : State::more;
  }
  return static_cast<std::size_t>(length);
}

std::size_t ReplyReader::read_chunk(std::string_view bytes) {
  const auto step = chunks_->next(bytes);
  switch (chunks_->state()) {
    case ChunkReader::State::more:
      reply_.body.append(step.body);
      break;
    case ChunkReader::State::complete:
      state_ = State::complete;
      break;
    case ChunkReader::State::too_long:
      fail(Errc::out_of_range, "answered with too long a body");
      break;
    case ChunkReader::State::malformed:
      malformed();
      break;
  }
  return step.used;
}

}  // namespace cdss::http
