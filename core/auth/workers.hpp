#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/log.hpp"

namespace cdss::auth {

/// A few threads that take tasks in turn, and a queue that has an end. Thread-safe.
class Workers {
 public:
  /// A task that throws, for want of memory, is logged as `task_failed` and costs nothing but
  /// itself.
  using Task = std::function<void()>;
  enum class Submitted { queued, full, stopped };

  /// @param threads  at least 1
  /// @param longest  tasks that may wait
  /// @param log      borrowed
  Workers(unsigned threads, std::size_t longest, Log& log);
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Has `task` run, or destroys it when the queue is full or the workers have stopped.
  Submitted submit(Task task);

  /// Drops what waits, lets what runs finish, and joins the threads. Not from a task.
  void stop();

 private:
  void run();
  void run_guarded(const Task& task) noexcept;

  Log& log_;
  const std::size_t longest_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> waiting_;  // guarded by mutex_
  bool stopped_ = false;      // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace cdss::auth
