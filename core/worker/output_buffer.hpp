#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "core/abi/plugin.h"

namespace cdss::worker {

/// Where a plugin writes: a text that cannot grow past a limit. One thread.
class OutputBuffer {
 public:
  explicit OutputBuffer(std::size_t longest) : longest_{longest} {}

  /// The C face of this, valid as long as it.
  cdss_host host() { return {sizeof(cdss_host), 0, this, &OutputBuffer::write}; }

  /// The plugin was told to stop, whether it did or not.
  bool too_long() const { return too_long_; }

  std::string text() && { return std::move(text_); }

 private:
  static int write(void* context, const char* bytes, std::size_t length) noexcept {
    auto& buffer = *static_cast<OutputBuffer*>(context);
    if (buffer.too_long_ || length > buffer.longest_ - buffer.text_.size()) {
      buffer.too_long_ = true;
      return 1;
    }
    buffer.text_.append(bytes, length);
    return 0;
  }

  std::size_t longest_;
  bool too_long_ = false;
  std::string text_;
};

}  // namespace cdss::worker
