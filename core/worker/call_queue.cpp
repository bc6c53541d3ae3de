#include "core/worker/call_queue.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace cdss::worker {
namespace {

/// A call that cannot even be refused, out of memory, is dropped: whoever owns what `done`
/// holds sees it go.
void refuse(const WaitingCall& call, Errc code, const char* message) noexcept {
  try {
    call.done(Error{code, {}, message});
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
  }
}

void refuse(const WaitingCall& call) noexcept {
  refuse(call, Errc::unavailable, "no worker of the plugin can take the call");
}

}  // namespace

CallQueue::CallQueue(std::size_t longest, ThreadPool& timers)
    : longest_{longest}, expiry_{timers, [this] { expire(); }} {}

bool CallQueue::push(WaitingCall& call) {
  {
    const std::lock_guard lock{mutex_};
    if (closed_ || waiting_.size() >= longest_ + idle_) {
      return false;
    }
    const auto deadline = call.deadline;
    waiting_.push_back(std::move(call));
    // A call that an idle worker takes at once needs no watching.
    if (waiting_.size() > idle_) {
      watch(deadline);
    }
  }
  arrived_.notify_one();
  return true;
}

void CallQueue::push_front(WaitingCall call) {
  {
    const std::lock_guard lock{mutex_};
    if (!closed_) {
      waiting_.push_front(std::move(call));
      watch_all();  // it may have taken the place of one that an idle worker was to take
      arrived_.notify_one();
      return;
    }
  }
  refuse(call);
}

std::optional<WaitingCall> CallQueue::pop() {
  std::unique_lock lock{mutex_};
  ++idle_;
  arrived_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
  --idle_;
  if (waiting_.empty()) {
    return std::nullopt;
  }
  std::optional<WaitingCall> call{std::move(waiting_.front())};
  waiting_.pop_front();
  return call;
}

void CallQueue::refuse_all() {
  std::deque<WaitingCall> refused;
  {
    const std::lock_guard lock{mutex_};
    refused.swap(waiting_);
  }
  for (const auto& call : refused) {
    refuse(call);
  }
}

void CallQueue::close() {
  {
    const std::lock_guard lock{mutex_};
    closed_ = true;
  }
  arrived_.notify_all();
  refuse_all();
}

void CallQueue::watch(Clock::time_point deadline) {
  if (deadline < watched_) {
    watched_ = deadline;
    expiry_.set(deadline);
  }
}

void CallQueue::watch_all() {
  for (const auto& call : waiting_) {
    watch(call.deadline);
  }
}

void CallQueue::expire() {
  std::unique_lock lock{mutex_};
  // One by one, since a list of them would need memory, and this must not fail.
  while (auto call = take_late()) {
    lock.unlock();
    refuse(*call, Errc::timed_out, "no worker of the plugin was free in time");
    call.reset();
    lock.lock();
  }
  watched_ = Clock::time_point::max();
  watch_all();
}

std::optional<WaitingCall> CallQueue::take_late() {
  const auto now = Clock::now();
  const auto late = std::ranges::find_if(
      waiting_, [now](const WaitingCall& call) { return call.deadline <= now; });
  if (late == waiting_.end()) {
    return std::nullopt;
  }
  std::optional<WaitingCall> call{std::move(*late)};
  waiting_.erase(late);
  return call;
}

}  // namespace cdss::worker
