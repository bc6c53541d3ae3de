#pragma once

#include <chrono>
#include <functional>

namespace cdss {

/// Runs tasks, each at its time. Thread-safe.
class Scheduler {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Task = std::function<void()>;

  virtual ~Scheduler() = default;

  virtual Time now() const = 0;

  /// Runs `task` once `when` has come, never inside this call: in the order of `when`, those of the
  /// same time in the order given. After `stop` it is destroyed unrun.
  virtual void at(Time when, Task task) = 0;

  /// Waits for tasks that run and destroys the others. Not from a task.
  virtual void stop() = 0;
};

}  // namespace cdss
