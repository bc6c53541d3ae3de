#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace cdss::auth {

/// Remembers which tokens were used. An interface, so that several servers can share one.
/// Thread-safe.
class ReplayMemory {
 public:
  enum class Use {
    first,     ///< It was not known and is now recorded; of several callers at once, one gets this.
    repeated,  ///< It was recorded before.
    full,      ///< It was not known and there is no room to record it.
  };
  struct RecordResult {
    Use use;
    std::chrono::sys_seconds first_use;  ///< when `repeated`
  };

  virtual ~ReplayMemory() = default;

  /// When that token was first used; none when that is not known here. Must not block: a memory
  /// that is shared may answer from its cache.
  virtual std::optional<std::chrono::sys_seconds> first_use(std::string_view issuer,
                                                            std::string_view id) const = 0;

  /// Records that a token which proved valid is used now. May block.
  /// @param id     its `jti`
  /// @param until  from when on it would be refused for its age, and can be forgotten
  virtual RecordResult record(std::string_view issuer, std::string_view id,
                              std::chrono::sys_seconds now, std::chrono::sys_seconds until) = 0;
};

/// The memory of one process. Of each token it keeps a hash, about 80 bytes in all, until the token
/// has expired. A token of an issuer that has no more room is refused: to forget an older one
/// instead would let that one be used again. Thread-safe.
class LocalReplayMemory : public ReplayMemory {
 public:
  static constexpr std::size_t kMost = 250'000;  ///< unexpired tokens of one issuer

  explicit LocalReplayMemory(std::size_t most_per_issuer = kMost);
  ~LocalReplayMemory() override;

  std::optional<std::chrono::sys_seconds> first_use(std::string_view issuer,
                                                    std::string_view id) const override;
  RecordResult record(std::string_view issuer, std::string_view id, std::chrono::sys_seconds now,
                      std::chrono::sys_seconds until) override;

  /// How many tokens it holds.
  std::size_t size() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cdss::auth
