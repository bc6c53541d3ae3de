// Whatever the bytes, a request is read or refused in the same way however they arrive, and what
// was taken from the budget is given back.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/http/server/parser.hpp"

namespace {

using cdss::http::Budget;
using cdss::http::Lease;
using cdss::http::RequestParser;

struct Outcome {
  RequestParser::State state;
  int status = 0;
  std::string path, query, body;
  std::size_t headers = 0;
  bool operator==(const Outcome&) const = default;
};

Outcome read(std::string_view bytes, std::size_t step) {
  Budget budget{4096};
  Outcome outcome{};
  {
    Lease lease{budget};
    RequestParser parser{{.header_bytes = 1024, .body_bytes = 2048, .require_local_host = false},
                         lease};
    std::string waiting;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
      waiting += bytes.substr(at, step);
      waiting.erase(0, parser.put(waiting));
      if (parser.state() == RequestParser::State::complete ||
          parser.state() == RequestParser::State::refused) {
        break;
      }
    }
    outcome.state = parser.state();
    if (outcome.state == RequestParser::State::refused) {
      outcome.status = parser.refusal().status;
    } else if (outcome.state == RequestParser::State::complete) {
      auto request = parser.take();
      outcome.path = request.path;
      outcome.query = request.query;
      outcome.body = request.body;
      outcome.headers = request.headers.size();
    }
  }
  if (!budget.take(4096)) {
    __builtin_trap();
  }
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const Outcome whole = read(bytes, std::max<std::size_t>(size, 1));
  for (const std::size_t step : {1, 7}) {
    const Outcome parts = read(bytes, step);
    // Which of several faults is met first may differ, and a few last bytes may still be waited
    // on; but what one reads as a request, the other reads as the same request.
    const bool complete = whole.state == RequestParser::State::complete ||
                          parts.state == RequestParser::State::complete;
    if (complete && !(whole == parts)) {
      __builtin_trap();
    }
  }
  return 0;
}
