#include "core/worker/worker_pool.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

#include "core/json/document_builder.hpp"
#include "core/plugin/manifest.hpp"
#include "core/worker/call_queue.hpp"
#include "core/worker/memory.hpp"
#include "core/worker/process.hpp"
#include "core/worker/setup_block.hpp"
#include "core/worker/worker_supervisor.hpp"

namespace cdss::worker {
namespace {

/// The numbers of one plugin.
struct Counters {
  Counters(Metrics& metrics, Label plugin)
      : calls{metrics.counter("cdss_plugin_calls_total", plugin)},
        failures{metrics.counter("cdss_plugin_failures_total", plugin)},
        crashes{metrics.counter("cdss_plugin_crashes_total", plugin)},
        timeouts{metrics.counter("cdss_plugin_timeouts_total", plugin)},
        refusals{metrics.counter("cdss_plugin_refusals_total", plugin)},
        replacements{metrics.counter("cdss_plugin_replacements_total", plugin)},
        round_trip{metrics.histogram("cdss_plugin_call_seconds", plugin)} {}

  Counter& calls;         // handed to a worker
  Counter& failures;      // reported by the plugin, or answers that are too long
  Counter& crashes;       // the worker ended or broke the protocol
  Counter& timeouts;      // the worker was killed at a deadline
  Counter& refusals;      // never handed to a worker
  Counter& replacements;  // workers that took the place of one that failed
  Histogram& round_trip;  // from submit to done
};

/// Whether trying again can change it.
bool can_pass(const Error& error) {
  return error.code != Errc::malformed && error.code != Errc::unsupported;
}

/// As Process::call. No worker is at fault when the host has no memory for the answer, but what it
/// left in the channel is of no use any more.
CallResult call_guarded(Process& process, const WaitingCall& call) {
  try {
    return process.call(call.job.call, call.size, call.deadline);
  } catch (const std::exception&) {
    return {Error{Errc::internal, {}, "no memory"}, CallStatus::abandoned};
  }
}

}  // namespace

class WorkerPool::Impl {
 public:
  Impl(std::shared_ptr<const plugin::Package> package, WorkerPoolSettings settings,
       ProcessSettings processes, ThreadPool& timers, Log& log, Metrics& metrics)
      : package_{std::move(package)},
        name_{Label::configured(package_->manifest().id)},
        settings_{std::move(settings)},
        log_{log},
        counters_{metrics, name_},
        queue_{settings_.queue, timers},
        supervisor_{std::move(processes), settings_.start_deadline,
                    [this](const Error& error) { start_failed(error); }} {}

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  ~Impl() {
    queue_.close();
    supervisor_.close();
    for (std::thread& dispatcher : dispatchers_) {
      dispatcher.join();
    }
  }

  /// Waits for the first worker, or the failure to start it; the dispatchers wait for the others.
  Result<void> start() {
    std::unique_ptr<Process> first;
    if (const auto started = supervisor_.await_first()) {
      first = supervisor_.take();
      live_ = 1;
    } else if (!can_pass(started.error())) {
      return started.error();
    }
    dispatchers_.emplace_back([this, process = std::move(first)]() mutable {
      dispatch(process ? std::move(process) : await_worker());
    });
    for (std::size_t i = 1; i < settings_.workers; ++i) {
      dispatchers_.emplace_back([this] { dispatch(await_worker()); });
    }
    return {};
  }

  void submit(Job job, Clock::time_point deadline, Done unguarded) {
    Done done = [this, unguarded = std::move(unguarded)](Result<std::string> answer) {
      try {
        unguarded(std::move(answer));
      } catch (const std::exception&) {
        log_.error("plugin_callback_failed", {{"plugin", name_}});
      }
    };
    const auto now = Clock::now();
    const auto size = block_size(job.call);
    if (!size) {
      return refuse(done, size.error());
    }
    if (*size > settings_.request_bytes) {
      return refuse(done, {Errc::out_of_range,
                           {},
                           "is longer than " + std::to_string(settings_.request_bytes) +
                               " bytes with all that was fetched"});
    }
    WaitingCall call{std::move(job), *size, now,
                     std::min(deadline, now + package_->manifest().limits.deadline),
                     std::move(done)};
    if (call.deadline <= now) {
      return refuse(call.done, {Errc::timed_out, {}, "the deadline had passed already"});
    }
    if (live_ == 0 && supervisor_.failing()) {
      return refuse(call.done, {Errc::unavailable, {}, "no worker of the plugin can be started"});
    }
    if (!queue_.push(call)) {
      return refuse(call.done, {Errc::unavailable, {}, "too many calls wait for the plugin"});
    }
  }

  bool ready() const { return live_ > 0; }
  const plugin::Package& package() const { return *package_; }

 private:
  void refuse(const Done& done, Error error) {
    counters_.refusals.add();
    done(std::move(error));
  }

  /// Null when the pool ends.
  std::unique_ptr<Process> await_worker() {
    auto process = supervisor_.take();
    if (process) {
      ++live_;
      if (down_.exchange(false)) {
        log_.info("plugin_available", {{"plugin", name_}});
      }
    }
    return process;
  }

