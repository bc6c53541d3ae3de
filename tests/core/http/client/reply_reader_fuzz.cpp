// Whatever the bytes, an answer is read or refused in the same way however they arrive, and it is
// no longer than its limit.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/http/client/reply_reader.hpp"

namespace {

using cdss::http::ReplyReader;

constexpr std::size_t kMost = 2048;

struct Outcome {
  ReplyReader::State state;
  cdss::Errc code = cdss::Errc::internal;
  bool may_reuse = false;
  int status = 0;
  std::string content_type, body;
  bool operator==(const Outcome&) const = default;
};

Outcome read(std::string_view bytes, std::size_t step) {
  ReplyReader reader{{.header_bytes = 1024, .body_bytes = kMost}};
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.put(bytes.substr(at, step));
  }
  reader.end();
  Outcome outcome{.state = reader.state()};
  if (outcome.state == ReplyReader::State::failed) {
    outcome.code = reader.error().code;
  } else if (outcome.state == ReplyReader::State::complete) {
    outcome.may_reuse = reader.may_reuse();
    auto reply = reader.take();
    outcome.status = reply.status;
    outcome.content_type = reply.content_type;
    outcome.body = reply.body;
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const Outcome whole = read(bytes, std::max<std::size_t>(size, 1));
  if (whole.body.size() > kMost) {
    __builtin_trap();
  }
  for (const std::size_t step : {1, 7}) {
    const Outcome parts = read(bytes, step);
    // Which of several faults is met first may differ; but what one reads as an answer, the other
    // reads as the same answer.
    const bool complete =
        whole.state == ReplyReader::State::complete || parts.state == ReplyReader::State::complete;
    if (complete && !(whole == parts)) {
      __builtin_trap();
    }
  }
  return 0;
}
