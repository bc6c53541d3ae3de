#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/worker/process.hpp"

namespace cdss::worker {

/// Starts the worker processes of a pool and keeps a spare one ready; ends those that
/// failed. All on one thread of its own, which lives as long as the processes: the system ends a
/// worker with the thread that started it. Thread-safe.
class WorkerSupervisor {
 public:
  /// What happens on the supervisor's thread, after each start that fails. What it throws is dropped.
  using OnFailure = std::function<void(const Error&)>;

  WorkerSupervisor(ProcessSettings settings, std::chrono::milliseconds start_deadline,
                   OnFailure on_failure);

  /// Ends all processes that were given back.
  ~WorkerSupervisor();
  WorkerSupervisor(const WorkerSupervisor&) = delete;
  WorkerSupervisor& operator=(const WorkerSupervisor&) = delete;

  /// Waits for a worker that has opened the plugin. Null when the supervisor is closed.
  std::unique_ptr<Process> take();

  /// A process that is no longer usable; it is ended and waited for.
  void give_back(std::unique_ptr<Process> process);

  /// The first start's failure, or none when it succeeded. Waits for either.
  Result<void> await_first();

  /// Whether the latest start failed.
  bool failing() const;

  /// Ends all waiting. Idempotent.
  void close();

 private:
  void run();
  void run_once(std::unique_lock<std::mutex>& lock);
  void start_one(std::unique_lock<std::mutex>& lock);
  void note_failure(Error error);  // under mutex_
  void pause(std::unique_lock<std::mutex>& lock);
  bool closed() const;

  const ProcessSettings settings_;
  const std::chrono::milliseconds start_deadline_;
  const OnFailure on_failure_;

  mutable std::mutex mutex_;  // guards all below
  std::condition_variable ready_;
  std::condition_variable wanted_;
  std::unique_ptr<Process> spare_;
  std::vector<std::unique_ptr<Process>> failed_;
  std::optional<Error> first_failure_;
  unsigned failures_ = 0;  // in a row
  bool first_done_ = false;
  bool closed_ = false;  // starts and hands out no more
  bool ending_ = false;  // nobody uses a process any more
  std::thread thread_;
};

}  // namespace cdss::worker
