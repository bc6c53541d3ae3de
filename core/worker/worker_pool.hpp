#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/base/errors/result.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/base/thread_pool.hpp"
#include "core/json/view.hpp"
#include "core/plugin/package.hpp"
#include "core/worker/request_block.hpp"

namespace cdss::worker {

/// How a pool is run. What concerns one call comes from the plugin's manifest.
struct WorkerPoolSettings {
  /// Started as `PROGRAM worker`; its main must call run_worker (worker_main.hpp).
  std::filesystem::path program = "/proc/self/exe";
  std::size_t workers = 1;                             ///< processes that answer, at least 1
  std::size_t queue = 64;                              ///< calls that may wait for one
  std::size_t request_bytes = std::size_t{64} << 20U;  ///< longest request block
  std::size_t answer_bytes = std::size_t{1} << 20U;    ///< longest answer
  std::chrono::milliseconds start_deadline{10'000};    ///< for a worker to open the plugin
};

/// A call with what keeps it alive until it has been copied to a worker or refused.
struct Job {
  std::shared_ptr<const void> owner;  ///< of all that `call` borrows
  Call call;
};

/// The processes around one plugin: `workers` of them, each with a thread that dispatches its calls, and one
/// more standing by, already warm, to take the place of one that failed.
///
/// A worker that crashes, exits, breaks the protocol or passes a deadline loses the call it was
/// serving and is replaced. A worker is handed one request at a time in shared memory; the request
/// is wiped after each call, and the answer is copied out before anyone reads it.
///
/// Log lines name the plugin and what happened; never what it wrote.
class WorkerPool {
 public:
  using Clock = std::chrono::steady_clock;

  /// Called exactly once for each job, on a thread of the pool, or on the caller's before submit
  /// returns when the call is refused. Must not block; what it throws is logged and dropped.
  /// Errors: Errc::unavailable when too many calls wait, no worker can be started or the pool ends;
  /// Errc::out_of_range when the request is too long; Errc::timed_out at the deadline;
  /// Errc::internal when the plugin crashes, exits, reports a failure or answers too much.
  /// The answer is what the plugin wrote, unread: it may be anything.
  using Done = std::function<void(Result<std::string> answer)>;

  /// Starts the workers and waits for the first to open the plugin; the others follow. When that
  /// start fails for a cause that can pass (too slow, no memory, no process), the pool
  /// keeps trying: until a worker is there it is not ready and refuses its calls.
  ///
  /// @param options  An object of option values; copied.
  /// @param timers  Answers calls whose deadline passes while they wait; borrowed for the life of
  ///                the pool, as are the next.
  /// Errors: those of plugin::check_options; Errc::malformed with the plugin's own sentence when it
  /// refuses its options or knowledge or is no plugin; Errc::internal when the system has no memory
  /// to share with workers.
  static Result<std::unique_ptr<WorkerPool>> start(std::shared_ptr<const plugin::Package> package,
                                                   View options, WorkerPoolSettings settings,
                                                   ThreadPool& timers, Log& log, Metrics& metrics);

  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Refuses what waits, lets what runs end (at most until its deadline), then ends the workers.
  ~WorkerPool();

  /// Hands a call to the next free worker. Returns at once. Thread-safe.
  ///
  /// @param deadline  When `done` has to be called at the latest; the limit in the plugin's
  ///                  manifest, counted from now, may come before it.
  void submit(Job job, Clock::time_point deadline, Done done);

  /// Whether at least one worker is ready or at work. Thread-safe.
  bool ready() const;

  const plugin::Package& package() const;

 private:
  class Impl;
  explicit WorkerPool(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace cdss::worker
