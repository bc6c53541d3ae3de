#pragma once

// For the .cpp files of this folder only.

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

namespace cdss::fhir_client {

/// A circuit breaker: a server that has failed several times in a row is not asked for a while, so
/// that calls need not wait for it and it can recover. Not thread-safe.
class Breaker {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// The outcome of a request.
  enum class Outcome : std::uint8_t {
    success,  ///< it answered, with whatever status below 500
    failure,  ///< not reached, late, or 5xx
    unknown,  ///< given up before it could answer
  };

  enum class Change : std::uint8_t { none, opened, closed };

  Breaker(std::int64_t failures, std::chrono::milliseconds pause)
      : failures_permitted_{failures}, pause_{pause} {}

  /// Whether the server may be asked now. After the pause one ask may, as a trial; the next when
  /// that one is settled.
  bool may_ask(Time now) {
    if (!trial_from_) {
      return true;
    }
    if (now < *trial_from_ || is_trial_running_) {
      return false;
    }
    is_trial_running_ = true;
    return true;
  }

  /// Takes the outcome of a request that was permitted.
  Change settle(Outcome outcome, Time now) {
    const bool was_trial = std::exchange(is_trial_running_, false);
    if (outcome == Outcome::success) {
      failures_ = 0;
      return std::exchange(trial_from_, std::nullopt) ? Change::closed : Change::none;
    }
    if (outcome == Outcome::unknown) {
      return Change::none;
    }
    if (trial_from_) {
      // Those that were under way when it opened say nothing new.
      trial_from_ = was_trial ? now + pause_ : *trial_from_;
      return Change::none;
    }
    if (++failures_ < failures_permitted_) {
      return Change::none;
    }
    trial_from_ = now + pause_;
    return Change::opened;
  }

 private:
  std::int64_t failures_permitted_;
  std::chrono::milliseconds pause_;
  std::int64_t failures_ = 0;       // in a row
  std::optional<Time> trial_from_;  // open: when a trial may be made; none: closed
  bool is_trial_running_ = false;
};

}  // namespace cdss::fhir_client
