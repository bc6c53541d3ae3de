#include "core/fhir_client/scheduler.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace cdss::fhir_client {
namespace {

class ThreadScheduler final : public Scheduler {
 public:
  explicit ThreadScheduler(Log& log) : log_{log}, thread_{[this] { run(); }} {}
  ThreadScheduler(const ThreadScheduler&) = delete;
  ThreadScheduler& operator=(const ThreadScheduler&) = delete;
  ~ThreadScheduler() override { end(); }

  Time now() const override { return std::chrono::steady_clock::now(); }

  void at(Time when, std::function<void()> task) override {
    {
      const std::lock_guard lock{mutex_};
      if (is_stopped_) {
        return;
      }
      tasks_.emplace(when, std::move(task));
    }
    changed_.notify_one();
  }

  void stop() override { end(); }

 private:
  using Tasks = std::multimap<Time, std::function<void()>>;  // those of one time as they came

  void end() {
    {
      const std::lock_guard lock{mutex_};
      is_stopped_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) {
      thread_.join();
    }
    Tasks unrun;  // destroyed outside the lock: what they hold may call back
    const std::lock_guard lock{mutex_};
    unrun.swap(tasks_);
  }

  void run() {
    std::unique_lock lock{mutex_};
    while (!is_stopped_) {
      if (tasks_.empty()) {
        changed_.wait(lock);
      } else if (const auto first = tasks_.begin(); now() < first->first) {
        const Time when = first->first;  // the task may go while we wait
        changed_.wait_until(lock, when);
      } else {
        auto task = tasks_.extract(first);
        lock.unlock();
        run_guarded(task.mapped());
        task = {};
        lock.lock();
      }
    }
  }

  void run_guarded(const std::function<void()>& task) noexcept {
    try {
      task();
    } catch (...) {
      log_.error("task_failed");
    }
  }

  Log& log_;
  std::mutex mutex_;  // guards tasks_ and is_stopped_
  std::condition_variable changed_;
  Tasks tasks_;
  bool is_stopped_ = false;
  std::thread thread_;  // the last: it uses the others
};

}  // namespace

std::shared_ptr<Scheduler> Scheduler::start(Log& log) {
  return std::make_shared<ThreadScheduler>(log);
}

}  // namespace cdss::fhir_client
