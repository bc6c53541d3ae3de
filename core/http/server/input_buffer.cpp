#include "core/http/server/input_buffer.hpp"

#include <cstring>

namespace cdss::http {

std::pair<char*, std::size_t> InputBuffer::room(bool large) {
  char* const from = at_ + begin_;
  const std::size_t held = end_ - begin_;
  std::unique_ptr<char[]> grown;
  if (large && !large_) {
    grown = std::make_unique_for_overwrite<char[]>(kLarge);
    at_ = grown.get();
  } else {
    at_ = large_ ? large_.get() : small_.data();
  }
  std::memmove(at_, from, held);
  if (grown) {
    explicit_bzero(small_.data(), kSmall);
    large_ = std::move(grown);
  }
  begin_ = 0;
  end_ = held;
  return {at_ + end_, (large_ ? kLarge : kSmall) - end_};
}

/// What was read may hold a token: it is overwritten before the room is used otherwise.
void InputBuffer::shrink() {
  if (empty()) {
    explicit_bzero(at_, large_ ? kLarge : kSmall);
    large_.reset();
    at_ = small_.data();
    begin_ = end_ = 0;
  }
}

}  // namespace cdss::http
