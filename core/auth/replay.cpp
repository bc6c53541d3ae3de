#include "core/auth/replay.hpp"

#include <cstring>

#include <openssl/sha.h>

namespace cdss::auth {

using std::chrono::sys_seconds;

ReplayMemory::Digest ReplayMemory::digest_of(std::string_view id) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(id.data()), id.size(), hash.data());
  Digest digest{};
  std::memcpy(digest.data(), hash.data(), sizeof digest);
  return digest;
}

std::optional<sys_seconds> ReplayMemory::first_use(std::string_view issuer,
                                                   std::string_view id) const {
  const auto digest = digest_of(id);
  const std::lock_guard lock{mutex_};
  const auto used = by_issuer_.find(issuer);
  if (used == by_issuer_.end()) {
    return std::nullopt;
  }
  const auto found = used->second.first_uses.find(digest);
  return found == used->second.first_uses.end() ? std::nullopt : std::optional{found->second};
}

ReplayMemory::RecordResult ReplayMemory::record(std::string_view issuer, std::string_view id,
                                                sys_seconds now, sys_seconds until) {
  const auto digest = digest_of(id);
  const std::lock_guard lock{mutex_};
  auto& [first_uses, expiries] = by_issuer_[std::string{issuer}];
  while (!expiries.empty() && expiries.top().first <= now) {
    first_uses.erase(expiries.top().second);
    expiries.pop();
  }
  if (const auto found = first_uses.find(digest); found != first_uses.end()) {
    return {RecordState::repeated, found->second};
  }
  if (first_uses.size() >= most_) {
    return {RecordState::full, {}};
  }
  first_uses.emplace(digest, now);
  expiries.emplace(until, digest);
  return {RecordState::first, now};
}

std::size_t ReplayMemory::size() const {
  const std::lock_guard lock{mutex_};
  std::size_t size = 0;
  for (const auto& [issuer, used] : by_issuer_) {
    size += used.first_uses.size();
  }
  return size;
}

}  // namespace cdss::auth
