#pragma once

#include "core/base/clock.hpp"

namespace cdss {

/// A clock that stands still. Thread-safe.
class FixedClock : public Clock {
 public:
  explicit FixedClock(std::chrono::sys_days today) : today_{today} {}
  std::chrono::system_clock::time_point now() const override { return today_; }
  std::chrono::sys_days today() const override { return today_; }

 private:
  std::chrono::sys_days today_;
};

}  // namespace cdss
