#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "core/http/common/budget.hpp"
#include "core/http/server/request.hpp"

namespace cdss::http {

/// Why the server itself answers a request.
struct Refusal {
  int status = 400;
  std::string_view sentence;  ///< Fixed text, no full stop.
};

/// Reads one request after another from the bytes of a connection and refuses everything that two
/// programs could read in different ways. Not thread-safe.
/// Source: RFC 9112, sections 2.2, 3, 5, 6, 7; RFC 9110, sections 7.2, 10.1.1.
class RequestParser {
 public:
  struct Limits {
    std::size_t header_bytes;
    std::size_t body_bytes;
    bool require_local_host;
  };

  /// Header: not all of it is here. Body: the header was good. Complete: take() the request.
  /// Refused: the connection can be read no further.
  enum class State { header, body, complete, refused };

  /// @param lease  borrowed; the bytes of a body are taken from it as they arrive.
  RequestParser(const Limits& limits, Lease& lease);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  /// Starts on the next request.
  void reset();

  /// Reads on. The bytes that it does not use must be given again with those that follow.
  /// @return how many bytes were used.
  std::size_t put(std::string_view bytes);

  State state() const;
  Refusal refusal() const;  ///< When refused.
  bool wants_continue()
      const;                 ///< From body on: the client waits for 100 before it sends the body.
  bool keep_alive() const;   ///< From body on.
  bool is_http_1_0() const;  ///< From body on.

  /// The only Origin field of a header that was good, whatever became of the body; empty when there
  /// is none or several, when the header was not, and once the request is taken.
  std::string_view origin() const;

  /// The request, when complete.
  Request take();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cdss::http
