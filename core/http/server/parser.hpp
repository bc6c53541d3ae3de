#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "core/http/common/budget.hpp"
#include "core/http/common/chunk_reader.hpp"
#include "core/http/server/collector.hpp"

namespace cdss::http {

/// Reads one request after another from the bytes of a connection and refuses everything that two
/// programs could read in different ways. Not thread-safe.
/// Source: RFC 9112, sections 2.2, 3, 5, 6, 7; RFC 9110, sections 7.2, 10.1.1.
class RequestParser {
 public:
  using Limits = RequestLimits;

  /// Header: not all of it is here. Body: the header was good. Complete: take() the request.
  /// Refused: the connection can be read no further.
  enum class State { header, body, complete, refused };

  /// @param lease  borrowed; the bytes of a body are taken from it as they arrive.
  RequestParser(const Limits& limits, Lease& lease);
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  /// Starts on the next request.
  void reset();

  /// Reads on. The bytes that it does not use must be given again with those that follow.
  /// @return how many bytes were used.
  std::size_t put(std::string_view bytes);

  State state() const { return state_; }
  const Refusal& refusal() const { return refusal_; }  ///< When refused.
  // From body on:
  /// Whether the client waits for 100 before it sends the body.
  bool wants_continue() const { return collector_->wants_continue; }
  bool keep_alive() const { return collector_->keep_alive(); }
  bool is_http_1_0() const { return collector_->is_http_1_0; }

  /// The only Origin field of a header that was good, whatever became of the body; empty when there
  /// is none or several, when the header was not, and once the request is taken.
  std::string_view origin() const;

  /// The request, when complete.
  Request take() { return std::move(collector_->request); }

 private:
  void refuse(const Refusal& why);
  std::size_t put_header(std::string_view bytes);
  std::size_t find_end(std::string_view bytes);
  void read_header(std::string_view header);
  void begin_body();
  std::size_t put_body(std::string_view bytes);
  std::size_t put_chunks(std::string_view bytes);
  bool append(std::string_view bytes);

  const Limits limits_;
  Lease& lease_;
  std::optional<Collector> collector_;
  std::optional<ChunkReader> chunks_;  // of a chunked body
  std::uint64_t left_ = 0;             // of a body with a length
  State state_ = State::header;
  bool header_is_good_ = false;
  Refusal refusal_;
  std::size_t line_ = 0;     // where the line begins that has not ended
  std::size_t scanned_ = 0;  // no line ends before this
  bool at_start_ = true;     // no byte of this request has come
};

}  // namespace cdss::http
