#include "core/worker/nursery.hpp"

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

Nursery::Nursery(ProcessSettings settings, std::chrono::milliseconds start_deadline,
                 OnFailure on_failure)
    : settings_{std::move(settings)},
      start_deadline_{start_deadline},
      on_failure_{std::move(on_failure)},
      thread_{[this] { run(); }} {}

Nursery::~Nursery() {
  close();
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  wanted_.notify_all();
  thread_.join();
}

std::optional<Process> Nursery::take() {
  std::unique_lock lock{mutex_};
  ready_.wait(lock, [this] { return closed_ || spare_.has_value(); });
  if (closed_) {
    return std::nullopt;
  }
  std::optional<Process> process{std::move(spare_)};
  spare_.reset();
  wanted_.notify_one();
  return process;
}

void Nursery::give_back(Process process) {
  {
    const std::lock_guard lock{mutex_};
    fallen_.push_back(std::move(process));
  }
  wanted_.notify_one();
}

Result<void> Nursery::await_first() {
  std::unique_lock lock{mutex_};
  ready_.wait(lock, [this] { return first_done_; });
  return first_failure_ ? Result<void>{*first_failure_} : Result<void>{};
}

bool Nursery::failing() const {
  const std::lock_guard lock{mutex_};
  return failures_ > 0;
}

bool Nursery::closed() const {
  const std::lock_guard lock{mutex_};
  return closed_;
}

void Nursery::close() {
  {
    const std::lock_guard lock{mutex_};
    closed_ = true;
  }
  ready_.notify_all();
  wanted_.notify_all();
}

void Nursery::start_one(std::unique_lock<std::mutex>& lock) {
  lock.unlock();
  auto process = Process::spawn(settings_);
  Result<void> opened{};
  if (process) {
    opened = process->await_open(Clock::now() + start_deadline_, [this] { return closed(); });
  } else {
    opened = process.error();
  }
  lock.lock();
  if (opened) {
    first_done_ = true;
    failures_ = 0;
    spare_.emplace(*std::move(process));
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
    process->kill();
  }
  lock.lock();
  pause(lock);
}

void Nursery::note_failure(Error error) {
  ++failures_;
  if (!first_done_) {
    first_failure_.emplace(std::move(error));
    first_done_ = true;
  }
  ready_.notify_all();
}

void Nursery::pause(std::unique_lock<std::mutex>& lock) {
  wanted_.wait_for(lock, pause_after(failures_), [this] { return closed_; });
}

/// Starts the spare one, ends those that fell, or waits until there is something to do.
void Nursery::tend(std::unique_lock<std::mutex>& lock) {
  if (!spare_) {
    start_one(lock);
  } else if (!fallen_.empty()) {
    std::vector<Process> fallen;
    fallen.swap(fallen_);
    lock.unlock();
    fallen.clear();  // kills and waits
    lock.lock();
  } else {
    wanted_.wait(lock, [this] { return closed_ || !spare_ || !fallen_.empty(); });
  }
}

void Nursery::run() {
  std::unique_lock lock{mutex_};
  while (!closed_) {
    try {
      tend(lock);
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
    fallen_.push_back(*std::move(spare_));
    spare_.reset();
  }
  constexpr std::chrono::seconds kGrace{1};
  const auto deadline = Clock::now() + kGrace;
  for (Process& process : fallen_) {
    process.ask_to_end();
  }
  for (Process& process : fallen_) {
    process.end(deadline);
  }
  fallen_.clear();
}

}  // namespace cdss::worker
