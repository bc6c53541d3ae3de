#include "core/http/common/chunk_reader.hpp"

#include <algorithm>

#include "core/http/common/text.hpp"

namespace cdss::http {
namespace {

/// One line with its extensions, or one trailer field.
constexpr std::size_t kLongestLine = 4096;
/// Extensions and trailers of one body: chunks of one byte with long extensions cost more to read
/// than they carry.
constexpr std::size_t kMostOverhead = std::size_t{16} << 10U;
/// What a line may have for each chunk without counting as overhead: sixteen digits and CRLF.
constexpr std::size_t kPlainLine = 18;
constexpr std::size_t kMostDigits = 16;

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

/// Cuts a token off the front. False when there is none.
bool take_token(std::string_view& text) {
  const auto* const end = std::ranges::find_if_not(text, is_token_char);
  const auto length = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(length);
  return length > 0;
}

/// Cuts a token or a quoted string off the front. False when there is neither.
bool take_value(std::string_view& text) {
  if (!text.starts_with('"')) {
    return take_token(text);
  }
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '"') {
      text.remove_prefix(at + 1);
      return true;
    }
    at += text[at] == '\\' ? 1 : 0;
  }
  return false;
}

/// *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] )
bool are_extensions(std::string_view text) {
  while (!text.empty()) {
    text = without_blanks(text);
    if (!text.starts_with(';')) {
      return false;
    }
    text = without_blanks(text.substr(1));
    if (!take_token(text)) {
      return false;
    }
    const std::string_view value = without_blanks(text);
    if (value.starts_with('=')) {
      text = without_blanks(value.substr(1));
      if (!take_value(text)) {
        return false;
      }
    }
  }
  return true;
}

/// A trailer that says how a message is framed or routed was meant for another reader than us.
bool misleads(std::string_view name) {
  return equal_ignoring_case(name, "content-length") ||
         equal_ignoring_case(name, "transfer-encoding") || equal_ignoring_case(name, "host");
}

}  // namespace

ChunkReader::Step ChunkReader::next(std::string_view bytes) {
  if (state_ != State::more || bytes.empty()) {
    return {};
  }
  switch (part_) {
    case Part::content: {
      const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
      left_ -= length;
      part_ = left_ == 0 ? Part::content_end : Part::content;
      return {.used = length, .body = bytes.substr(0, length)};
    }
    case Part::content_end:
      if (!std::string_view{"\r\n"}.starts_with(bytes.substr(0, 2))) {
        return fail(State::malformed);
      }
      if (bytes.size() < 2) {
        return {};
      }
      part_ = Part::size;
      return {.used = 2};
    case Part::size:
    case Part::trailer:
      break;
  }
  return next_line(bytes);
}

ChunkReader::Step ChunkReader::next_line(std::string_view bytes) {
  const auto newline = bytes.substr(0, kLongestLine).find('\n');
  if (newline == std::string_view::npos) {
    return bytes.size() < kLongestLine ? Step{} : fail(State::malformed);
  }
  const std::string_view line = bytes.substr(0, newline);
  if (!line.ends_with('\r') || !is_text(line.substr(0, line.size() - 1))) {
    return fail(State::malformed);
  }
  const std::string_view content = line.substr(0, line.size() - 1);
  const std::size_t plain = part_ == Part::size ? kPlainLine : 0;
  overhead_ += std::max(newline + 1, plain) - plain;
  if (overhead_ > kMostOverhead) {
    return fail(State::malformed);
  }
  if (!(part_ == Part::size ? read_size(content) : read_trailer(content))) {
    return fail(state_ == State::too_long ? State::too_long : State::malformed);
  }
  return {.used = newline + 1};
}

bool ChunkReader::read_size(std::string_view line) {
  std::uint64_t size = 0;
  std::size_t digits = 0;
  while (digits < line.size() && hex_value(line[digits]) >= 0) {
    if (digits == kMostDigits) {
      return false;
    }
    size = size << 4U | static_cast<std::uint64_t>(hex_value(line[digits]));
    ++digits;
  }
  if (digits == 0 || !are_extensions(line.substr(digits))) {
    return false;
  }
  if (size > room_) {
    state_ = State::too_long;
    return false;
  }
  room_ -= static_cast<std::size_t>(size);
  left_ = size;
  part_ = size == 0 ? Part::trailer : Part::content;
  return true;
}

bool ChunkReader::read_trailer(std::string_view line) {
  if (line.empty()) {
    state_ = State::complete;
    return true;
  }
  const std::string_view name = line.substr(0, line.find(':'));
  return name.size() < line.size() && is_token(name) && !misleads(name);
}

}  // namespace cdss::http
