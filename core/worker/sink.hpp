#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "core/abi/plugin.h"

namespace cdss::worker {

/// Where a plugin writes: a text that cannot grow past a limit. One thread.
class Sink {
 public:
  explicit Sink(std::size_t longest) : longest_{longest} {}

  /// The C face of this, valid as long as it.
  cdss_host host() { return {sizeof(cdss_host), 0, this, &Sink::write}; }

  /// The plugin was told to stop, whether it did or not.
  bool too_long() const { return too_long_; }

  std::string text() && { return std::move(text_); }

 private:
  static int write(void* context, const char* bytes, std::size_t length) noexcept {
    auto& sink = *static_cast<Sink*>(context);
    if (sink.too_long_ || length > sink.longest_ - sink.text_.size()) {
      sink.too_long_ = true;
      return 1;
    }
    sink.text_.append(bytes, length);
    return 0;
  }

  std::size_t longest_;
  bool too_long_ = false;
  std::string text_;
};

}  // namespace cdss::worker
