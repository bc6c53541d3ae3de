#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

#include "core/base/thread_pool.hpp"
#include "core/worker/worker_pool.hpp"

namespace cdss::worker {

/// A call that waits for a worker.
struct WaitingCall {
  Job job;
  std::size_t size;  ///< block_size(job.call)
  WorkerPool::Clock::time_point submitted;
  WorkerPool::Clock::time_point deadline;
  WorkerPool::Done done;
};

/// The calls of a pool that wait, first come, first served. A call whose deadline passes while it
/// waits is answered with Errc::timed_out on a thread of `timers`. Thread-safe.
class CallQueue {
 public:
  using Clock = WorkerPool::Clock;

  /// @param longest  Calls that may wait while every worker is busy.
  /// @param timers   Borrowed.
  CallQueue(std::size_t longest, ThreadPool& timers);

  /// Closes. Nothing may use the queue any more.
  ~CallQueue() { close(); }
  CallQueue(const CallQueue&) = delete;
  CallQueue& operator=(const CallQueue&) = delete;

  /// Takes the call, or leaves it untouched and returns false when it is full or closed.
  bool push(WaitingCall& call);

  /// Puts a call back in front, whatever the length: no worker took it. When closed, refuses it.
  void push_front(WaitingCall call);

  /// Waits for a call. None when the queue is closed.
  std::optional<WaitingCall> pop();

  /// Answers all that wait with Errc::unavailable.
  void refuse_all();

  /// Takes no more and refuses all that wait. Idempotent.
  void close();

 private:
  void expire();
  std::optional<WaitingCall> take_late();  // under mutex_
  void watch(Clock::time_point deadline);  // under mutex_
  void watch_all();                        // under mutex_

  const std::size_t longest_;
  std::mutex mutex_;  // guards all below
  std::condition_variable arrived_;
  std::deque<WaitingCall> waiting_;
  std::size_t idle_ = 0;                                  // threads inside pop
  Clock::time_point watched_ = Clock::time_point::max();  // when expiry_ runs
  bool closed_ = false;
  ThreadPool::Timer expiry_;  // the last: it uses the others
};

}  // namespace cdss::worker
