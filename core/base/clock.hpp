#pragma once

#include <chrono>

namespace cdss {

/// The time of day and the monotonic time of deadlines; tests can replace it. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;

  virtual std::chrono::system_clock::time_point now() const = 0;

  /// Today's date at the site. The time zone is that of the process (TZ, or
  /// /etc/localtime).
  virtual std::chrono::sys_days today() const = 0;

  /// The system's clock. Lives as long as the process.
  static const Clock& system();
};

}  // namespace cdss
