#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cdss::auth {

/// Remembers which tokens were used, as long as this process lives. Of each token it keeps a hash,
/// about 80 bytes in all, until the token has expired. A token of an issuer that has no more room is
/// refused: to forget an older one instead would let that one be used again. Thread-safe.
class ReplayMemory {
 public:
  enum class RecordState {
    first,     ///< It was not known and is now recorded; of several callers at once, one gets this.
    repeated,  ///< It was recorded before.
    full,      ///< It was not known and there is no room to record it.
  };
  struct RecordResult {
    RecordState state;
    std::chrono::sys_seconds first_use;  ///< when `repeated`
  };

  static constexpr std::size_t kMost = 250'000;  ///< unexpired tokens of one issuer

  explicit ReplayMemory(std::size_t most_per_issuer = kMost) : most_{most_per_issuer} {}

  /// When that token was first used; none when that is not known.
  std::optional<std::chrono::sys_seconds> first_use(std::string_view issuer,
                                                    std::string_view id) const;

  /// Records that a token which proved valid is used now.
  /// @param id     its `jti`
  /// @param until  from when on it would be refused for its age, and can be forgotten
  RecordResult record(std::string_view issuer, std::string_view id, std::chrono::sys_seconds now,
                      std::chrono::sys_seconds until);

  /// How many tokens it holds.
  std::size_t size() const;

 private:
  /// Half of a SHA-256: two ids that share it do not come about by chance or by effort.
  using Digest = std::array<std::uint64_t, 2>;
  struct HashOf {
    std::size_t operator()(const Digest& digest) const { return digest[0]; }
  };

  /// Those of one issuer.
  struct UsedTokens {
    using Expiry = std::pair<std::chrono::sys_seconds, Digest>;

    std::unordered_map<Digest, std::chrono::sys_seconds, HashOf> first_uses;
    std::priority_queue<Expiry, std::vector<Expiry>, std::greater<>> expiries;  // soonest first
  };

  static Digest digest_of(std::string_view id);

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::map<std::string, UsedTokens, std::less<>> by_issuer_;  // guarded by mutex_
};

}  // namespace cdss::auth
