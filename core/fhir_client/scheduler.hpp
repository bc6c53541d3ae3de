#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "core/base/log.hpp"

namespace cdss::fhir_client {

/// Runs tasks one after the other, each at its time. What only tasks touch needs no lock.
/// Thread-safe.
class Scheduler {
 public:
  using Time = std::chrono::steady_clock::time_point;

  virtual ~Scheduler() = default;

  virtual Time now() const = 0;

  /// Runs `task` once `when` has come, never inside this call: in the order of `when`, those of the
  /// same time in the order given. After `stop` it is destroyed unrun.
  virtual void at(Time when, std::function<void()> task) = 0;

  /// Waits for a task that runs and destroys the others. Not from a task.
  virtual void stop() = 0;

  /// One with a thread of its own. A task that throws, for want of memory, is logged as
  /// `task_failed` and costs nothing but itself.
  /// @param log  borrowed for its life.
  static std::shared_ptr<Scheduler> start(Log& log);
};

}  // namespace cdss::fhir_client
