#include "core/auth/workers.hpp"

namespace cdss::auth {

Workers::Workers(unsigned threads, std::size_t longest, Log& log) : log_{log}, longest_{longest} {
  for (unsigned i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { run(); });
  }
}

Workers::Submitted Workers::submit(Task task) {
  {
    const std::lock_guard lock{mutex_};
    if (stopped_) {
      return Submitted::stopped;
    }
    if (waiting_.size() >= longest_) {
      return Submitted::full;
    }
    waiting_.push_back(std::move(task));
  }
  changed_.notify_one();
  return Submitted::queued;
}

void Workers::stop() {
  std::deque<Task> dropped;  // destroyed without the lock: a task may own anything
  {
    const std::lock_guard lock{mutex_};
    stopped_ = true;
    dropped.swap(waiting_);
  }
  changed_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) {
      thread.join();
    }
  }
}

void Workers::run() {
  for (;;) {
    Task task;
    {
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
      if (stopped_) {
        return;
      }
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    run_guarded(task);
  }
}

void Workers::run_guarded(const Task& task) noexcept {
  try {
    task();
  } catch (...) {
    log_.error("task_failed");
  }
}

}  // namespace cdss::auth
