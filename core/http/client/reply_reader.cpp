#include "core/http/client/reply_reader.hpp"

#include <algorithm>
#include <utility>

#include "core/http/common/status.hpp"

namespace cdss::http {

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
    case Part::header:
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
  if (!header_.read(bytes.substr(0, length))) {
    malformed();
  } else if (header_.is_done()) {
    end_header();
  }
  return length;
}

void ReplyReader::end_header() {
  reply_ = std::move(header_.reply);
  if (is_interim(reply_.status)) {
    header_ = ReplyHeader{};
  } else {
    begin_body();
  }
}

void ReplyReader::begin_body() {
  keep_alive_ = header_.leaves_open();
  if (const auto length = header_.content_length()) {
    length_ = *length;
  }
  if (!has_body(reply_.status)) {
    keep_alive_ = keep_alive_ && !header_.chunked() && length_.value_or(0) == 0;
    state_ = State::complete;
  } else if (header_.chunked()) {
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
