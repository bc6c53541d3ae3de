#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "core/http/client/client.hpp"

namespace cdss::http {

/// Reads the header of one answer through Beast, a line at a time, and refuses what Beast would let
/// pass. Not thread-safe.
/// Source: RFC 9112, sections 4, 5, 6; RFC 9110, section 15.2.
class ReplyHeader {
 public:
  ReplyHeader();
  ~ReplyHeader();
  ReplyHeader(ReplyHeader&& other) noexcept;
  ReplyHeader& operator=(ReplyHeader&& other) noexcept;

  /// Reads the next line, while the header is not done.
  /// @param line  ends with its only line feed; the caller limits how long lines are.
  /// @return false when no answer of HTTP/1.1 or HTTP/1.0 has it here, or readers disagree on it:
  ///         the header can be read no further.
  bool read(std::string_view line);

  /// Whether the empty line was read. The rest holds from then on.
  bool is_done() const;
  bool chunked() const;                                 ///< Never with a content_length.
  std::optional<std::uint64_t> content_length() const;  ///< In bytes.
  /// Whether the server leaves the connection open behind the answer; HTTP/1.0 does not.
  bool keep_alive() const;
  /// The answer without its body; of 1xx but 101, which is refused, too.
  Reply take();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cdss::http
