#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include <sys/types.h>

#include "core/base/descriptor.hpp"
#include "core/base/errors/result.hpp"
#include "core/worker/memory.hpp"
#include "core/worker/request_block.hpp"

namespace cdss::worker {

/// What every worker of a pool is started with.
struct ProcessSettings {
  std::filesystem::path program;
  Descriptor library;  ///< sealed
  Descriptor setup;    ///< sealed
  std::size_t setup_bytes = 0;
  std::size_t request_bytes = 0;
  std::size_t answer_bytes = 0;
  std::size_t memory_bytes = 0;
};

/// The state of a worker process after a call.
enum class CallStatus {
  alive,      ///< ready for the next call
  not_taken,  ///< it was gone before it took the call, which can be given to another
  crashed,    ///< it ended during the call
  timed_out,  ///< still running when the deadline passed
  broken,     ///< it sent something that the protocol does not have
  abandoned,  ///< the host failed to take its answer
};

/// The answer to a call, and whether the process lives on.
struct CallResult {
  Result<std::string> answer;
  CallStatus status = CallStatus::alive;
};

/// The host's side of one worker process. One thread at a time.
class Process {
 public:
  using Clock = std::chrono::steady_clock;

  /// Starts a worker. The process ends with the thread that calls this.
  /// Errors: Errc::internal when the system refuses.
  static Result<std::unique_ptr<Process>> spawn(const ProcessSettings& settings);

  /// Waits until the worker has opened the plugin.
  ///
  /// @param cancelled  Asked every 20 ms; true gives up.
  /// Errors: Errc::malformed with the plugin's sentence when it refuses; Errc::timed_out;
  /// Errc::unavailable when cancelled; Errc::internal when the worker ends or breaks the protocol.
  Result<void> await_open(Clock::time_point deadline, const std::function<bool()>& cancelled);

  /// One call: hands the request over, waits, copies the answer out, wipes both.
  /// After any status but `alive` the process can only be ended.
  ///
  /// @param size  block_size(call), at most settings.request_bytes.
  CallResult call(const Call& call, std::size_t size, Clock::time_point deadline);

  /// Ends the process at once. Idempotent.
  void kill();

  /// Tells the process to close the plugin and end; `end` waits for that.
  void ask_to_end();

  /// Waits until the process has ended, and kills it at the deadline.
  void end(Clock::time_point deadline);

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

 private:
  Process(Descriptor request, Mapping request_map, Descriptor answer, Mapping answer_map);

  enum class WaitResult { ready, late, gone };
  WaitResult wait(Clock::time_point deadline) const;
  CallResult read_reply(std::size_t request_bytes);
  void reap();

  Descriptor request_;
  Mapping request_map_;
  Descriptor answer_;
  Mapping answer_map_;
  Descriptor channel_;
  pid_t pid_ = -1;  // -1 once it has been waited for
  std::uint64_t serial_ = 0;
};

}  // namespace cdss::worker
