#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

namespace cdss::http {

/// The bytes that have come and are not used yet. Between requests it is small, so that idle
/// connections cost little; within one it has the 64 KiB that large bodies need to be read in few
/// calls.
class InputBuffer {
 public:
  static constexpr std::size_t kSmall = std::size_t{8} << 10U;
  static constexpr std::size_t kLarge = std::size_t{64} << 10U;

  std::string_view bytes() const { return {at_ + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  void consume(std::size_t bytes) { begin_ += bytes; }
  void filled(std::size_t bytes) { end_ += bytes; }

  /// The free room behind the bytes; empty only when 64 KiB lie unused. Moves the bytes.
  std::pair<char*, std::size_t> room(bool large);
  void shrink();

 private:
  std::array<char, kSmall> small_;
  std::unique_ptr<char[]> large_;
  char* at_ = small_.data();
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace cdss::http
