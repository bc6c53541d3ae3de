#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cdss::http {

/// Parses the chunks of one body. Beast's reader lets control characters pass in a quoted
/// extension and folded lines in a trailer, where other readers see the end of the chunk or of the
/// message; this one refuses them. Not thread-safe.
/// Source: RFC 9112, section 7.1.
class ChunkReader {
 public:
  enum class State { more, complete, malformed, too_long };

  /// One step: how many bytes it used, and those of them that belong to the body.
  struct Step {
    std::size_t used = 0;
    std::string_view body = {};
  };

  /// @param most  bytes of the body, else too_long.
  explicit ChunkReader(std::size_t most) : room_{most} {}

  /// Reads at most one line or one run of data. While `state` is more and `used` is not 0, call it
  /// again with the rest; with `used` 0 it needs the same bytes with more behind them.
  Step next(std::string_view bytes);

  State state() const { return state_; }

 private:
  enum class Part { size, content, content_end, trailer };

  Step fail(State why) {
    state_ = why;
    return {};
  }
  Step next_line(std::string_view bytes);
  bool read_size(std::string_view line);
  bool read_trailer(std::string_view line);

  Part part_ = Part::size;
  State state_ = State::more;
  std::size_t room_;          // what the body may still take
  std::uint64_t left_ = 0;    // of the chunk in hand
  std::size_t overhead_ = 0;  // bytes of lines beyond what plain chunks need
};

}  // namespace cdss::http
