#pragma once

#include <condition_variable>
#include <cstddef>
#include <limits>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/label.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/base/scheduler.hpp"

namespace cdss {

/// A few threads and one queue of tasks, in the order in which they are due. With one thread, tasks
/// run one after the other, and what only they touch needs no lock. A task that throws, for want of
/// memory, is logged as `task_failed`, counted in `cdss_tasks_failed_total` and costs nothing but
/// itself. Thread-safe.
class ThreadPool final : public Scheduler {
 public:
  struct Settings {
    Label name;            ///< in log and metrics
    unsigned threads = 1;  ///< at least 1
    /// Tasks that may wait, beyond which `submit` refuses.
    std::size_t waiting = std::numeric_limits<std::size_t>::max();
  };
  enum class SubmitResult { queued, full, stopped };

  /// One thread for two processors, for work that may take all of them for a while.
  static unsigned half_of_processors();

  /// A task that runs whenever its time comes. Setting it again takes no memory. Thread-safe.
  class Timer {
   public:
    static constexpr Time kNever = Time::max();

    /// @param pool  borrowed.
    Timer(ThreadPool& pool, Task task);
    /// Waits for the task when it runs. Not from the task.
    ~Timer();
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

    /// Runs the task at `when` and not at the time that was set before. May be called from the
    /// task.
    void set(Time when);

   private:
    friend class ThreadPool;
    Time due() const { return is_running_ ? kNever : when_; }

    ThreadPool& pool_;
    const Task task_;
    Time when_ = kNever;  // guarded by the pool's mutex, as is the next
    bool is_running_ = false;
  };

  /// @param log, metrics  borrowed.
  ThreadPool(const Settings& settings, Log& log, Metrics& metrics);
  ~ThreadPool() override { stop_and_join(); }
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  /// Has `task` run as soon as a thread is free, or destroys it when too many wait or the pool has
  /// stopped.
  SubmitResult submit(Task task);

  Time now() const override { return std::chrono::steady_clock::now(); }
  void at(Time when, Task task) override;
  void stop() override { stop_and_join(); }

 private:
  void stop_and_join();
  void run();
  void leave_queue(std::unique_lock<std::mutex>& lock);
  void run_first(std::unique_lock<std::mutex>& lock);
  void run(Timer& timer, std::unique_lock<std::mutex>& lock);
  void run_guarded(const Task& task) noexcept;

  const Settings settings_;
  Log& log_;
  Counter& failed_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::condition_variable timer_ended_;
  std::multimap<Time, Task> tasks_;  // those of one time as they came
  std::vector<Timer*> timers_;       // few
  bool is_stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace cdss
