#include "core/worker/worker_supervisor.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace cdss::worker {
namespace {

using Clock = std::chrono::steady_clock;

/// How long to wait after a number of failures in a row: 10 ms, doubling, up to 5 s.
std::chrono::milliseconds pause_after(unsigned failures) {
  constexpr std::chrono::milliseconds kLongest{5'000};
  constexpr unsigned kDoublings = 9;
  return std::min(kLongest, std::chrono::milliseconds{5} * (1U << std::min(failures, kDoublings)));
}

}  // namespace

WorkerSupervisor::WorkerSupervisor(ProcessSettings settings,
                                   std::chrono::milliseconds start_deadline, OnFailure on_failure)
    : settings_{std::move(settings)},
      start_deadline_{start_deadline},
      on_failure_{std::move(on_failure)},
      thread_{[this] { run(); }} {}

WorkerSupervisor::~WorkerSupervisor() {
  close();
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  wanted_.notify_all();
  thread_.join();
}

std::unique_ptr<Process> WorkerSupervisor::take() {
  std::unique_lock lock{mutex_};
  ready_.wait(lock, [this] { return closed_ || spare_; });
  if (closed_) {
    return nullptr;
  }
  wanted_.notify_one();
  return std::move(spare_);
}

void WorkerSupervisor::give_back(std::unique_ptr<Process> process) {
  {
    const std::lock_guard lock{mutex_};
    failed_.push_back(std::move(process));
  }
  wanted_.notify_one();
}

Result<void> WorkerSupervisor::await_first() {
  std::unique_lock lock{mutex_};
  ready_.wait(lock, [this] { return first_done_; });
  return first_failure_ ? Result<void>{*first_failure_} : Result<void>{};
}

bool WorkerSupervisor::failing() const {
  const std::lock_guard lock{mutex_};
  return failures_ > 0;
}

bool WorkerSupervisor::closed() const {
  const std::lock_guard lock{mutex_};
  return closed_;
}

void WorkerSupervisor::close() {
  {
    const std::lock_guard lock{mutex_};
    closed_ = true;
  }
  ready_.notify_all();
  wanted_.notify_all();
}

void WorkerSupervisor::start_one(std::unique_lock<std::mutex>& lock) {
  lock.unlock();
  auto process = Process::spawn(settings_);
  Result<void> opened{};
  if (process) {
    opened = (*process)->await_open(Clock::now() + start_deadline_, [this] { return closed(); });
  } else {
    opened = process.error();
  }
  lock.lock();
  if (opened) {
    first_done_ = true;
    failures_ = 0;
    spare_ = *std::move(process);
    ready_.notify_all();
    return;
  }
  note_failure(opened.error());
  if (closed_) {
    return;
  }
  lock.unlock();
  on_failure_(opened.error());
  if (process) {
    (*process)->kill();
  }
  lock.lock();
  pause(lock);
}

void WorkerSupervisor::note_failure(Error error) {
  ++failures_;
  if (!first_done_) {
    first_failure_.emplace(std::move(error));
    first_done_ = true;
  }
  ready_.notify_all();
}

void WorkerSupervisor::pause(std::unique_lock<std::mutex>& lock) {
  wanted_.wait_for(lock, pause_after(failures_), [this] { return closed_; });
}

/// Starts the spare one, ends those that failed, or waits until there is something to do.
void WorkerSupervisor::run_once(std::unique_lock<std::mutex>& lock) {
  if (!spare_) {
    start_one(lock);
  } else if (!failed_.empty()) {
    auto failed = std::exchange(failed_, {});
    lock.unlock();
    failed.clear();  // kills and waits
    lock.lock();
  } else {
    wanted_.wait(lock, [this] { return closed_ || !spare_ || !failed_.empty(); });
  }
}

void WorkerSupervisor::run() {
  std::unique_lock lock{mutex_};
  while (!closed_) {
    try {
      run_once(lock);
    } catch (const std::exception&) {  // no memory: as if a start had failed
      if (!lock.owns_lock()) {
        lock.lock();
      }
      note_failure({Errc::internal, {}, "no memory"});  // short: takes none
      pause(lock);
    }
  }
  // Processes in use would end with this thread.
  wanted_.wait(lock, [this] { return ending_; });
  if (spare_) {
    failed_.push_back(std::move(spare_));
  }
  constexpr std::chrono::seconds kGrace{1};
  const auto deadline = Clock::now() + kGrace;
  for (const auto& process : failed_) {
    process->ask_to_end();
  }
  for (const auto& process : failed_) {
    process->end(deadline);
  }
  failed_.clear();
}

}  // namespace cdss::worker
