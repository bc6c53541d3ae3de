#include "core/auth/replay.hpp"

#include <array>
#include <cstring>
#include <functional>
#include <map>
#include <mutex>
#include <queue>
#include <string>
#include <unordered_map>
#include <vector>

#include <openssl/sha.h>

namespace cdss::auth {
namespace {

using std::chrono::sys_seconds;

/// Half of a SHA-256: two ids that share it do not come about by chance or by effort.
using Digest = std::array<std::uint64_t, 2>;

struct HashOf {
  std::size_t operator()(const Digest& digest) const { return digest[0]; }
};

Digest digest_of(std::string_view id) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(id.data()), id.size(), hash.data());
  Digest digest{};
  std::memcpy(digest.data(), hash.data(), sizeof digest);
  return digest;
}

/// The tokens of one issuer.
struct UsedToken {
  using Expiry = std::pair<sys_seconds, Digest>;

  std::unordered_map<Digest, sys_seconds, HashOf> first_uses;
  std::priority_queue<Expiry, std::vector<Expiry>, std::greater<>> expiries;  // soonest first

  void forget_expired(sys_seconds now) {
    while (!expiries.empty() && expiries.top().first <= now) {
      first_uses.erase(expiries.top().second);
      expiries.pop();
    }
  }
};

}  // namespace

struct LocalReplayMemory::State {
  std::size_t most;
  mutable std::mutex mutex;
  std::map<std::string, UsedToken, std::less<>> by_issuer;  // guarded by mutex
};

LocalReplayMemory::LocalReplayMemory(std::size_t most_per_issuer)
    : state_{std::make_unique<State>()} {
  state_->most = most_per_issuer;
}

LocalReplayMemory::~LocalReplayMemory() = default;

std::optional<sys_seconds> LocalReplayMemory::first_use(std::string_view issuer,
                                                        std::string_view id) const {
  const auto digest = digest_of(id);
  const std::lock_guard lock{state_->mutex};
  const auto used = state_->by_issuer.find(issuer);
  if (used == state_->by_issuer.end()) {
    return std::nullopt;
  }
  const auto found = used->second.first_uses.find(digest);
  return found == used->second.first_uses.end() ? std::nullopt : std::optional{found->second};
}

ReplayMemory::RecordResult LocalReplayMemory::record(std::string_view issuer, std::string_view id,
                                                     sys_seconds now, sys_seconds until) {
  const auto digest = digest_of(id);
  const std::lock_guard lock{state_->mutex};
  auto used = state_->by_issuer.find(issuer);
  if (used == state_->by_issuer.end()) {
    used = state_->by_issuer.emplace(issuer, UsedToken{}).first;
  }
  UsedToken& tokens = used->second;
  tokens.forget_expired(now);
  if (const auto found = tokens.first_uses.find(digest); found != tokens.first_uses.end()) {
    return {Use::repeated, found->second};
  }
  if (tokens.first_uses.size() >= state_->most) {
    return {Use::full, {}};
  }
  tokens.first_uses.emplace(digest, now);
  tokens.expiries.emplace(until, digest);
  return {Use::first, now};
}

std::size_t LocalReplayMemory::size() const {
  const std::lock_guard lock{state_->mutex};
  std::size_t size = 0;
  for (const auto& [issuer, used] : state_->by_issuer) {
    size += used.first_uses.size();
  }
  return size;
}

}  // namespace cdss::auth
