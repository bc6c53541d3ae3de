#pragma once

#include <chrono>

namespace cdss {

/// The time of day and of monotonic deadlines, so that tests can hold it still. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;

  virtual std::chrono::system_clock::time_point now() const = 0;

  /// The calendar day it is at the site. The time zone is that of the process (TZ, or
  /// /etc/localtime).
  virtual std::chrono::sys_days today() const = 0;

  /// The real one. Lives as long as the process.
  static const Clock& system();
};

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
