#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/http/client/client.hpp"
#include "core/http/client/reply_header.hpp"
#include "core/http/common/chunk_reader.hpp"

namespace cdss::http {

/// Reads one answer from the bytes of a connection and refuses whatever two readers could
/// understand in two ways. Beast reads the header, ChunkReader the chunks. Interim answers (1xx)
/// are passed over. Not thread-safe.
/// Source: RFC 9112, sections 4, 5, 6, 7; RFC 9110, section 15.2.
class ReplyReader {
 public:
  struct Limits {
    std::size_t header_bytes;  ///< of all headers together, those of interim answers too
    std::size_t body_bytes;
  };

  enum class State { more, complete, failed };

  explicit ReplyReader(const Limits& limits) : limits_{limits} {}

  /// Reads on. It keeps what it cannot use yet.
  void put(std::string_view bytes);

  /// No bytes follow, and the other side said so: the end of a body that has no length.
  void end();

  State state() const { return state_; }
  /// When failed. Errc::malformed, or Errc::out_of_range beyond a limit.
  const Error& error() const { return error_; }
  /// Whether any byte has come.
  bool began() const { return began_; }
  /// When complete: whether the server leaves the connection open, and nothing came behind the
  /// answer.
  bool may_reuse() const { return keep_alive_ && waiting_.empty(); }
  /// The answer, when complete.
  Reply take() { return std::move(reply_); }

 private:
  enum class Part { header, body, body_to_end, chunks };

  void fail(Errc code, const char* message);
  void malformed() { fail(Errc::malformed, "did not answer in HTTP"); }
  std::size_t read_on(std::string_view bytes);
  std::size_t read_line(std::string_view bytes);
  std::size_t read_body(std::string_view bytes);
  std::size_t read_chunk(std::string_view bytes);
  void end_header();
  void begin_body();

  const Limits limits_;
  State state_ = State::more;
  Error error_{Errc::internal, {}, {}};
  Part part_ = Part::header;
  bool began_ = false;
  bool keep_alive_ = false;
  ReplyHeader header_;                   // of the answer in hand, perhaps an interim one
  std::optional<std::uint64_t> length_;  // what is left of a body with a length
  std::optional<ChunkReader> chunks_;
  std::size_t header_bytes_ = 0;
  std::string waiting_;  // what could not be used yet, at most a line and one read
  Reply reply_;
};

}  // namespace cdss::http
