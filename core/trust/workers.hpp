#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cdss::trust {

/// A few threads that take tasks in turn, and a queue that has an end. Thread-safe.
class Workers {
 public:
  using Task = std::function<void()>;
  enum class Submitted { queued, full, stopped };

  /// @param threads  at least 1
  /// @param longest  tasks that may wait
  Workers(unsigned threads, std::size_t longest);
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Has `task` run, or destroys it when the queue is full or the workers have stopped.
  Submitted submit(Task task);

  /// Drops what waits, lets what runs finish, and joins the threads. Not from a task.
  void stop();

 private:
  void run();

  const std::size_t longest_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Task> waiting_;  // guarded by mutex_
  bool stopped_ = false;      // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace cdss::trust
