#include "core/base/thread_pool.hpp"

#include <algorithm>
#include <utility>

namespace cdss {

ThreadPool::ThreadPool(const Settings& settings, Log& log, Metrics& metrics)
    : settings_{settings},
      log_{log},
      failed_{metrics.counter("cdss_tasks_failed_total", settings.name)} {
  for (unsigned i = 0; i < settings.threads; ++i) {
    threads_.emplace_back([this] { run(); });
  }
}

unsigned ThreadPool::half_of_processors() {
  return std::max(1U, std::thread::hardware_concurrency() / 2);
}

ThreadPool::SubmitResult ThreadPool::submit(Task task) {
  {
    const std::lock_guard lock{mutex_};
    if (is_stopped_) {
      return SubmitResult::stopped;
    }
    if (tasks_.size() >= settings_.waiting) {
      return SubmitResult::full;
    }
    tasks_.emplace(Time::min(), std::move(task));
  }
  changed_.notify_one();
  return SubmitResult::queued;
}

void ThreadPool::at(Time when, Task task) {
  {
    const std::lock_guard lock{mutex_};
    if (is_stopped_) {
      return;
    }
    tasks_.emplace(when, std::move(task));
  }
  changed_.notify_one();
}

void ThreadPool::stop_and_join() {
  std::multimap<Time, Task> unrun;  // destroyed without the lock: a task may own anything
  {
    const std::lock_guard lock{mutex_};
    is_stopped_ = true;
    unrun.swap(tasks_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) {
      thread.join();
    }
  }
}

void ThreadPool::run() {
  std::unique_lock lock{mutex_};
  while (!is_stopped_) {
    const Time first = tasks_.empty() ? Timer::kNever : tasks_.begin()->first;
    const auto timer = std::ranges::min_element(timers_, {}, &Timer::due);
    const Time timed = timer == timers_.end() ? Timer::kNever : (*timer)->due();
    if (const Time when = std::min(first, timed); when == Timer::kNever) {
      changed_.wait(lock);
    } else if (now() < when) {
      changed_.wait_until(lock, when);
    } else if (timed < first) {
      run(**timer, lock);
    } else {
      run_first(lock);
    }
  }
}

/// A thread that goes to run a task may be the only one that knew when the next is due.
void ThreadPool::leave_queue(std::unique_lock<std::mutex>& lock) {
  if (!tasks_.empty() || !timers_.empty()) {
    changed_.notify_one();
  }
  lock.unlock();
}

void ThreadPool::run_first(std::unique_lock<std::mutex>& lock) {
  auto task = tasks_.extract(tasks_.begin());
  leave_queue(lock);
  run_guarded(task.mapped());
  task = {};
  lock.lock();
}

void ThreadPool::run(Timer& timer, std::unique_lock<std::mutex>& lock) {
  timer.when_ = Timer::kNever;
  timer.is_running_ = true;
  leave_queue(lock);
  run_guarded(timer.task_);
  lock.lock();
  timer.is_running_ = false;
  timer_ended_.notify_all();
}

void ThreadPool::run_guarded(const Task& task) noexcept {
  try {
    task();
  } catch (...) {
    failed_.add();
    log_.error("task_failed", {{"pool", settings_.name}});
  }
}

ThreadPool::Timer::Timer(ThreadPool& pool, Task task) : pool_{pool}, task_{std::move(task)} {
  const std::lock_guard lock{pool_.mutex_};
  pool_.timers_.push_back(this);
}

ThreadPool::Timer::~Timer() {
  std::unique_lock lock{pool_.mutex_};
  std::erase(pool_.timers_, this);
  pool_.timer_ended_.wait(lock, [this] { return !is_running_; });
}

void ThreadPool::Timer::set(Time when) {
  {
    const std::lock_guard lock{pool_.mutex_};
    when_ = when;
  }
  pool_.changed_.notify_one();
}

}  // namespace cdss