  /// The life of a dispatcher: one worker after another. What throws costs the worker, not the dispatcher.
  void dispatch(std::unique_ptr<Process> process) {
    while (process) {
      bool failed = true;
      try {
        failed = serve(*process);
      } catch (const std::exception&) {
        log_.error("worker_dispatcher_failed", {{"plugin", name_}});
      }
      --live_;
      try {
        supervisor_.give_back(std::move(process));
      } catch (const std::exception&) {
        log_.error("worker_dispatcher_failed",
                   {{"plugin", name_}});  // the process has been ended here instead
      }
      if (!failed) {
        return;
      }
      process = await_worker();
      if (process) {
        counters_.replacements.add();
      }
    }
  }

  /// Gives calls to a worker until it fails (true) or the queue is closed (false).
  bool serve(Process& process) {
    while (auto call = queue_.pop()) {
      if (call->deadline <= Clock::now()) {
        refuse(call->done, {Errc::timed_out, {}, "no worker of the plugin was free in time"});
        continue;
      }
      CallResult result = call_guarded(process, *call);
      if (result.status == CallStatus::not_taken) {
        log_.warning("worker_gone", {{"plugin", name_}});
        queue_.push_front(*std::move(call));
        return true;
      }
      if (result.status != CallStatus::alive) {
        process.kill();
      }
      count(result, call->submitted);
      call->job.owner.reset();
      call->done(std::move(result.answer));
      if (result.status != CallStatus::alive) {
        return true;
      }
    }
    return false;
  }

  void count(const CallResult& result, Clock::time_point submitted) {
    counters_.calls.add();
    counters_.round_trip.observe(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - submitted));
    switch (result.status) {
      case CallStatus::timed_out:
        counters_.timeouts.add();
        log_.error("worker_killed", {{"plugin", name_}, {"reason", "deadline"}});
        return;
      case CallStatus::crashed:
        counters_.crashes.add();
        log_.error("worker_crashed", {{"plugin", name_}, {"reason", "ended during a call"}});
        return;
      case CallStatus::broken:
        counters_.crashes.add();
        log_.error("worker_killed", {{"plugin", name_}, {"reason", "broke the protocol"}});
        return;
      case CallStatus::abandoned:
        log_.error("worker_killed", {{"plugin", name_}, {"reason", "no memory for its answer"}});
        return;
      case CallStatus::alive:
      case CallStatus::not_taken:
        break;
    }
    if (!result.answer) {
      counters_.failures.add();
      log_.error("plugin_failed", {{"plugin", name_}});
    }
  }

  /// On the supervisor's thread.
  void start_failed(const Error& error) {
    log_.error("worker_start_failed",
               {{"plugin", name_},
                {"reason", error.code == Errc::timed_out   ? Label{"too slow to open"}
                           : error.code == Errc::malformed ? Label{"plugin refuses to open"}
                                                           : Label{"worker ended"}}});
    if (live_ == 0) {
      if (!down_.exchange(true) && can_pass(error)) {
        log_.warning("plugin_unavailable", {{"plugin", name_}});
      }
      queue_.refuse_all();
    }
  }

  const std::shared_ptr<const plugin::Package> package_;
  const Label name_;  // borrowed from the manifest
  const WorkerPoolSettings settings_;
  Log& log_;
  Counters counters_;
  std::atomic<std::size_t> live_{0};  // workers that a dispatcher holds
  std::atomic<bool> down_{false};     // a start failed while there was no worker
  CallQueue queue_;
  WorkerSupervisor supervisor_;  // after the queue: its thread may refuse what waits there
  std::vector<std::thread> dispatchers_;
};

WorkerPool::WorkerPool(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
WorkerPool::~WorkerPool() = default;

Result<std::unique_ptr<WorkerPool>> WorkerPool::start(
    std::shared_ptr<const plugin::Package> package, View options, WorkerPoolSettings settings,
    ThreadPool& timers, Log& log, Metrics& metrics) {
  CDSS_CHECK(plugin::check_options(package->manifest().options, options));
  CDSS_TRY(const auto document, copy_of(options));
  CDSS_TRY(const auto setup, make_setup_block(document.c_document(), package->knowledge()));

  ProcessSettings processes;
  processes.program = std::filesystem::absolute(settings.program);
  CDSS_TRY(processes.library, sealed_memory("cdss-plugin", package->library()));
  CDSS_TRY(processes.setup, sealed_memory("cdss-setup", setup));
  processes.setup_bytes = setup.size();
  processes.request_bytes = settings.request_bytes;
  processes.answer_bytes = settings.answer_bytes;
  processes.memory_bytes = package->manifest().limits.memory_bytes;

  auto impl = std::make_unique<Impl>(std::move(package), std::move(settings), std::move(processes),
                                     timers, log, metrics);
  CDSS_CHECK(impl->start());
  return std::unique_ptr<WorkerPool>{new WorkerPool{std::move(impl)}};
}

void WorkerPool::submit(Job job, Clock::time_point deadline, Done done) {
  impl_->submit(std::move(job), deadline, std::move(done));
}

bool WorkerPool::ready() const {
  return impl_->ready();
}

const plugin::Package& WorkerPool::package() const {
  return impl_->package();
}

}  // namespace cdss::worker
